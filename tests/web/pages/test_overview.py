"""The overview: the report's own figures, what moved them, and the way to more."""

import datetime as dt

import pytest
from tests.support.serving import Served
from tests.web.shops import LAST, TURN

from troth.report.twin import from_json
from troth.texts import LANGUAGES
from troth.web.access.rights import Role


def overview(served: Served, **query: str) -> dict:
    answer = served.with_key().get("/api/v1/overview", params=query)
    assert answer.status_code == 200, answer.text
    found: dict = answer.json()
    return found


def test_the_figures_are_those_of_the_report(tea: Served) -> None:
    with tea.live.reading() as workspace:
        report = from_json(workspace.twin())
    found = overview(tea)
    assert found["company"]["trust"]["index"]["value"] == report.company.trust.index.value
    assert found["company"]["trend"]["index"] == list(report.company.trend.index)
    assert [one["cost"]["value"] for one in found["moments"]] == [
        moment.cost.value for moment in report.critical.ranked[:5]
    ]


def test_what_moved_the_index_is_named_and_counted(tea: Served) -> None:
    moved = overview(tea, since=(TURN - dt.timedelta(1)).isoformat())["moved"]
    assert moved["since"] == "2026-01-31"
    first = moved["touchpoints"][0]
    assert first["id"] == "delivery"
    assert first["certain"]
    assert first["change"]["high"] < 0
    days = (LAST - TURN).days + 1
    assert first["experiences"] == 6 * days
    assert moved["mechanisms"][0]["id"] == "reliability"
    assert moved["change"]["value"] < -5


def test_the_change_agrees_with_the_trend(tea: Served) -> None:
    found = overview(tea)
    change = found["company"]["trend"]["change"]
    assert found["moved"]["change"]["value"] == pytest.approx(change["value"], abs=1e-9)
    assert found["moved"]["change"]["low"] == pytest.approx(change["low"], abs=1e-6)


def test_a_period_before_any_experience_moves_nothing(tea: Served) -> None:
    assert overview(tea, since="2020-01-01")["moved"] is None
    page = tea.signed_in().get("/overview?since=2020-01-01").text
    assert "There is no experience from before this day" in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_stands_in_every_language(tea: Served, language: str) -> None:
    page = tea.signed_in(Role.VIEWER).get(f"/overview?lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text
    assert {"en": "Tea shop", "de": "Teeladen", "nl": "Theewinkel"}[language] in page.text
    assert "Traceback" not in page.text


def test_some_customers_have_an_overview_of_their_own(tea: Served) -> None:
    parts = [overview(tea, segment=f"country={country}")["company"] for country in ("NL", "DE")]
    whole = overview(tea)["company"]
    for count in ("experiences", "bad_experiences"):
        assert sum(part["trust"]["evidence"][count] for part in parts) == whole["trust"]["evidence"][count]
    assert [part["standing"]["total"] for part in parts] == [40, 20]
    with tea.live.reading() as workspace:
        [row] = workspace.trust(by=[], only={"segment": "country=NL"})
    assert parts[0]["trust"]["index"]["value"] == pytest.approx(100 * row.score)
    assert parts[0]["trend"]["index"][-1] == pytest.approx(100 * row.score)
    page = tea.signed_in().get("/overview?segment=country%3DNL").text
    assert "Critical moments are worked out for all customers together." in page
    assert '<option value="country=NL" selected>' in page


def test_an_unknown_segment_is_named(tea: Served) -> None:
    answer = tea.with_key().get("/api/v1/overview?segment=country%3DXX")
    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "filter-unknown"


def test_its_tables_are_files(tea: Served) -> None:
    program = tea.with_key()
    lines = program.get("/api/v1/overview.csv").text.splitlines()
    assert lines[0] == "day,index,low,high,willing,able,assessable"
    assert lines[-1].startswith("2026-03-31,")
    assert program.get("/api/v1/overview/movers.csv").text.startswith("since,what,id,change")
    assert program.get("/api/v1/overview/moments.parquet").content.startswith(b"PAR1")


def test_nothing_yet_says_what_to_do_next(nothing: Served) -> None:
    page = nothing.signed_in(Role.ANALYST).get("/overview")
    assert page.status_code == 200
    assert "There are no experiences yet" in page.text
    assert "Bring in a file" in page.text
    assert "Bring in a file" not in nothing.signed_in(Role.VIEWER).get("/overview").text
    assert nothing.with_key().get("/api/v1/overview").json()["error"]["code"] == "experiences-missing"


def test_a_day_before_everything_leads_back(tea: Served) -> None:
    page = tea.signed_in().get("/overview?at=2001-01-01")
    assert page.status_code == 200
    assert "Show the newest day" in page.text


def test_a_wrong_date_is_named(tea: Served) -> None:
    answer = tea.with_key().get("/api/v1/overview?at=yesterday")
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == "query.at"
    assert tea.signed_in().get("/overview?at=yesterday").status_code == 422
