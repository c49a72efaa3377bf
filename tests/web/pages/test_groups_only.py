"""Where nobody is shown alone: no way round by days, parts, groups that overlap, rows, blueprints."""

import csv
import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.support.serving import Served
from tests.web.pages import rooms
from tests.web.pages.rooms import ended

from troth.web.access.rights import RIGHTS, Right, Role
from troth.web.application import application
from troth.workspace.live import Live

LEAST = 10
BLUEPRINT = f"""\
troth: "1"
journey: {{name: Tea shop, phases: [{{id: all, name: All}}]}}
touchpoints:
  - {{id: shop, phase: all, name: Web shop}}
  - {{id: service, phase: all, name: Service}}
records:
  people:
    key: id
    customer: id
    columns: {{id: text, country: text, region: text}}
segments:
  - {{id: country, name: Country, from: people, value: country}}
  - {{id: region, name: Region, from: people, value: region}}
privacy: {{people: segments, least_group: {LEAST}}}
"""
FIRST = dt.date(2026, 1, 1)
LAST = FIRST + dt.timedelta(59)
PAGES = ("overview", "journey", "journey/shop", "grid", "grid/shop/clarity")


def folder_of(folder: Path, blueprint: str = BLUEPRINT, customers: int = 60) -> Path:
    """c0 to c39 in NL, the others in DE; benelux is NL and three more; one more customer comes every day.

    Service was lived by 13 of NL and 3 of DE; benevolence by three; one row of people has no id.
    """
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    with (folder / "people.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "country", "region"])
        out.writerows(
            [f"c{n}", "NL" if n < 40 else "DE", "benelux" if n < 43 else "rest"] for n in range(customers)
        )
        out.writerow(["", "NL", "nobody@example.com"])
    with (folder / "experiences.csv").open("w", newline="", encoding="utf-8") as file:
        out = csv.writer(file)
        out.writerow(["id", "customer", "touchpoint", "mechanism", "weight", "at"])
        for n in range(customers):
            day = FIRST + dt.timedelta(n)
            out.writerow([f"a{n}", f"c{n}", "shop", "clarity", 1000 if n % 3 else -1000, day])
            out.writerow([f"b{n}", f"c{n}", "shop", "reliability", 1000 if n % 4 else -1000, day])
            if n < 13 or 40 <= n < 43:
                out.writerow([f"s{n}", f"c{n}", "service", "clarity", -1000 if n % 2 else 1000, LAST])
            if 0 < n < 4:
                out.writerow([f"w{n}", f"c{n}", "shop", "benevolence", 1000, LAST])
    return folder


def opened(folder: Path) -> Iterator[Served]:
    with Live.open(folder) as live:
        with live.changing() as workspace:
            workspace.import_("people", folder / "people.csv")
            workspace.import_("experiences", folder / "experiences.csv")
        yield Served(live, application(live))


@pytest.fixture(scope="module")
def tea(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    yield from opened(folder_of(tmp_path_factory.mktemp("groups")))


def twin(served: Served, page: str, **choices: str) -> Any:  # noqa: ANN401 - a page's own
    answer = served.with_key(Right.SEE).get(f"/api/v1/{page}", params=choices)
    assert answer.status_code == 200, answer.text
    return answer.json()


def refused(served: Served, page: str, **choices: str) -> str:
    """The code of the error, which the page and its file tell as well."""
    program = served.with_key()
    answer = program.get(f"/api/v1/{page}", params=choices)
    assert answer.status_code == 403, answer.text
    assert served.signed_in().get(f"/{page}", params=choices).status_code == 403
    assert program.get(f"/api/v1/{page}.csv", params=choices).status_code == 403
    return str(answer.json()["error"]["code"])


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("day", [0, 5, LEAST - 2])
def test_no_day_is_shown_on_which_too_few_had_lived_anything(tea: Served, page: str, day: int) -> None:
    at = (FIRST + dt.timedelta(day)).isoformat()
    assert refused(tea, page, at=at) == "group-too-small"
    assert {len(one["values"]) for one in twin(tea, "segments", at=at)["segments"]} == {0}
    assert tea.with_key().get("/api/v1/overview", params={"at": "2026-01-10"}).status_code == 200


def test_series_begin_when_there_were_enough(tea: Served) -> None:
    tenth = (FIRST + dt.timedelta(LEAST - 1)).isoformat()
    company = twin(tea, "overview")["company"]["trend"]
    assert company["days"][0] == tenth
    assert len(company["days"]) == len(company["index"]) == len(company["willing"]) == 51
    journey = twin(tea, "journey")
    assert journey["days"][0] == tenth
    course = twin(tea, "journey/shop")["course"]
    shown = [day for day, value in zip(course["days"], course["trust"], strict=True) if value is not None]
    assert shown[0] == tenth
    rows = csv.DictReader(io.StringIO(tea.with_key().get("/api/v1/journey/shop.csv").text))
    assert next(row["day"] for row in rows if row["index"]) == tenth
    rest = twin(tea, "journey/shop", segment="region=rest")["course"]
    shown = [day for day, value in zip(rest["days"], rest["trust"], strict=True) if value is not None]
    assert shown[0] == (FIRST + dt.timedelta(43 + LEAST - 1)).isoformat()


def test_nothing_is_compared_with_a_day_of_few(tea: Served) -> None:
    assert twin(tea, "overview", since="2026-01-04")["moved"] is None
    moved = twin(tea, "overview", since="2026-02-01")["moved"]
    assert {one["id"] for one in moved["mechanisms"]} == {"clarity", "reliability"}
    assert {one["id"] for one in moved["touchpoints"]} == {"shop"}, "service began on the last day"


def test_of_two_groups_that_are_alike_but_for_a_few_one_is_hidden(tea: Served) -> None:
    """Benelux is NL and three more; DE is the rest and the same three."""
    found = twin(tea, "segments")
    assert set(found["groups"]) == {"country=NL", "region=rest"}
    for group in ("region=benelux", "country=DE"):
        assert refused(tea, "overview", segment=group) == "group-too-small"
    assert "benelux" not in tea.signed_in().get("/overview").text
    assert "benelux" not in tea.with_key().get("/api/v1/segments.csv").text


@pytest.mark.parametrize("segment", ["country=XX", "planet=earth", "nothing", "region=benelux"])
def test_an_error_does_not_tell_which_small_groups_there_are(tea: Served, segment: str) -> None:
    answer = tea.with_key().get("/api/v1/overview", params={"segment": segment})
    assert answer.json()["error"]["code"] == "group-too-small"
    assert "benelux" not in answer.text


def test_a_place_is_hidden_of_a_group_where_the_whole_would_tell_of_the_others(tea: Served) -> None:
    whole = {one["touchpoint"]: one for one in twin(tea, "journey")["touchpoints"]}
    assert whole["service"]["trust"]["index"] is not None
    dutch = {one["touchpoint"]: one for one in twin(tea, "journey", segment="country=NL")["touchpoints"]}
    assert dutch["service"]["trust"]["index"] is None, "16 less 13 are three"
    assert dutch["shop"]["trust"]["index"] is not None
    cells = twin(tea, "grid", segment="country=NL")["cells"]
    assert {cell["touchpoint"] for cell in cells} == {"shop"}


def test_what_few_have_lived_is_no_part_of_the_whole_either(tea: Served) -> None:
    """Three have lived benevolence: what they think would be the precondition “willing”."""
    company = twin(tea, "overview")["company"]
    assert [part["score"] for part in company["trust"]["preconditions"]] == [None] * 3
    assert {part["evidence"]["experiences"] for part in company["trust"]["preconditions"]} == {0}
    assert set(company["trend"]["willing"]) == {None}
    assert company["concentration"]["share"] == 0
    assert {cell["mechanism"] for cell in twin(tea, "grid")["cells"]} <= {"clarity", "reliability"}
    for segment in twin(tea, "segments")["segments"]:
        for value in segment["values"]:
            assert [part["score"] for part in value["trust"]["preconditions"]] == [None] * 3


def test_a_shop_with_few_customers_shows_nothing(tmp_path: Path) -> None:
    for served in opened(folder_of(tmp_path, customers=LEAST - 1)):
        for page in PAGES:
            assert refused(served, page) == "group-too-small"
        assert served.signed_in().get("/data").status_code == 200


@pytest.mark.parametrize("customer", ["c1", "c999", "' OR 1=1 --"])
def test_nobody_learns_whether_there_is_somebody(tea: Served, customer: str) -> None:
    assert refused(tea, f"customers/{customer}") == "people-hidden"
    assert tea.with_key().get("/api/v1/customers", params={"search": customer}).json()["customers"] == []


@pytest.mark.parametrize("role", list(Role))
def test_rows_as_they_came_are_for_administrators(tea: Served, role: Role) -> None:
    program = tea.with_key(role=role)
    told = [program.get(f"/api/v1/data/quarantine{ending}").text for ending in ("", ".csv")]
    told.append(tea.signed_in(role).get("/data/quarantine").text)
    assert ["nobody@example.com" in text for text in told] == [role is Role.ADMIN] * 3
    if Right.CHANGE_DATA in RIGHTS[role]:
        file = {"file": ("more.csv", b"id,country,region\nc1,NL,rest\n,,x\n")}
        job = program.post("/api/v1/data/import", data={"kind": "people"}, files=file).json()
        [preview] = ended(program, job["id"])["imports"]
        assert (preview["preview"] is not None) == (role is Role.ADMIN)
        assert preview["quarantined"] == 1


def test_a_blueprint_about_one_person_tells_nothing_and_is_an_administrators(tea: Served) -> None:
    analyst = tea.with_key(role=Role.ANALYST).post("/api/v1/data/blueprint", json={"text": BLUEPRINT + "\n"})
    assert analyst.json()["error"]["code"] == "not-allowed"
    program = tea.with_key()
    job = program.post("/api/v1/data/blueprint", json={"text": BLUEPRINT.replace("Tea", "Green tea")}).json()
    done = ended(program, job["id"])
    trial = done["trial"]
    assert (done["without_figures"], trial["touchpoints"], trial["sources"]) == (True, [], [])
    assert trial["before"] == trial["after"] == {"index": None, "experiences": 0, "customers": 0}
    assert any(line["sign"] == "added" for line in trial["lines"])
    assert "tells of the texts only" in tea.signed_in().get(f"/jobs/{job['id']}").text
    refusal = tea.with_key(role=Role.ANALYST).post(f"/api/v1/jobs/{job['id']}/take")
    assert refusal.status_code == 403


def test_what_guards_people_is_changed_by_administrators(own_books: Served) -> None:
    analyst = own_books.with_key(role=Role.ANALYST)
    guarded = (
        rooms.private(),
        rooms.BLUEPRINT + "privacy: {pseudonymise: true}\n",
        rooms.BLUEPRINT.replace(
            "    key: order_id\n", "    key: order_id\n    keep: 1d\n    keep_from: made\n"
        ),
    )
    for text in guarded:
        answer = analyst.post("/api/v1/data/blueprint", json={"text": text})
        assert answer.json()["error"]["code"] == "not-allowed"
    other = rooms.BLUEPRINT.replace("Book shop", "Books")
    assert analyst.post("/api/v1/data/blueprint", json={"text": other}).status_code == 200
    admin = own_books.with_key()
    job = admin.post("/api/v1/data/blueprint", json={"text": rooms.private()}).json()
    ended(admin, job["id"])
    assert analyst.post(f"/api/v1/jobs/{job['id']}/take").status_code == 403


def test_an_analyst_does_not_stop_what_administrators_began(own_books: Served) -> None:
    admin, analyst = own_books.with_key(), own_books.with_key(role=Role.ANALYST)
    job = admin.post("/api/v1/settings/privacy/retention").json()
    assert analyst.post(f"/api/v1/jobs/{job['id']}/stop").status_code == 403


def test_figures_for_machines_speak_of_nobody(tea: Served) -> None:
    tea.with_key().get("/api/v1/customers/c17")
    text = tea.with_key().get("/metrics").text
    assert "/api/v1/customers/{customer}" in text
    assert "c17" not in text
