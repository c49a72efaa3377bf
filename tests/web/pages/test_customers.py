import html
from urllib.parse import quote

import pytest
from tests.support.serving import Served
from tests.web.pages.rooms import COUNTRIES, HTML, SLASH, SQL, trail

from troth.web.access.rights import Right, Role
from troth.web.frame.addresses import written

HARMFUL = [HTML, SQL, SLASH]


def test_who_is_owed_most_comes_first_and_pages_hold_everybody_once(books: Served) -> None:
    client = books.with_key(Right.SEE_PEOPLE)
    first = client.get("/api/v1/customers?size=50").json()
    pages = [client.get(f"/api/v1/customers?size=50&page={n}").json() for n in range(1, first["pages"] + 1)]
    rows = [row for page in pages for row in page["customers"]]
    assert (
        len(rows) == first["total"] == len({row["customer"] for row in rows}) == sum(COUNTRIES.values()) + 4
    )
    assert [row["owed"] for row in rows] == sorted((row["owed"] for row in rows), reverse=True)
    assert first["owing"] == sum(row["owed"] > 0 for row in rows)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("NL00", {f"NL00{n}" for n in range(10)}),
        ("NL000", {"NL000"}),
        (" NL000 ", {"NL000"}),
        ("nobody", set()),
        ("%", set()),
        ("<script>", {HTML}),
        (SQL, {SQL}),
        ("' OR 1=1 --", set()),
    ],
)
def test_a_search_finds_ids_and_how_they_begin(books: Served, search: str, found: set[str]) -> None:
    answer = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers", params={"search": search}).json()
    assert {row["customer"] for row in answer["customers"]} == found


def test_filters_leave_only_their_part(books: Served) -> None:
    client = books.with_key(Right.SEE_PEOPLE)
    dutch = client.get("/api/v1/customers?segment=country%3DNL&size=1000").json()
    assert {row["customer"][:2] for row in dutch["customers"]} == {"NL"}
    called = client.get("/api/v1/customers?touchpoint=service").json()
    assert {row["customer"] for row in called["customers"]} == {"NL000", "DE000", "..", *HARMFUL}
    assert client.get("/api/v1/customers?touchpoint=nowhere").status_code == 422


@pytest.mark.parametrize("path", ["/customers", "/customers/NL000", "/customers.csv"])
def test_who_may_not_see_people_sees_none(books: Served, path: str) -> None:
    answer = books.signed_in(Role.VIEWER).get(f"/api/v1{path}")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not-allowed")
    if not path.endswith(".csv"):
        assert books.signed_in(Role.VIEWER).get(path).status_code == 403
    assert "/customers" not in books.signed_in(Role.VIEWER).get("/data").text


def test_every_look_at_a_person_is_in_the_trail_with_who_looked(own_books: Served) -> None:
    client = own_books.signed_in(Role.CASE_WORKER)
    before = len(trail(own_books))
    client.get("/customers/NL000")
    client.get("/api/v1/customers/DE000")
    client.get("/customers/nobody")
    own_books.signed_in(Role.VIEWER).get("/customers/NL001")  # not seen, so not noted
    looks = [line for line in trail(own_books)[before:] if line[1] == "person-seen"]
    assert looks == [
        ("case-worker@example.com", "person-seen", own_books.live.subject(name))
        for name in ("NL000", "DE000", "nobody")
    ]


def test_the_parts_add_up_to_the_balance_exactly_and_are_those_of_explain(books: Served) -> None:
    answer = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/NL000").json()
    with books.live.reading() as workspace:
        explained = workspace.explain("NL000")
    assert sum(int(one["share_exact"]) for one in answer["experiences"]) == int(answer["balance_exact"])
    assert int(answer["balance_exact"]) == explained.balance
    assert sorted(one["id"] for one in answer["experiences"]) == sorted(
        one.id for one in explained.experiences
    )
    assert answer["standing"]["balance"] == pytest.approx(explained.balance / explained.unit)


def test_the_curve_ends_where_the_customer_stands_and_marks_the_days_lived(books: Served) -> None:
    answer = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/NL000").json()
    curve = answer["curve"]
    assert curve["balance"][-1] == pytest.approx(answer["standing"]["balance"])
    assert curve["score"][-1] == pytest.approx(answer["standing"]["score"])
    assert [(day["day"], day["good"], day["bad"]) for day in curve["lived"]] == [
        ("2026-01-09", 1, 0), ("2026-01-13", 0, 1), ("2026-01-20", 1, 1),
    ]  # fmt: skip
    assert curve["days"][0] == "2026-01-09"


