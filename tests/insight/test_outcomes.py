"""Outcomes: only what was known strictly before counts, and the ranking is that of the AUC."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.insight.conftest import BLUEPRINT, DAY_MS, Ledger, Lived

from troth.blueprint.parameters import resolve
from troth.blueprint.schema import Blueprint
from troth.errors import UsageError
from troth.insight.before import OutcomeRecords, outcome_records
from troth.insight.outcomes import OutcomeRanking, outcome_ranking, rank
from troth.store import Store, tables

DAY = 20_000
KIND = {
    "key": "id",
    "customer": "buyer",
    "columns": {"id": "text", "buyer": "text", "made": "time", "low": "boolean", "late": "number"},
}
OUTCOME = {"id": "low-review", "name": "Low review", "from": "reviews", "at": "made", "value": "low"}
Review = tuple[str | None, float, bool | None, float | None]


@pytest.fixture
def reviewed(tmp_path: Path) -> Callable[..., Ledger]:
    """Makes a ledger with experiences and reviews (customer, day, low, late)."""

    def make(rows: list[Lived], reviews: list[Review], baseline: str | None = "late") -> Ledger:
        outcome = OUTCOME | ({"baseline": baseline} if baseline else {})
        blueprint = Blueprint.model_validate(
            BLUEPRINT | {"records": {**BLUEPRINT["records"], "reviews": KIND}, "outcomes": [outcome]}
        )
        lived = Ledger(
            Store.open(tmp_path / "l.duckdb", create=True), blueprint, resolve(blueprint.parameters)
        )
        tables.ensure_record_table(lived.store.connection, "reviews", blueprint.records["reviews"])
        lived.store.connection.executemany(
            "INSERT INTO record.reviews (id, buyer, made, low, late, _key)"
            " VALUES ($1, $2, make_timestamp($3), $4, $5, $1)",
            [
                (str(i), buyer, int(day * DAY_MS) * 1000, low, late)
                for i, (buyer, day, low, late) in enumerate(reviews)
            ],
        )
        return lived.live(rows)

    return make


def records(lived: Ledger) -> OutcomeRecords:
    [outcome] = lived.blueprint.outcomes
    return outcome_records(lived.store, lived.blueprint, lived.settings, outcome, (DAY + 100) * DAY_MS)


def ranking(lived: Ledger) -> OutcomeRanking:
    return outcome_ranking(lived.store, lived.blueprint, lived.settings, "low-review")


def test_only_evidence_strictly_before_counts(reviewed: Callable[..., Ledger]) -> None:
    rows = [
        Lived("a", "delivery", "reliability", -1000, DAY - 90),  # one half-life: 0.5 remains
        Lived("a", "delivery", "reliability", 1000, DAY + 0.5),  # the very moment: does not count
        Lived("a", "delivery", "reliability", -8000, DAY + 0.6),
        Lived("b", "delivery", "reliability", 1000, DAY + 0.4),
    ]
    found = records(
        reviewed(rows, [("a", DAY + 0.5, True, 1), ("b", DAY + 0.5, False, 0), ("c", DAY, False, 0)])
    )
    scores = [1 / (0 + 5 * 0.5 + 2), 2 / 3, 0.5]
    assert found.trust == pytest.approx([(score / 4) ** (1 / 3) for score in scores])
    assert found.seen.tolist() == [True, True, False]
    assert found.happened.tolist() == [True, False, False]
    assert len(set(found.customer.tolist())) == 3


def test_records_without_customer_time_or_value_are_no_outcomes(reviewed: Callable[..., Ledger]) -> None:
    lived = reviewed([Lived("a", "shop", "clarity", 1000, DAY)], [(None, DAY, True, 1), ("a", DAY, None, 1)])
    found = ranking(lived)
    assert (found.records, found.auc, found.direction) == (0, None, None)


def population(generator: np.random.Generator, customers: int) -> tuple[list[Lived], list[Review]]:
    """Customers lose patience with every bad contact; whether the last one was bad is the baseline."""
    rows, reviews = [], []
    for c in range(customers):
        bad = generator.uniform(size=3) < 0.3
        rows += [Lived(f"c{c}", "delivery", "reliability", -1000 if b else 1000, DAY - 9) for b in bad]
        low = generator.uniform() < 0.05 + 0.25 * bad.sum()
        reviews.append((f"c{c}", DAY, bool(low), float(bad[-1])))
    return rows, reviews


def test_trust_beats_a_baseline_that_knows_less(reviewed: Callable[..., Ledger]) -> None:
    found = ranking(reviewed(*population(np.random.default_rng(1), 600)))
    assert found.direction == "low"
    assert found.auc is not None
    assert found.baseline_auc is not None
    assert found.difference is not None
    assert found.auc.low > found.baseline_auc.value
    assert found.difference.value == pytest.approx(found.auc.value - found.baseline_auc.value)
    assert found.difference.low > 0
    assert (found.records, found.without_evidence) == (600, 0)


def test_without_a_baseline_there_is_nothing_to_compare(reviewed: Callable[..., Ledger]) -> None:
    found = ranking(reviewed(*population(np.random.default_rng(1), 100), baseline=None))
    assert found.auc is not None
    assert found.baseline_auc is None
    assert found.difference is None


def test_a_welcome_outcome_goes_with_high_trust() -> None:
    happened = np.array([True, True, True, False, False, False])
    trust = np.array([0.9, 0.8, 0.4, 0.6, 0.3, 0.2])
    found = rank("again", OutcomeRecords(np.arange(6), happened, trust, happened, None))
    assert found.direction == "high"
    assert found.auc is not None
    assert found.auc.value == pytest.approx(8 / 9)


def test_an_empty_baseline_counts_as_lowest(reviewed: Callable[..., Ledger]) -> None:
    reviews: list[Review] = [
        ("a", DAY, True, -5),
        ("b", DAY, True, 2),
        ("c", DAY, False, None),
        ("d", DAY, False, None),
    ]
    found = ranking(reviewed([Lived("a", "shop", "clarity", 1000, DAY - 1)], reviews))
    assert found.baseline_auc is not None
    assert found.baseline_auc.value == 1


def test_an_unknown_outcome_is_the_users_fault(reviewed: Callable[..., Ledger]) -> None:
    lived = reviewed([], [("a", DAY, True, 1)])
    with pytest.raises(UsageError) as error:
        outcome_ranking(lived.store, lived.blueprint, lived.settings, "low-revue")
    assert error.value.code == "outcome-unknown"
    assert "low-review" in error.value.hint
