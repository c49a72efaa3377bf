"""Pooling the mechanisms of a precondition, with ratios of their own."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from troth.ledger import arithmetic as model
from troth.ledger.arithmetic import Floats

UNIFORM = (5000,) * 10
MIXED = (1000, 10000, 5000, 5000, 2000, 5000, 4000, 5000, 5000, 1960)
evidence = hn.arrays(float, (2, 10), elements=st.floats(0, 1e5))


def test_columns_are_pooled_into_their_preconditions() -> None:
    good, bad = np.arange(10.0), np.ones(10)
    pooled = model.mechanism_pools(UNIFORM).preconditions(good, bad)
    by_hand = model.posterior([0 + 1 + 2 + 3 + 4, 5 + 6, 7 + 8 + 9], [5, 2, 3], 5)
    np.testing.assert_allclose(pooled.score, by_hand.score)
    np.testing.assert_allclose(pooled.ratio, 5)
    np.testing.assert_allclose(pooled.interval(), by_hand.interval())


def test_a_precondition_without_evidence_is_neutral_and_unknown() -> None:
    pooled = model.mechanism_pools(MIXED).preconditions(np.zeros(10), np.zeros(10))
    assert pooled.score.tolist() == [0.5, 0.5, 0.5]
    assert pooled.unknown.tolist() == [1, 1, 1]


@pytest.mark.parametrize("ratios", [UNIFORM, MIXED])
@given(sums=evidence)
def test_merged_columns_give_the_same_trust(ratios: tuple[int, ...], sums: Floats) -> None:
    whole = model.mechanism_pools(ratios)
    merged, column = model.merged_pools(ratios)
    fewer = np.zeros((2, len(merged.ratio)))
    for mechanism, c in enumerate(column):
        fewer[:, c] += sums[:, mechanism]
    np.testing.assert_allclose(merged.preconditions(*fewer).score, whole.preconditions(*sums).score)
    np.testing.assert_allclose(merged.balance(*fewer), whole.balance(*sums), atol=1e-6)
    np.testing.assert_allclose(merged.unknown(*fewer), whole.unknown(*sums))


def test_equal_ratios_need_three_columns() -> None:
    merged, column = model.merged_pools(UNIFORM)
    assert merged.precondition == (0, 1, 2)
    assert column == model.PRECONDITION_OF


@given(sums=evidence, mechanism=st.integers(0, 9), more=st.floats(1e-3, 100))
def test_the_index_is_monotone_in_every_mechanism_whatever_its_ratio(
    sums: Floats, mechanism: int, more: float
) -> None:
    pools = model.mechanism_pools(MIXED)

    def index(good: Floats, bad: Floats) -> float:
        return float(model.index(pools.preconditions(good, bad).score))

    extra = np.zeros(10)
    extra[mechanism] = more
    assert index(sums[0] + extra, sums[1]) >= index(*sums) * (1 - 1e-12)
    assert index(sums[0], sums[1] + extra) <= index(*sums) * (1 + 1e-12)


def test_a_ratio_weighted_by_all_evidence_is_rejected_for_it_is_not_monotone() -> None:
    ratio = np.array([1.0, 10.0])

    def weighted_by_all(good: Floats, bad: Floats) -> float:
        mean = (ratio * (good + bad)).sum() / (good + bad).sum()
        return (good.sum() + 1) / (good.sum() + mean * bad.sum() + 2)

    def weighted_by_bad(good: Floats, bad: Floats) -> float:
        return (good.sum() + 1) / (good.sum() + (ratio * bad).sum() + 2)

    good, bad, one_more_good = np.array([100.0, 0.0]), np.array([100.0, 0.0]), np.array([0.0, 1.0])
    assert weighted_by_all(good + one_more_good, bad) < weighted_by_all(good, bad)
    assert weighted_by_bad(good + one_more_good, bad) > weighted_by_bad(good, bad)


def test_a_level_balance_is_a_neutral_score_whatever_the_ratios() -> None:
    pools = model.mechanism_pools(MIXED)
    bad = np.array([3.0, 1.0, 0, 0, 0, 2.0, 0, 0, 4.0, 0])
    good = np.array([13.0, 0, 0, 0, 0, 0, 10.0, 20.0, 0, 0])
    assert pools.balance(good, bad) == 0
    assert pools.preconditions(good, bad).score.tolist() == [0.5, 0.5, 0.5]
