"""The AUC against brute force, DeLong's variance against its definition and against resampling."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from troth.insight.auc import auc_difference, auc_estimate, placement
from troth.ledger.arithmetic import Floats

Booleans = NDArray[np.bool_]


def kernel(marker: Floats, happened: Booleans) -> Floats:
    """ψ of every pair (case, control): 1 above, ½ tied, 0 below."""
    cases, controls = marker[happened][:, None], marker[~happened][None, :]
    return (cases > controls) + 0.5 * (cases == controls)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=4, max_size=40))
def test_auc_is_the_share_of_rightly_ordered_pairs(records: list[tuple[int, bool]]) -> None:
    marker, happened = (np.array(column) for column in zip(*records, strict=True))
    if not 2 <= happened.sum() <= len(happened) - 2:
        with pytest.raises(ValueError, match="two of each"):
            placement(marker.astype(float), happened)
        return
    pairs = kernel(marker, happened)
    placed = placement(marker.astype(float), happened)
    assert placed.auc == pytest.approx(pairs.mean())
    assert placed.tied == pytest.approx((pairs == 0.5).mean())
    by_case, by_control = np.var(pairs.mean(1), ddof=1), np.var(pairs.mean(0), ddof=1)
    by_definition = by_case / pairs.shape[0] + by_control / pairs.shape[1]
    assert np.square(placed.influence).sum() == pytest.approx(by_definition)


def test_published_example() -> None:
    """Hanley & McNeil 1982: 109 tomograms rated 1 to 5 by one reader; area .893 by Wilcoxon."""
    normal, abnormal = [33, 6, 6, 11, 2], [3, 2, 2, 11, 33]
    marker = np.repeat(np.arange(1.0, 6.0).tolist() * 2, normal + abnormal)
    happened = np.repeat([False, True], [58, 51])
    estimate = auc_estimate(placement(marker, happened), np.arange(109), 0.95)
    assert estimate.value == pytest.approx(0.893, abs=5e-4)
    assert (estimate.high - estimate.low) / 2 / 1.96 == pytest.approx(0.032, abs=2e-3)


def correlated(generator: np.random.Generator, cases: int, controls: int) -> tuple[Floats, Floats, Booleans]:
    happened = np.repeat([True, False], [cases, controls])
    common = generator.normal(size=cases + controls)
    first = common + generator.normal(size=cases + controls) + 1.2 * happened
    second = common + generator.normal(size=cases + controls) + 0.6 * happened
    return first, second, happened


def test_paired_interval_agrees_with_resampling() -> None:
    generator = np.random.default_rng(4)
    first, second, happened = correlated(generator, 80, 150)
    found = auc_difference(placement(first, happened), placement(second, happened), np.arange(230), 0.95)
    differences = []
    for _ in range(2000):
        chosen = np.r_[generator.integers(0, 80, 80), generator.integers(80, 230, 150)]
        rows = first[chosen], second[chosen], happened[chosen]
        differences.append(kernel(rows[0], rows[2]).mean() - kernel(rows[1], rows[2]).mean())
    assert (found.high - found.low) / 2 / 1.96 == pytest.approx(np.std(differences), rel=0.06)
    alone = [np.square(placement(m, happened).influence).sum() for m in (first, second)]
    unpaired = np.sqrt(sum(alone))
    assert (found.high - found.low) / 2 / 1.96 < 0.8 * unpaired


def test_repeating_a_customers_record_adds_no_certainty() -> None:
    first, _, happened = correlated(np.random.default_rng(5), 60, 60)
    once = auc_estimate(placement(first, happened), np.arange(120), 0.95)
    repeated = placement(np.tile(first, 3), np.tile(happened, 3))
    thrice = auc_estimate(repeated, np.tile(np.arange(120), 3), 0.95)
    assert thrice.value == pytest.approx(once.value)
    assert thrice.high - thrice.low == pytest.approx(once.high - once.low, rel=0.02)
