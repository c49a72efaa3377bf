"""Troth finds what was planted, by way of import, rules, evidence and insight; the starter is as it is."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from troth.demo import Truth, generate
from troth.insight.basis import basis
from troth.insight.critical import CriticalMoment
from troth.insight.segments import segments
from troth.intake import ImportSummary
from troth.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Shop:
    truth: Truth
    workspace: Workspace
    imported: dict[str, ImportSummary]
    moments: tuple[CriticalMoment, ...]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    truth = generate(folder / "exports", customers=4000, seed=5)
    Workspace.create(folder, "shop")
    with Workspace.open(folder) as workspace:
        imported = {
            kind: workspace.import_(kind, folder / "exports" / name) for kind, name in truth.files.items()
        }
        yield Shop(truth, workspace, imported, workspace.moments().ranked)


def test_every_row_is_accounted_for_as_planted(shop: Shop) -> None:
    for kind, expected in shop.truth.expected.items():
        got = shop.imported[kind]
        reasons: dict[str, int] = {}
        for (reason, _column), n in got.reasons.items():
            reasons[reason] = reasons.get(reason, 0) + n
        assert (got.read, got.added, got.same, got.stale) == (
            expected.read, expected.added, expected.same, expected.stale,
        ), kind  # fmt: skip
        assert reasons == expected.reasons, kind


def test_importing_again_changes_nothing(shop: Shop) -> None:
    again = shop.workspace.import_("returns", shop.workspace.folder / "exports" / "returns.csv")
    assert (again.added, again.changed) == (0, 0)
    assert again.same == shop.truth.expected["returns"].added + shop.truth.expected["returns"].same


def test_planted_weak_cells_lead_the_critical_moments(shop: Shop) -> None:
    weak = shop.truth.plan.weak_cells
    first = shop.moments[: len(weak)]
    assert {(moment.touchpoint, moment.mechanism) for moment in first} == {
        (cell.touchpoint, cell.mechanism) for cell in weak
    }
    assert all(moment.certain for moment in first)
    assert max(moment.rank_high for moment in first) == len(weak)


def test_the_eroding_touchpoint_falls_after_its_day_and_no_other_does(shop: Shop) -> None:
    before, after = (
        {row.group["touchpoint"]: row for row in shop.workspace.trust(by=["touchpoint"], at=day)}
        for day in (shop.truth.erosion_begins, shop.truth.until)
    )
    fell = {touchpoint for touchpoint, row in before.items() if after[touchpoint].high < row.low}
    assert fell == {shop.truth.plan.dispatch.touchpoint}


def test_the_eroding_cell_creeps(shop: Shop) -> None:
    eroding = shop.truth.plan.dispatch
    cells = {(moment.touchpoint, moment.mechanism): moment for moment in shop.moments}
    assert cells[eroding.touchpoint, eroding.mechanism].course == "creeping"


def test_nothing_erodes_before_its_day(shop: Shop) -> None:
    eroding = shop.truth.plan.dispatch.touchpoint
    scores = [
        row.score
        for days in (150, 100, 50, 0)
        for row in shop.workspace.trust(
            by=["touchpoint"], at=shop.truth.erosion_begins - dt.timedelta(days), only={"touchpoint": eroding}
        )
    ]
    assert max(scores) - min(scores) < 0.02


def test_the_worse_segment_is_the_lowest_and_flagged(shop: Shop) -> None:
    workspace, worse = shop.workspace, shop.truth.plan.segment
    base = basis(workspace._ready(), workspace.blueprint, workspace.settings, workspace.moment())
    found = next(segment for segment in segments(base) if segment.segment == worse.segment)
    assert found.values[0].value == worse.value
    below = [value.value for value in found.values if value.flagged and value.difference.value < 0]
    assert below == [worse.value]
