"""The journey and its touchpoints."""

import pytest
from tests.support.serving import Served

from troth.store.office.tables import trail
from troth.texts import LANGUAGES
from troth.web.access.rights import Role


def test_every_touchpoint_stands_in_its_order_and_leads_to_its_page(tea: Served) -> None:
    page = tea.signed_in().get("/journey").text
    places = [page.index(f'href="/journey/{id_}"') for id_ in ("shop", "delivery", "service")]
    assert places == sorted(places)
    rows = tea.with_key().get("/api/v1/journey.csv").text.splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["shop", "delivery", "service"]


def test_the_period_goes_along(tea: Served) -> None:
    assert 'href="/journey/delivery?at=2026-02-01"' in tea.signed_in().get("/journey?at=2026-02-01").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/journey", "/journey/delivery", "/journey/service"])
def test_the_pages_stand_in_every_language(tea: Served, address: str, language: str) -> None:
    page = tea.signed_in().get(f"{address}?lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_a_touchpoint_shows_its_course_down(tea: Served) -> None:
    found = tea.with_key().get("/api/v1/journey/delivery").json()
    course = dict(zip(found["course"]["days"], found["course"]["trust"], strict=True))
    assert course["2026-01-31"] > course["2026-03-31"] + 5
    assert found["course"]["trust"][-1] == pytest.approx(found["trust"]["trust"]["index"]["value"], abs=1e-9)
    assert [cell["mechanism"] for cell in found["cells"]] == ["reliability"]
    assert found["sources"][0]["id"] == "delivery-date"


def test_a_touchpoint_without_experiences_says_what_it_waits_for(tea: Served) -> None:
    page = tea.signed_in().get("/journey/service").text
    assert "Nothing was observed here yet." in page
    assert "No rule and no promise of the blueprint speaks of it" in page


def test_an_unknown_touchpoint_is_not_found_and_a_near_one_named(tea: Served) -> None:
    answer = tea.with_key().get("/api/v1/journey/delivry")
    assert answer.status_code == 404
    assert "delivery" in answer.json()["error"]["hint"]


def looked_at(served: Served) -> list[str]:
    with served.live.office.transaction() as connection:
        rows = connection.execute(trail.select().where(trail.c.action == "records-seen")).all()
    return [row.subject for row in rows]


def looks(served: Served) -> int:
    return looked_at(served).count("delivery")


def test_example_records_are_for_who_may_see_people_and_looks_are_noted(tea: Served) -> None:
    before = looks(tea)
    assert "Example records" not in tea.signed_in(Role.VIEWER).get("/journey/delivery").text
    assert looks(tea) == before
    assert "Example records" in tea.signed_in(Role.CASE_WORKER).get("/journey/delivery").text
    assert looks(tea) == before + 1


@pytest.mark.parametrize(
    "address", ["/journey/delivry", "/grid/delivry/reliability", "/grid/delivery/reliabilty"]
)
def test_a_look_at_what_is_not_there_is_no_look_at_records(tea: Served, address: str) -> None:
    browser, program = tea.signed_in(Role.CASE_WORKER), tea.with_key()
    before = looked_at(tea)
    assert browser.get(address).status_code == 404
    assert program.get(f"/api/v1{address}").status_code == 404
    assert looked_at(tea) == before
    assert browser.get("/grid/delivery/reliability").status_code == 200
    assert looked_at(tea) == [*before, "delivery/reliability"]


@pytest.mark.parametrize(
    "address",
    [
        "/grid/delivery/reliability?sort=nothing", "/grid/delivery/reliability?at=1990-01-01",
        "/grid/delivery/reliability?page=9999", "/journey/delivery?at=1990-01-01", "/customers?search=nobody",
    ],
)  # fmt: skip
def test_what_shows_no_record_is_no_look_at_records(tea: Served, address: str) -> None:
    before = looked_at(tea)
    tea.signed_in(Role.CASE_WORKER).get(address)
    tea.with_key().get(f"/api/v1{address}")
    assert looked_at(tea) == before
