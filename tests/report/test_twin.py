"""The twin: the same bytes for the same records, complete, without customers, and in its published shape."""

import json
import random
from pathlib import Path
from typing import Any

import pytest

from troth import Workspace
from troth.blueprint import load, parse
from troth.blueprint.parameters import resolve
from troth.ledger import Moment
from troth.report.twin import SCHEMA, as_json, from_json, json_schema, text, twin
from troth.store import Store

DOCS = Path(__file__).parents[2] / "docs" / "reference"
EXAMPLE = Path(__file__).parent / "example_twin.json"
TOUCHPOINTS = ("delivery", "service", "checkout")


def experiences() -> list[str]:
    """Rows of ready-made experiences: 120 customers, one cell of every touchpoint, deliveries often late."""
    generator = random.Random(11)  # noqa: S311 - no secret
    rows = []
    for i in range(900):
        customer, place = f"somebody-{generator.randrange(120)}", generator.randrange(3)
        mechanism, bad = (("reliability", 0.3), ("benevolence", 0.1), ("clarity", 0.1))[place]
        weight = -1000 if generator.random() < bad else 1000
        day = f"2026-{1 + i % 5:02}-{1 + generator.randrange(28):02}"
        rows.append(f"{i},{customer},{TOUCHPOINTS[place]},{mechanism},{weight},{day}")
    return rows


def twin_of(folder: Path, rows: list[str]) -> dict[str, Any]:
    """Import ready-made experiences into a new shop and make its twin."""
    Workspace.create(folder, "shop")
    export = folder / "experiences.csv"
    export.write_text("\n".join(["id,customer,touchpoint,mechanism,weight,at", *rows, ""]), "utf-8")
    with Workspace.open(folder) as workspace:
        workspace.import_("experiences", export)
        return workspace.twin(at="2026-05-31")


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    return twin_of(tmp_path_factory.mktemp("twin"), experiences())


def test_the_same_records_give_the_same_bytes_in_any_order(plain: dict[str, Any], tmp_path: Path) -> None:
    rows = experiences()
    shuffled = random.Random(1).sample(rows, len(rows))  # noqa: S311 - no secret
    assert text(plain) == text(twin_of(tmp_path, shuffled))


def test_what_is_in_it(plain: dict[str, Any]) -> None:
    report = from_json(text(plain))
    assert as_json(report) == plain
    assert report.schema == SCHEMA
    assert report.read_out.day.isoformat() == "2026-05-31"
    worst = report.critical.ranked[0]
    assert (worst.touchpoint, worst.mechanism) == ("delivery", "reliability")
    assert sum(t.trust.evidence.experiences for t in report.touchpoints) == 900
    assert sum(cell.evidence.bad for cell in report.cells) == pytest.approx(report.company.trust.evidence.bad)
    assert report.company.trend.days[-1] == report.read_out.day
    assert len(report.touchpoints[0].series) == len(report.company.trend.days)
    assert report.company.trust.index is not None
    assert report.company.trend.index[-1] == pytest.approx(report.company.trust.index.value)
    assert report.data.kinds[-1].records == 900


def test_a_mechanism_has_its_own_severities_and_their_origins(tmp_path: Path) -> None:
    shop = Workspace.create(tmp_path, "shop").read_text("utf-8")
    blueprint = parse(shop.rstrip() + "\n  mechanisms: {clarity: {severity: {S2: 1250}}}\n")
    with Store.open(tmp_path, create=True) as store:
        made = from_json(twin(store, blueprint, resolve(blueprint.parameters), Moment(0, 0, "given")))
    by_id = {entry.mechanism: entry for entry in made.parameters.mechanisms}
    assert [found.weight for found in by_id["clarity"].severities] == [0.3, 1.25, 3.0, 8.0]
    assert by_id["clarity"].severities[1].origin.kind == "blueprint"
    assert by_id["ability"].severities == made.parameters.severities
    assert made.parameters.severities[1].weight == 1.0


def test_no_customer_is_in_it(plain: dict[str, Any]) -> None:
    assert "somebody-" not in text(plain)


def test_an_empty_ledger_has_a_twin(tmp_path: Path) -> None:
    blueprint = load(Workspace.create(tmp_path, "shop"))
    with Store.open(tmp_path, create=True) as store:
        empty = from_json(twin(store, blueprint, resolve(blueprint.parameters), Moment(0, 0, "given")))
    assert empty.company.trust.index is None
    assert empty.critical.ranked == ()
    assert empty.company.trend.days == ()
    assert {t.trust.index for t in empty.touchpoints} == {None}


def test_the_example_has_the_shape() -> None:
    example = json.loads(EXAMPLE.read_text("utf-8"))
    assert as_json(from_json(example)) == example


def test_the_published_schema_is_that_of_the_code() -> None:
    """Written by `python docs/reference/twin.py`."""
    published = json.loads((DOCS / "twin.schema.json").read_text("utf-8"))
    assert published == json_schema()
    page = (DOCS / "twin.md").read_text("utf-8")
    assert all(f"## {name}\n\n{part['description']}" in page for name, part in published["$defs"].items())
