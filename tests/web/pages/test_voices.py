"""Voices: what customers write, on the page, in its twin and its files."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.serving import Served
from tests.web import shops
from tests.web.pages import voiced
from tests.web.pages.rooms import ended

from troth.texts import LANGUAGES
from troth.web.access.rights import Right, Role

PAGE, TWIN = "/voices", "/api/v1/voices"
CHOSEN = "?touchpoint=delivery&mechanism=reliability"


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with voiced.served(tmp_path_factory.mktemp("voices")) as running:
        yield running


@pytest.fixture(scope="module")
def private_tea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with voiced.served(tmp_path_factory.mktemp("private"), voiced.PRIVATE) as running:
        yield running


def twin(served: Served, query: str = "", *rights: Right) -> dict[str, Any]:
    answer = served.with_key(*rights).get(f"{TWIN}{query}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["voices"]
    return found


def place(found: dict[str, Any], touchpoint: str) -> dict[str, Any]:
    [one] = [row for row in found["places"] if row["touchpoint"] == touchpoint]
    return dict(one)


def test_the_page_is_in_the_menu_and_shows_what_is_spoken_of(tea: Served) -> None:
    client = tea.signed_in()
    assert 'href="/voices"' in client.get("/overview").text
    page = client.get(PAGE).text
    assert "What is spoken of" in page
    assert 'href="/voices?touchpoint=delivery&amp;mechanism=reliability"' in page
    assert "another language (French)" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_in_every_language(tea: Served, language: str) -> None:
    page = tea.signed_in().get(f"{PAGE}?lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_the_twin_has_shares_with_intervals_and_what_changed(tea: Served) -> None:
    found = twin(tea)
    assert (found["heard"]["texts"], found["heard"]["read"], found["before"]["texts"]) == (179, 173, 150)
    assert found["errors"]["starred"] > 200
    late = place(found, "delivery")
    assert (late["texts"], late["bad_texts"]) == (120, 60)
    assert late["bad"]["low"] < 50 < late["bad"]["high"]
    assert late["bad_change"]["low"] > 0
    assert late["bad_differs"]
    assert place(found, "product")["bad"]["value"] < 10


def test_a_place_of_few_texts_has_quotes_and_no_figure(tea: Served) -> None:
    found = twin(tea)
    [rude] = [row for row in found["places"] if row["few"]]
    assert (rude["touchpoint"], rude["mechanism"]) == ("service", "benevolence")
    assert {rude[name] for name in ("texts", "bad_texts", "bad", "mentions")} == {None}
    assert [quote["text"] for quote in found["quotes"] if quote["mechanism"] == "benevolence"] == [
        voiced.RUDE
    ]
    assert "Fewer than 30 texts speak of each of these" in tea.signed_in().get(PAGE).text


def test_under_thirty_texts_there_is_nothing_but_quotes_and_it_says_so(tea: Served) -> None:
    query = "?since=2026-03-13&at=2026-03-15"
    found = twin(tea, query)
    assert found["few"]
    assert (found["together"], found["months"], found["terms"]) == (None, [], [])
    page = tea.signed_in().get(f"{PAGE}{query}").text
    assert "Fewer than 30 texts were read in this period" in page
    assert "<blockquote" in page
    assert "What is spoken of" not in page


def test_terms_that_rose_stand_with_their_numbers(tea: Served) -> None:
    [dutch] = [one for one in twin(tea)["terms"] if one["language"] == "nl"]
    terms = {one["term"]: one for one in dutch["risen"]}
    assert {"koerier", "koerier belde"} & set(terms)
    assert all(one["now"] > one["before"] for one in terms.values())
    assert "06-12345678" not in str(twin(tea))


def test_quotes_are_masked_and_their_proof_is_marked(tea: Served) -> None:
    page = tea.signed_in().get(f"{PAGE}{CHOSEN}").text
    assert "<mark>" in page
    assert "06-12345678" not in page
    for quote in twin(tea, CHOSEN)["quotes"]:
        begin, end = quote["marks"][0]
        assert 0 <= begin < end <= len(quote["text"])


def test_quotes_are_for_who_may_see_people_and_looks_are_noted(tea: Served) -> None:
    before = len(tea.trail())
    viewer = tea.signed_in(Role.VIEWER).get(f"{PAGE}{CHOSEN}").text
    assert "Quotes are shown to who may see people." in viewer
    assert "<blockquote" not in viewer
    assert twin(tea, CHOSEN, Right.SEE)["quotes"] is None
    assert not [line for line in tea.trail()[before:] if line[1] == "records-seen"]
    assert "<blockquote" in tea.signed_in(Role.CASE_WORKER).get(f"{PAGE}{CHOSEN}").text
    assert tea.trail()[-1][1:] == ("records-seen", "voices/delivery/reliability")


def test_what_is_chosen_stands_in_the_address(tea: Served) -> None:
    found = twin(tea, "?segment=country%3DDE&since=2026-03-01")
    assert found["heard"]["first_day"] == "2026-03-01"
    assert found["heard"]["texts"] < 60
    assert {row["touchpoint"] for row in twin(tea, "?touchpoint=delivery")["places"]} == {"delivery"}
    page = tea.signed_in().get(f"{PAGE}?sort=-bad").text
    assert 'aria-sort="descending"' in page
    assert tea.signed_in().get(f"{PAGE}?sort=nothing").status_code == 422
    program = tea.with_key()
    assert program.get(f"{TWIN}?touchpoint=delivry").json()["error"]["code"] == "touchpoint-unknown"
    assert program.get(f"{TWIN}?mechanism=reliabilty").json()["error"]["code"] == "mechanism-unknown"
    error = program.get(f"{TWIN}?segment=country%3DDD").json()["error"]
    assert (error["code"], error["hint"]) == ("filter-unknown", "Did you mean country=DE?")
    answer = program.get(f"{TWIN}?at=2026-03-10&segment=country%3DDE").json()
    assert answer["read_out"]["day"] == "2026-03-10"


def test_the_files_have_what_the_page_has(tea: Served) -> None:
    program = tea.with_key()
    rows = list(csv.DictReader(io.StringIO(program.get(f"{TWIN}.csv").text)))
    assert rows[0]["touchpoint"] == "delivery"
    assert float(rows[0]["bad_low"]) < float(rows[0]["bad"]) < float(rows[0]["bad_high"])
    months = list(csv.DictReader(io.StringIO(program.get(f"{TWIN}/months.csv").text)))
    assert months[-1]["last_day"] == twin(tea)["heard"]["last_day"]
    terms = program.get(f"{TWIN}/terms.csv").text
    assert terms.startswith("language,term,now,before")
    assert program.get(f"{TWIN}.parquet").status_code == 200


def test_what_is_sorted_on_the_page_is_sorted_in_its_files(tea: Served) -> None:
    program = tea.with_key()
    for sort in ("mechanism", "-mechanism"):
        rows = csv.DictReader(io.StringIO(program.get(f"{TWIN}.csv?sort={sort}").text))
        names = [row["mechanism"] for row in rows]
        assert names == sorted(names, reverse=sort.startswith("-"))
        assert names == [row["mechanism"] for row in twin(tea, f"?sort={sort}")["places"]]
    assert 'href="/api/v1/voices.csv?sort=-mechanism"' in tea.signed_in().get(f"{PAGE}?sort=-mechanism").text
    assert program.get(f"{TWIN}.csv?sort=nothing").json()["error"]["code"] == "sort-unknown"


def test_a_first_day_after_the_last_one_is_refused(tea: Served) -> None:
    for query in ("?since=2099-01-01", "?since=2026-03-20&at=2026-03-10"):
        answer = tea.with_key().get(f"{TWIN}{query}")
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, "period-reversed")
        assert "is after the last one" in tea.signed_in().get(f"{PAGE}{query}").text
    assert twin(tea, "?since=2026-03-10&at=2026-03-10")["heard"]["first_day"] == "2026-03-10"


def test_touchpoints_and_cells_lead_here(tea: Served) -> None:
    client = tea.signed_in()
    assert 'href="/voices?touchpoint=delivery"' in client.get("/journey/delivery").text
    cell = client.get("/grid/delivery/reliability?sort=remaining").text
    assert 'href="/voices?touchpoint=delivery&amp;mechanism=reliability"' in cell


def test_where_nobody_is_shown_alone_nobody_is_quoted(private_tea: Served) -> None:
    found = twin(private_tea)
    assert found["quotes"] is None
    assert not [row for row in found["places"] if row["few"]]
    assert found["hidden"] == 2, "what eight say, and what would give it away"
    assert (found["together"]["texts"], place(found, "delivery")["texts"]) == (175, 120)
    page = private_tea.signed_in().get(PAGE).text
    assert "<blockquote" not in page
    assert "Nobody is quoted here" in page
    assert "2 places are not shown" in page
    assert not found["heard"]["unread"], "six customers wrote French"
    few = private_tea.signed_in().get(f"{PAGE}?touchpoint=service&mechanism=benevolence")
    assert few.status_code == 403, "eight customers lived it"
    assert not [line for line in private_tea.trail() if line[1] == "records-seen"]


def test_a_period_of_few_customers_has_no_number_where_nobody_is_shown_alone(private_tea: Served) -> None:
    query = "?since=2026-03-12&at=2026-03-14"
    found = twin(private_tea, query)
    assert (found["missing"], found["heard"]["texts"], found["heard"]["read"]) == (
        "few-customers",
        None,
        None,
    )
    assert (found["together"], found["places"], found["months"], found["terms"]) == (None, [], [], [])
    page = private_tea.signed_in().get(f"{PAGE}{query}").text
    assert "Too few customers are behind these figures to show them." in page
    assert ",8," not in private_tea.with_key().get(f"{TWIN}/months.csv{query}").text
    terms = list(csv.DictReader(io.StringIO(private_tea.with_key().get(f"{TWIN}/terms.csv").text)))
    assert {(row["now"], row["texts"], row["z"]) for row in terms} == {("", "", "")}
    assert "without their numbers" in private_tea.signed_in().get(PAGE).text


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("comment: comment", "comment: text"), "No record kind has a column with what customers write."),
        (("", ""), "There are comments, but no rule reads them."),
    ],
)
def test_an_empty_page_says_what_to_do(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    rules = voiced.BLUEPRINT[voiced.BLUEPRINT.index("rules:") : voiced.BLUEPRINT.index("segments:")]
    plain = (
        "rules: [{id: all, from: reviews, touchpoint: product, mechanism: ability, at: at, weight: GOOD}]\n"
    )
    blueprint = voiced.BLUEPRINT.replace(rules, plain).replace(*change)
    with voiced.served(tmp_path, blueprint) as running:
        page = running.signed_in().get(PAGE).text
        assert told in page
        assert 'href="/data/blueprint"' in page
        assert 'href="/voices?touchpoint' not in running.signed_in().get("/journey/product").text


def test_a_period_without_texts_and_a_shop_without_anything(tea: Served, tmp_path: Path) -> None:
    page = tea.signed_in().get(f"{PAGE}?since=2026-03-31&at=2026-03-31").text
    assert "Nobody wrote anything in this period." in page
    with shops.bare(tmp_path) as running:
        assert running.signed_in().get(PAGE).status_code == 200


def test_an_erased_customer_is_not_quoted(tmp_path: Path) -> None:
    with voiced.served(tmp_path) as running:
        who = twin(running, CHOSEN)["quotes"][0]["customer"]
        program = running.with_key()
        told = {"id": who, "confirmed_id": who}
        job = program.post("/api/v1/settings/privacy/erase", json=told).json()
        assert ended(program, job["id"])["state"] == "done"
        quotes = twin(running, CHOSEN)["quotes"]
        assert quotes
        assert who not in {quote["customer"] for quote in quotes}
