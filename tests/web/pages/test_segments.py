import html

import pytest
from tests.support.serving import Served
from tests.web.pages.rooms import COUNTRIES

from troth.web.access.rights import Right, Role

DUTCH, GERMAN, BELGIAN, SMALL = "country=NL", "country=DE", "country=BE", "country=LU"


def test_every_group_has_its_index_and_its_customers(books: Served) -> None:
    [country] = books.with_key(Right.SEE).get("/api/v1/segments").json()["segments"]
    assert {value["value"]: value["customers"] for value in country["values"]} == COUNTRIES | {None: 4}
    index = {value["value"]: value["trust"]["index"]["value"] for value in country["values"]}
    assert index["DE"] < index["BE"] < index["NL"]


def test_two_groups_are_compared_with_an_interval(books: Served) -> None:
    found = books.with_key(Right.SEE).get(
        "/api/v1/segments", params={"segment": DUTCH, "against": GERMAN}
    ).json()["comparison"]  # fmt: skip
    assert found["difference"]["low"] > 0
    assert found["touchpoints"][0]["part"] == "delivery"
    assert found["touchpoints"][0]["flagged"] is True


def test_the_page_shows_them_to_everybody_who_may_see_figures(books: Served) -> None:
    page = books.signed_in(Role.VIEWER).get("/segments", params={"segment": DUTCH, "against": GERMAN}).text
    assert html.escape("Land <i>: NL") in page
    assert "Land <i>" not in page
    assert page.count("<table>") == 3  # touchpoints, mechanisms, the segment


@pytest.mark.parametrize(("one", "other"), [("country=XX", DUTCH), (DUTCH, "nothing"), (DUTCH, DUTCH)])
def test_what_cannot_be_compared_is_told(books: Served, one: str, other: str) -> None:
    client = books.signed_in()
    answer = client.get("/api/v1/segments", params={"segment": one, "against": other})
    assert answer.status_code == 422
    assert client.get("/segments", params={"segment": one, "against": other}).status_code == 422


def test_small_groups_are_hidden_and_cannot_be_worked_out(private_books: Served) -> None:
    """LU has 3, and 4 have no country; without the whole of BE the rest would be 7."""
    answer = private_books.with_key(Right.SEE).get("/api/v1/segments").json()
    [country] = answer["segments"]
    assert {value["value"] for value in country["values"]} == {"NL", "DE"}
    assert answer["hidden"] == {"country": 3}
    assert set(answer["groups"]) == {DUTCH, GERMAN}
    hidden = sum(COUNTRIES.values()) + 4 - COUNTRIES["NL"] - COUNTRIES["DE"]
    assert hidden >= 20
    table = private_books.with_key(Right.SEE).get("/api/v1/segments.csv").text
    assert "LU" not in table
    assert "BE" not in table


@pytest.mark.parametrize("other", [SMALL, BELGIAN])
def test_a_hidden_group_is_not_compared_either(private_books: Served, other: str) -> None:
    client = private_books.with_key(Right.SEE)
    for choice in ({"segment": DUTCH, "against": other}, {"segment": other, "against": DUTCH}):
        answer = client.get("/api/v1/segments", params=choice)
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "group-too-small")


def test_parts_that_few_have_lived_are_left_out(private_books: Served) -> None:
    found = private_books.with_key(Right.SEE).get(
        "/api/v1/segments", params={"segment": DUTCH, "against": GERMAN}
    ).json()["comparison"]  # fmt: skip
    assert {line["part"] for line in found["touchpoints"]} == {"delivery"}  # one of each group called
    assert {line["part"] for line in found["mechanisms"]} == {"reliability"}


@pytest.mark.parametrize(
    ("page", "choice"),
    [
        ("overview", {"segment": SMALL}),
        ("segments", {"segment": SMALL}),
        ("overview", {"segment": BELGIAN}),  # large enough, but it would give the rest away
        ("segments", {"segment": BELGIAN}),
        ("voices", {"touchpoint": "service"}),
        ("voices", {"segment": DUTCH, "touchpoint": "service"}),
        ("voices", {"segment": DUTCH, "mechanism": "benevolence"}),
    ],
)
def test_no_page_shows_a_filter_that_leaves_few(
    private_books: Served, page: str, choice: dict[str, str]
) -> None:
    client = private_books.signed_in()
    answer = client.get(f"/api/v1/{page}", params=choice)
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "group-too-small")
    assert client.get(f"/{page}", params=choice).status_code == 403


@pytest.mark.parametrize("path", ["journey/service", "grid/service/benevolence", "grid/delivery/benevolence"])
def test_no_page_of_a_place_that_few_have_lived_is_shown(private_books: Served, path: str) -> None:
    client = private_books.signed_in()
    answer = client.get(f"/api/v1/{path}")
    assert answer.status_code in {403, 404}
    assert client.get(f"/{path}").status_code == answer.status_code


def test_a_large_group_is_shown(private_books: Served) -> None:
    assert private_books.signed_in().get("/overview", params={"segment": DUTCH}).status_code == 200
    assert private_books.signed_in().get("/journey/delivery").status_code == 200
