"""Exact sums of decayed weights over days."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger.decay import decayed, factors


@pytest.mark.parametrize("most", [1, 1 << 19, 1 << 33, (1 << 39) - 1])
@given(seed=st.integers(0, 1000))
def test_sums_are_those_of_whole_numbers_rounded_once(most: int, seed: int) -> None:
    generator = np.random.Generator(np.random.PCG64(seed))
    weights = generator.integers(0, most, (2, 3, 50), endpoint=True)
    factor = generator.permutation(factors(50 * 4, 30.0)).reshape(50, 4)
    exact = weights.astype(object) @ factor.astype(object)
    assert (decayed(weights, factor) == exact.astype(float)).all()


def test_years_of_days_stay_exact() -> None:
    weights = np.full((1, 10_000), (1 << 39) - 1)
    factor = np.full((10_000, 1), 1 << 40)
    assert decayed(weights, factor)[0, 0] == float(10_000 * ((1 << 39) - 1) << 40)


def test_nothing_is_nothing() -> None:
    assert decayed(np.zeros((0, 2, 5), np.int64), np.ones((5, 3), np.int64)).shape == (0, 2, 3)
