"""Critical moments: the right gain, the planted cell first, and nothing ranked that is not known."""

import random
import re
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from tests.insight.conftest import BLUEPRINT, Ledger, Lived, moment

from troth.blueprint.schema import Blueprint
from troth.insight.critical import CriticalMoments, critical_moments
from troth.insight.touchpoints import cells
from troth.ledger import read_out

DAY = 20_000
LATE, RUDE, UNCLEAR, BROKEN = 0.30, 0.08, 0.12, 0.05
CELLS = {
    ("delivery", "reliability"): (1.0, LATE),
    ("support", "benevolence"): (0.5, RUDE),
    ("shop", "clarity"): (0.8, UNCLEAR),
    ("shop", "reliability"): (0.4, BROKEN),
}


def moments(lived: Ledger, day: int = DAY) -> CriticalMoments:
    stands_on = lived.basis(day)
    return critical_moments(stands_on, cells(stands_on))


def population(customers: int, seed: int = 2) -> list[Lived]:
    """Customers with skewed activity; what share of their contacts in each cell is bad is known."""
    generator = np.random.default_rng(seed)
    activity = generator.lognormal(0, 1, customers)
    rows = []
    for (touchpoint, mechanism), (contacts, bad) in CELLS.items():
        for customer, n in enumerate(generator.poisson(contacts * activity)):
            for is_bad in generator.uniform(size=n) < bad:
                weight = -1000 if is_bad else 1000
                rows.append(Lived(f"c{customer}", touchpoint, mechanism, weight, DAY, f"r{len(rows)}"))
    return rows


def true_index(cells_: dict[tuple[str, str], tuple[float, float]], scale: float) -> float:
    pools: dict[str, list[tuple[float, float]]] = {"benevolence": [], "reliability": [], "clarity": []}
    for (_, mechanism), (contacts, bad) in cells_.items():
        pools[mechanism].append((scale * contacts * (1 - bad), scale * contacts * bad))
    product = 1.0
    for parts in pools.values():
        good, bad = (sum(column) for column in zip(*parts, strict=True))
        product *= (good + 1) / (good + 5 * bad + 2)
    return float(100 * product ** (1 / 3))


def true_gain(cell: tuple[str, str], customers: int) -> float:
    contacts, bad = CELLS[cell]
    scale = customers * float(np.exp(0.5))
    good_only = CELLS | {cell: (contacts * (1 - bad), 0.0)}
    return true_index(good_only, scale) - true_index(CELLS, scale)


def index(lived: Ledger) -> float:
    [whole] = read_out(lived.store, lived.settings, by=(), at=moment(DAY), intervals=False)
    return 100 * whole.score


def test_the_planted_cell_comes_first_with_its_true_gain(ledger: Callable[..., Ledger]) -> None:
    found = moments(ledger().live(population(600))).ranked
    assert (found[0].touchpoint, found[0].mechanism) == ("delivery", "reliability")
    assert (found[0].rank_low, found[0].rank_high) == (1, 1)
    assert [m.rank for m in found] == [1, 2, 3, 4]
    for ranked in found:
        truth = true_gain((ranked.touchpoint, ranked.mechanism), 600)
        assert ranked.cost.low < truth < ranked.cost.high
        assert ranked.certain


def test_the_gain_is_the_index_without_the_cells_bad_experiences(ledger: Callable[..., Ledger]) -> None:
    rows = population(100)
    before = index(ledger().live(rows))
    for ranked in moments(ledger().live(rows)).ranked:
        cell = ranked.touchpoint, ranked.mechanism
        kept = [row for row in rows if row.weight > 0 or (row.touchpoint, row.mechanism) != cell]
        assert ranked.cost.value == pytest.approx(index(ledger().live(kept)) - before)


def test_the_order_of_import_changes_nothing(ledger: Callable[..., Ledger]) -> None:
    rows = population(200)
    shuffled = random.Random(5).sample(rows, len(rows))  # noqa: S311 - no secret
    assert moments(ledger().live(rows)) == moments(ledger().live(shuffled))


