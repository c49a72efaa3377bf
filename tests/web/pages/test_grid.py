"""The grid, its cells, and the records behind them."""

import csv
import io

import pytest
from tests.support.serving import Served
from tests.web import shops

from troth.texts import LANGUAGES
from troth.web.access.rights import Right, Role

CELL = "/api/v1/grid/delivery/reliability"


def test_every_cell_leads_to_what_was_lived(tea: Served) -> None:
    page = tea.signed_in().get("/grid").text
    assert 'href="/grid/delivery/reliability"' in page
    assert 'href="/grid/shop/clarity"' in page


def test_the_moments_can_be_sorted(tea: Served) -> None:
    page = tea.signed_in().get("/grid?sort=-customers").text
    assert 'aria-sort="descending"' in page
    assert tea.signed_in().get("/grid?sort=nothing").status_code == 422


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/grid", "/grid/delivery/reliability", "/grid/service/ability"])
def test_the_pages_stand_in_every_language(tea: Served, address: str, language: str) -> None:
    page = tea.signed_in().get(f"{address}?lang={language}")
    assert page.status_code == 200
    assert f'<html lang="{language}"' in page.text


def test_the_worst_records_come_first_and_every_page_goes_on_where_the_last_ended(tea: Served) -> None:
    program = tea.with_key()
    pages = [program.get(f"{CELL}?size=40&page={page}").json()["records"] for page in (1, 2)]
    remaining = [row["remaining"] for page in pages for row in page["rows"]]
    assert remaining == sorted(remaining)
    assert remaining[0] < 0
    assert len({row["record"] for page in pages for row in page["rows"]}) == 80
    assert pages[0]["total"] == 6 * shops.DAYS


def test_the_tallies_count_what_the_cell_holds(tea: Served) -> None:
    found = tea.with_key().get(CELL).json()
    tallies = {tally["severity"]: tally["experiences"] for tally in found["tallies"]}
    assert sum(tallies.values()) == found["trust"]["evidence"]["experiences"] == 6 * shops.DAYS
    assert tallies[1] + tallies[2] == found["trust"]["evidence"]["bad_experiences"]


def test_a_cell_of_some_customers_holds_their_records_only(tea: Served) -> None:
    found = tea.with_key().get(f"{CELL}?segment=country%3DDE&size=1000").json()
    assert {int(row["customer"][1:]) % 3 for row in found["records"]["rows"]} == {0}
    n = found["trust"]["evidence"]["experiences"]
    assert n == len(found["records"]["rows"]) == sum(tally["experiences"] for tally in found["tallies"])
    assert found["course"]["trust"][-1] == pytest.approx(found["trust"]["score"]["value"])


def test_records_are_shown_to_who_may_see_people_only(tea: Served) -> None:
    viewer = tea.signed_in(Role.VIEWER).get("/grid/delivery/reliability").text
    assert "c17" not in viewer
    assert "The records behind this are shown to who may see people." in viewer
    assert tea.with_key(Right.SEE).get(CELL).json()["records"] is None
    assert tea.with_key(Right.SEE).get(f"{CELL}.csv").text.count("\r\n") == 1
    assert (
        "/customers/c17" in tea.signed_in(Role.CASE_WORKER).get("/grid/delivery/reliability?size=1000").text
    )


def test_the_file_has_all_records(tea: Served) -> None:
    rows = list(csv.DictReader(io.StringIO(tea.with_key().get(f"{CELL}.csv?size=5").text)))
    assert len(rows) == 6 * shops.DAYS
    assert float(rows[0]["weight"]) < 0


def test_unknown_names_are_not_found(tea: Served) -> None:
    program = tea.with_key()
    assert program.get("/api/v1/grid/delivery/reliabilty").json()["error"]["code"] == "mechanism-unknown"
    assert program.get("/api/v1/grid/delivry/reliability").status_code == 404


def test_a_page_beyond_the_end_leads_back(tea: Served) -> None:
    assert "To its beginning" in tea.signed_in().get("/grid/delivery/reliability?page=99").text


def test_where_nobody_is_shown_alone_there_are_no_records(tmp_path_factory: pytest.TempPathFactory) -> None:
    blueprint = shops.BLUEPRINT + "privacy: {people: segments, least_group: 50}\n"
    with shops.trading(tmp_path_factory.mktemp("private"), blueprint) as served:
        found = served.with_key().get(CELL).json()
        assert found["records"] is None
        assert found["trust"] is not None
        assert "/customers/c" not in served.signed_in().get("/grid/delivery/reliability").text
        assert "Example records" not in served.signed_in().get("/journey/delivery").text


def test_cells_of_too_few_customers_are_not_shown(tmp_path_factory: pytest.TempPathFactory) -> None:
    blueprint = shops.BLUEPRINT + "privacy: {people: segments, least_group: 20}\n"
    with shops.trading(tmp_path_factory.mktemp("few"), blueprint) as served:
        folder = served.live.folder
        (folder / "few.csv").write_text(
            "id,customer,touchpoint,mechanism,weight,at\n"
            + "".join(f"x{n},c{n},service,benevolence,-8000,2026-03-30\n" for n in range(3))
        )
        with served.live.changing() as workspace:
            workspace.import_("experiences", folder / "few.csv")
        program = served.with_key()
        grid = program.get("/api/v1/grid").json()
        assert "service" not in {cell["touchpoint"] for cell in grid["cells"]}
        [service] = [one for one in grid["touchpoints"] if one["touchpoint"] == "service"]
        assert service["trust"]["index"] is None
        assert service["trust"]["evidence"]["experiences"] == 0
        moved = program.get("/api/v1/overview").json()["moved"]
        assert "service" not in {mover["id"] for mover in moved["touchpoints"]}
