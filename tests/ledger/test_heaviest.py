"""The heaviest records of every cell, however few are looked at first."""

import json
from collections import defaultdict
from collections.abc import Callable

import numpy as np
import pytest
from tests.insight.conftest import Ledger, Lived, ledger, moment

from troth.ledger.decay import factor
from troth.ledger.heaviest import heaviest
from troth.ledger.refresh import PROMISES
from troth.vocabulary import MECHANISM_BY_ID

__all__ = ["ledger"]
LAST = 20_000
CELLS = (("delivery", "reliability"), ("shop", "clarity"), ("support", "ability"))


def lived(seed: int) -> list[Lived]:
    """Records of some customers over two years: heavy ones are rare, and some gave several experiences."""
    chance = np.random.default_rng(seed)
    rows = []
    for record in range(400):
        customer, cell = f"c{chance.integers(60)}", CELLS[chance.choice(3, p=(0.6, 0.39, 0.01))]
        day = LAST - (chance.integers(700) if cell[0] != "support" else 90 + chance.integers(9))
        source = "late" if record % 2 else "silent"
        steps = (-1000, -1100, -3000, -8000)  # two of one severity
        for step, weight in enumerate(steps[: chance.integers(1, 5) if record % 2 else 1]):
            heavier = 3 if record % 2 == 0 and chance.uniform() < 0.1 else 1
            if day + step <= LAST:
                rows.append(Lived(customer, *cell, heavier * weight, day + step + 0.5, f"r{record}", source))
    return rows


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("known", [True, False])
def test_they_are_those_that_adding_up_all_records_finds(
    ledger: Callable[..., Ledger], monkeypatch: pytest.MonkeyPatch, seed: int, *, known: bool
) -> None:
    for name, few in (("_FIRST_DAYS", 2), ("_CUSTOMERS", 3), ("_TIMES", 3)):
        monkeypatch.setattr(f"troth.ledger.heaviest.{name}", few)
    half_life = (10, 60, 700)[seed % 3]
    shop = ledger(half_life_days={"good": 90, "bad": half_life}).live(rows := lived(seed))
    if known:
        shop.store.connection.execute(
            "INSERT INTO refresh_state VALUES (?, ?)", [PROMISES, json.dumps(["late"])]
        )
    found: dict[tuple[str, int], list[tuple[int, int, str, str]]] = defaultdict(list)
    for one in heaviest(shop.store, shop.settings, moment(LAST), 3, repeated=2):
        found[one.touchpoint, one.mechanism_no].append((-one.remaining, -one.at_ms, one.source, one.record))
    sums: dict[tuple[str, int], dict[tuple[str, str], list[int]]] = defaultdict(dict)
    for row in rows:
        left = -row.weight * factor(LAST - int(row.day), float(half_life))
        cell = sums[row.touchpoint, MECHANISM_BY_ID[row.mechanism].no]
        so_far = cell.setdefault((row.source, row.record), [0, 0])
        so_far[:] = so_far[0] - left, min(so_far[1], -round(row.day * 86_400_000))
    assert found == {
        place: sorted((left, at_ms, *name) for name, (left, at_ms) in records.items())[:3]
        for place, records in sums.items()
    }


def test_a_ledger_without_experiences_has_none(ledger: Callable[..., Ledger]) -> None:
    shop = ledger().live([])
    assert heaviest(shop.store, shop.settings, moment(LAST), 3) == []