def test_preconditions_that_nothing_was_lived_of_are_unknown(books: Served) -> None:
    answer = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/NL000").json()
    parts = {part["precondition"]: part["standing"] for part in answer["preconditions"]}
    assert parts["assessable"] is None
    assert parts["willing"]["experiences"] == 2
    assert sum(part["balance"] for part in parts.values() if part) == pytest.approx(
        answer["standing"]["balance"]
    )


def test_promises_that_are_open_are_named_the_late_one_first(books: Served) -> None:
    promises = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/NL000").json()["promises"]
    assert [(one["record"], one["late"], one["deadline"][:10]) for one in promises] == [
        ("late", True, "2026-01-12"), ("open", False, "2026-02-20"),
    ]  # fmt: skip
    earlier = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers/NL000?at=2026-01-11").json()["promises"]
    assert [(one["record"], one["late"]) for one in earlier] == [("late", False)]


def test_many_experiences_come_in_pages_and_the_balance_stays(books: Served) -> None:
    client = books.with_key(Right.SEE_PEOPLE)
    whole = client.get("/api/v1/customers/NL000").json()
    parts = [client.get(f"/api/v1/customers/NL000?size=1&page={n}").json() for n in range(1, 5)]
    assert [part["experiences"][0]["id"] for part in parts] == [one["id"] for one in whole["experiences"]]
    assert {part["balance_exact"] for part in parts} == {whole["balance_exact"]}


@pytest.mark.parametrize("customer", HARMFUL)
def test_harmful_ids_are_shown_and_never_run(books: Served, customer: str) -> None:
    client = books.signed_in()
    page = client.get(f"/customers/{written(customer)}")
    assert page.status_code == 200
    assert html.escape(customer, quote=False) in page.text.replace("&#34;", '"').replace("&#39;", "'")
    assert "<script>window" not in page.text
    assert "<b>Service" not in page.text
    listed = client.get("/customers", params={"search": customer, "segment": "", "touchpoint": ""}).text
    assert "<script>window" not in listed
    assert f"/customers/{written(customer)}" in html.unescape(listed)


@pytest.mark.parametrize("customer", ["nobody", HTML + "x", "' OR 1=1 --", "\x00", "a" * 3000])
def test_an_unknown_customer_is_a_clear_error(books: Served, customer: str) -> None:
    client = books.signed_in()
    answer = client.get(f"/api/v1/customers/{quote(customer, safe='')}")
    assert answer.status_code in {404, 422}
    assert set(answer.json()["error"]) >= {"code", "message", "hint", "allowed", "where"}
    page = client.get(f"/customers/{written(customer)}")
    assert page.status_code in {404, 422}
    assert "<script>window" not in page.text


def test_the_list_is_a_table_for_programs(books: Served) -> None:
    text = books.with_key(Right.SEE_PEOPLE).get("/api/v1/customers.csv?search=NL000").text
    header, row = text.splitlines()
    assert header.startswith("customer,score,known,balance,owed,experiences")
    assert row.startswith("NL000,")


@pytest.mark.parametrize("search", ["", "NL"])
def test_where_nobody_is_shown_alone_the_list_says_so(private_books: Served, search: str) -> None:
    client = private_books.signed_in()
    answer = client.get("/api/v1/customers", params={"search": search}).json()
    assert (answer["hidden"], answer["customers"], answer["total"]) == (True, [], 0)
    page = client.get("/customers", params={"search": search}).text
    assert "Nobody is shown alone here" in page
    assert "NL0" not in page
    assert "NL0" not in client.get("/api/v1/customers.csv").text


@pytest.mark.parametrize(
    "path", ["/api/v1/customers/NL000", "/customers/NL000", "/api/v1/customers/NL000.csv"]
)
def test_where_nobody_is_shown_alone_there_is_no_person(private_books: Served, path: str) -> None:
    answer = private_books.signed_in().get(path)
    assert answer.status_code == 403
    assert "people-hidden" in answer.text
    assert "on-time" not in answer.text


def test_the_hint_of_an_error_shows_words_of_code_as_such(private_books: Served) -> None:
    page = private_books.signed_in().get("/customers/NL000").text
    assert "The blueprint says so: <code>privacy: {people: segments}</code>." in page
    assert "`" not in page