def test_what_is_not_known_is_named_and_not_ranked(ledger: Callable[..., Ledger]) -> None:
    rows = [*population(200), Lived("c1", "support", "integrity", -2000, DAY)]
    found = moments(ledger().live(rows))
    assert [(c.touchpoint, c.mechanism) for c in found.unknown] == [("support", "integrity")]
    assert found.unknown[0].evidence.unknown == pytest.approx(1.2 / 3.2)
    assert ("support", "integrity") not in {(m.touchpoint, m.mechanism) for m in found.ranked}


def test_a_cell_that_hurt_one_customer_is_not_certain(ledger: Callable[..., Ledger]) -> None:
    rows = [*population(300), *(Lived(f"c{i}", "support", "clarity", 1000, DAY) for i in range(50))]
    rows.append(Lived("c7", "support", "clarity", -3000, DAY))
    found = {(m.touchpoint, m.mechanism): m for m in moments(ledger().live(rows)).ranked}
    once = found["support", "clarity"]
    assert once.cost.value > 0
    assert once.cost.low == 0
    assert not once.certain
    assert once.customers == 1


def test_volume_customers_and_course(ledger: Callable[..., Ledger]) -> None:
    rows = [Lived(f"c{i}", "shop", "clarity", 1000, DAY) for i in range(40)]
    rows += [Lived(f"c{i % 4}", "shop", "clarity", -300, DAY) for i in range(10)]  # 3.0 of friction
    rows += [Lived("c9", "shop", "clarity", -1000, DAY)] * 2  # 2.0 of failures
    [moment] = moments(ledger().live(rows)).ranked
    assert (moment.evidence.experiences, moment.evidence.bad_experiences) == (52, 12)
    assert moment.customers == 5
    assert moment.customer_share == pytest.approx(5 / 40)
    assert moment.friction_share == pytest.approx(0.6)
    assert moment.course == "creeping"


def test_examples_are_the_heaviest_that_remain_then_the_latest(ledger: Callable[..., Ledger]) -> None:
    rows = [Lived(f"c{i}", "shop", "clarity", 1000, DAY) for i in range(40)]
    rows += [
        Lived("c1", "shop", "clarity", -8000, DAY - 360, "long ago"),  # half a unit is left
        Lived("c2", "shop", "clarity", -300, DAY - 1, "steps"),
        Lived("c2", "shop", "clarity", -700, DAY - 0.4, "steps"),
        Lived("c3", "shop", "clarity", -1000, DAY, "failure"),
        Lived("c4", "shop", "clarity", -300, DAY, "small"),
        Lived("c5", "shop", "clarity", -1000, DAY + 0.5, "later that day"),
    ]
    [moment] = moments(ledger().live(rows)).ranked
    assert [e.record for e in moment.examples] == ["later that day", "failure", "steps"]
    steps = moment.examples[2]
    assert steps.weight == pytest.approx(1.0)
    assert steps.remaining == pytest.approx(2 ** (-1 / 90))
    assert (steps.kind, steps.source, steps.severity) == ("orders", "late", 1)
    assert moment.course == "breaking"


@pytest.mark.parametrize("key", [["id", "buyer"], "*"])
def test_a_key_that_holds_the_customer_is_shown_as_a_digest(
    ledger: Callable[..., Ledger], key: str | list[str]
) -> None:
    kind = {"key": key, "customer": "buyer", "columns": {"id": "text", "buyer": "text"}}
    blueprint = Blueprint.model_validate(BLUEPRINT | {"records": {"orders": kind}})
    rows = [Lived(f"c{i}", "shop", "clarity", 1000, DAY) for i in range(40)]
    rows.append(Lived("c3", "shop", "clarity", -1000, DAY, "17␟c3"))
    [found] = moments(replace(ledger().live(rows), blueprint=blueprint)).ranked
    assert re.fullmatch(r"sha256:[0-9a-f]{12}", found.examples[0].record)


def test_the_first_day_of_all_counts_like_any_other(ledger: Callable[..., Ledger]) -> None:
    days = [0, 1, 2] * 4
    rows = [Lived(f"c{n}", "delivery", "reliability", -1000, day, f"r{n}") for n, day in enumerate(days)]
    [found] = moments(ledger().live(rows), day=30).ranked
    assert found.customers == len(rows)
    assert {record.at.day for record in found.examples} == {3}
