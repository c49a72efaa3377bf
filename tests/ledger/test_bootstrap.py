"""Resampling customers."""

import numpy as np
import pytest

from troth.ledger import bootstrap
from troth.ledger.arithmetic import Floats, mechanism_pools

POOLS = mechanism_pools((5000,) * 10)
SHARDS = 256


def customers(shards: int = SHARDS, scale: float = 1.0) -> Floats:
    generator = np.random.Generator(np.random.PCG64(7))
    return generator.gamma(2.0, scale, (2, 10, shards)) * np.array([5.0, 1.0])[:, None, None]


def test_the_same_arguments_give_the_same_bits() -> None:
    first = bootstrap.resampled_index(customers(), POOLS, bootstrap.draw(POOLS, SHARDS))
    second = bootstrap.resampled_index(customers(), POOLS, bootstrap.draw(POOLS, SHARDS))
    assert first.tobytes() == second.tobytes()


def test_shards_in_another_order_give_the_same_totals() -> None:
    drawn = bootstrap.draw(POOLS, SHARDS)
    order = np.random.Generator(np.random.PCG64(3)).permutation(SHARDS)
    shuffled = bootstrap.Resamples(drawn.weights[:, order], drawn.prior_good, drawn.prior_bad)
    sums = customers()
    straight = bootstrap.resampled_index(sums, POOLS, drawn)
    assert straight.tobytes() == bootstrap.resampled_index(sums[..., order], POOLS, shuffled).tobytes()


def test_the_replicates_surround_the_index_and_narrow_with_more_customers() -> None:
    def width(shards: int) -> float:
        draws = bootstrap.resampled_index(customers(shards), POOLS, bootstrap.draw(POOLS, shards))
        low, high = bootstrap.limits(draws, 0.9)
        assert low < 0.5 < high
        return float(high - low)

    assert width(1024) < 0.6 * width(128)


def test_equal_customers_leave_the_prior_alone_uncertain() -> None:
    sums = np.full((2, 10, SHARDS), 1e6)
    sums[0] *= 5
    draws = bootstrap.resampled_index(sums, POOLS, bootstrap.draw(POOLS, SHARDS))
    np.testing.assert_allclose(draws, 0.5, atol=1e-6)


def test_a_precondition_that_nobody_has_lived_stays_neutral() -> None:
    sums = customers()
    sums[:, 5:7] = 0
    scores = bootstrap.replicate(sums, POOLS, bootstrap.draw(POOLS, SHARDS)).score
    assert scores[:, 1] == pytest.approx(0.5)
    assert np.ptp(scores[:, 0]) > 0


def test_interval_has_its_nominal_coverage() -> None:
    """Customers of known mean: the 90 % interval of 200 samples holds the truth about nine times in ten."""
    generator = np.random.Generator(np.random.PCG64(11))
    drawn = bootstrap.draw(POOLS, SHARDS, resamples=400)
    means = np.array([5.0, 1.0])[:, None, None]
    held = 0
    for _ in range(200):
        activity = generator.gamma(1.0, 1.0, SHARDS)  # one busy customer moves all ten mechanisms
        sums = generator.poisson(means * activity, (2, 10, SHARDS)).astype(float)
        low, high = bootstrap.limits(bootstrap.resampled_index(sums, POOLS, drawn), 0.9)
        held += bool(low <= 0.5 <= high)
    assert 170 <= held <= 192
