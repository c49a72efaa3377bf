"""Notes of what happened: made, shown in the chart, removed, and in the trail."""

from collections.abc import Iterator

import pytest
from tests.support.serving import Served
from tests.web import shops

from troth.store.office.tables import trail
from troth.web.access.rights import Role


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with shops.trading(tmp_path_factory.mktemp("notes")) as running:
        yield running


def send(served: Served, address: str, role: Role = Role.ANALYST, **fields: str) -> object:
    browser = served.signed_in(role)
    return browser.post(address, data={"form_token": browser.headers["X-Form-Token"], **fields})


def test_a_note_is_in_the_chart_said_and_noted_and_goes_again(shop: Served) -> None:
    made = send(
        shop, "/annotations", first_day="2026-02-01", touchpoint="delivery", text="Strike  of the carrier"
    )
    assert made.status_code == 303
    assert made.headers["location"] == "/journey/delivery#notes"
    browser = shop.signed_in(Role.ANALYST)
    browser.cookies.update(made.cookies)
    page = browser.get("/journey/delivery").text
    assert "The note is in the chart." in page
    assert "Strike of the carrier" in page
    assert 'class="event-line"' in page
    assert "Strike" not in shop.signed_in().get("/overview").text
    [note] = shop.with_key().get("/api/v1/journey/delivery").json()["annotations"]
    assert note["author"] == "analyst@example.com"
    gone = send(shop, f"/annotations/{note['id']}/remove")
    assert gone.status_code == 303
    assert shop.with_key().get("/api/v1/journey/delivery").json()["annotations"] == []
    with shop.live.office.transaction() as connection:
        actions = [row.action for row in connection.execute(trail.select().order_by(trail.c.id))]
    assert [a for a in actions if a.startswith("annotation")] == ["annotation-made", "annotation-removed"]


def test_a_note_of_the_company_is_on_the_overview_and_at_every_touchpoint(shop: Served) -> None:
    program = shop.with_key()
    made = program.post(
        "/api/v1/annotations",
        json={"first_day": "2026-02-03", "last_day": "2026-02-05", "text": "New prices"},
    )
    assert made.status_code == 200, made.text
    for address in ("overview", "journey/shop", "grid/shop/clarity"):
        assert "New prices" in program.get(f"/api/v1/{address}").text
    assert program.post(f"/api/v1/annotations/{made.json()['id']}/remove").status_code == 200


@pytest.mark.parametrize(
    ("fields", "where"),
    [
        ({"first_day": "2026-02-30", "text": "x"}, "first_day"),
        ({"first_day": "2026-02-03", "text": ""}, "text"),
        ({"first_day": "2026-02-03", "last_day": "2026-02-01", "text": "x"}, "last_day"),
        ({"first_day": "2026-02-03", "text": "x" * 201}, "text"),
    ],
)
def test_what_cannot_be_noted_is_named(shop: Served, fields: dict[str, str], where: str) -> None:
    answer = shop.with_key().post("/api/v1/annotations", json=fields)
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == where


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CASE_WORKER])
def test_only_who_may_change_data_may_note(shop: Served, role: Role) -> None:
    key = shop.with_key(role=role)
    answer = key.post("/api/v1/annotations", json={"first_day": "2026-02-03", "text": "x"})
    assert answer.status_code == 403
    assert "Note what happened" not in shop.signed_in(role).get("/journey/delivery").text
    assert key.post("/api/v1/annotations/1/remove").status_code == 403


def test_a_note_that_is_not_there_is_not_found(shop: Served) -> None:
    for id_ in ("999", "x", "²"):
        assert shop.with_key().post(f"/api/v1/annotations/{id_}/remove").status_code == 404
