"""What stands behind the question mark and means nothing is told, not left out."""

import pytest
from tests.support.serving import Served

from troth.web.access.rights import Role
from troth.web.frame.filters import Filters
from troth.web.pages import pages

PLAIN = [page.address for page in pages() if "{" not in page.address]


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/voices", ["at", "since", "segment", "touchpoint", "mechanism", "sort", "page", "size", "lang"]),
        ("/customers.csv", ["at", "segment", "touchpoint", "mechanism", "search", "page", "size", "lang"]),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_there_is(tea: Served, address: str, allowed: list[str]) -> None:
    answer = tea.with_key().get(f"/api/v1{address}?touchpont=delivery")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["where"]) == (
        422, "parameter-unknown", "query.touchpont",
    )  # fmt: skip
    assert error["hint"] == "Did you mean touchpoint?"
    assert sorted(error["allowed"]) == sorted(allowed)


@pytest.mark.parametrize(
    ("address", "parameter"),
    [
        ("/voices", "kind=reviews"), ("/voices.csv", "against=x%3Dy"), ("/journey", "since=2026-01-01"),
        ("/grid.parquet", "search=x"), ("/settings/trail", "segment=country%3DNL"), ("/jobs", "page=2"),
        ("/journey/delivery", "touchpoint=service"), ("/settings", "sort=name"),
    ],
)  # fmt: skip
def test_what_means_nothing_to_a_page_is_refused(tea: Served, address: str, parameter: str) -> None:
    error = tea.with_key().get(f"/api/v1{address}?{parameter}").json()["error"]
    name = parameter.partition("=")[0]
    assert (error["code"], error["where"]) == ("parameter-unknown", f"query.{name}")
    assert name not in error["allowed"]
    page = tea.signed_in().get(f"{address.partition('.')[0]}?{parameter}")
    carried = name in {"at", "since", "segment"}  # a link takes them along from page to page
    assert page.status_code == (200 if carried else 422)


def test_a_file_of_a_page_is_asked_for_by_what_means_something_to_it(tea: Served) -> None:
    page = tea.signed_in().get("/journey?since=2026-01-01&segment=country%3DNL").text
    assert 'href="/api/v1/journey.csv?segment=country%3DNL"' in page


@pytest.mark.parametrize("address", PLAIN)
def test_a_page_says_the_same_and_keeps_what_it_may_carry(server: Served, address: str) -> None:
    browser = server.signed_in()
    refused = browser.get(f"{address}?segmant=country%3DNL")
    assert refused.status_code == 422
    assert "There is no parameter “segmant” here." in refused.text
    assert "Did you mean segment?" in refused.text
    assert "parameter-unknown" in refused.text
    carried = browser.get(f"{address}?lang=de&at=&since=&segment=")
    assert carried.status_code == 200
    assert '<html lang="de"' in carried.text


def test_nothing_else_is_told_of_an_unknown_parameter(tea: Served) -> None:
    error = tea.with_key().get("/api/v1/overview", params={"<script>": "1"}).json()["error"]
    assert error["message"] == "There is no parameter “<script>” here."
    page = tea.signed_in().get("/overview", params={"<script>": "1"})
    assert "<script>”" not in page.text
    assert "&lt;script&gt;" in page.text


def test_an_empty_unknown_parameter_is_one_too(tea: Served) -> None:
    assert tea.signed_in().get("/overview?touchpont=").status_code == 422
    assert tea.with_key().get("/api/v1/overview?touchpont").status_code == 422


def test_one_that_stands_there_twice_is_no_choice(tea: Served) -> None:
    twice = "segment=country%3DNL&segment=country%3DDE"
    error = tea.with_key().get(f"/api/v1/journey?{twice}").json()["error"]
    assert (error["code"], error["where"]) == ("parameter-repeated", "query.segment")
    assert tea.signed_in().get(f"/journey?{twice}").status_code == 422


def test_an_action_of_the_api_takes_no_parameters(tea: Served) -> None:
    answer = tea.with_key().post("/api/v1/settings/keys/revoke?id=1", json={"id": 999_999})
    assert answer.json()["error"]["code"] == "parameter-unknown"


def test_the_language_is_described_and_goes_along_nowhere(tea: Served) -> None:
    described = tea.with_key().get("/api/v1/openapi.json").json()
    parameters = described["paths"]["/api/v1/customers"]["get"]["parameters"]
    assert "lang" in {parameter["name"] for parameter in parameters}
    assert "`parameter-unknown`" in described["info"]["description"]
    page = tea.signed_in(Role.CASE_WORKER).get("/grid/delivery/reliability?lang=nl&size=5").text
    assert "page=2" in page
    assert "lang=" not in page.split("<main")[1].split("</main>")[0]
    assert Filters(lang="nl", size=5).as_query() == {"size": 5}


def test_who_must_not_is_told_so_first_by_a_page(tea: Served) -> None:
    assert tea.signed_in(Role.VIEWER).get("/settings/trail?touchpont=1").status_code == 403
