"""Decay factors: integers, correctly rounded."""

import math
from decimal import Decimal, localcontext

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.ledger.arithmetic import balance
from troth.ledger.decay import SCALE_BITS, factor, factors, units

ONE = 1 << SCALE_BITS


def test_a_half_life_halves() -> None:
    assert [factor(age, 30) for age in (0, 30, 60)] == [ONE, ONE // 2, ONE // 4]


@given(st.integers(0, 20_000), st.floats(0.01, 36_500))
def test_a_factor_is_the_nearest_integer(age: int, half_life: float) -> None:
    with localcontext() as context:
        context.prec = 60
        exact = Decimal(2) ** (SCALE_BITS - Decimal(age) / Decimal(half_life))
        assert abs(factor(age, half_life) - exact) <= Decimal("0.5")


@pytest.mark.parametrize("half_life", [0.5, 7.3, 30.0, 90.0, 365.0, 36_500.0])
def test_the_vector_is_the_scalar(half_life: float) -> None:
    ages = range(0, 4000, 7)
    assert [int(factors(4000, half_life)[age]) for age in ages] == [factor(age, half_life) for age in ages]


def test_no_decay_when_the_half_life_is_infinite() -> None:
    assert factor(10_000, math.inf) == ONE
    assert (factors(10_000, math.inf) == ONE).all()


def test_the_future_has_no_evidence() -> None:
    with pytest.raises(ValueError, match="count for nothing"):
        factor(-1, 90)


def test_a_short_history() -> None:
    """Good on day 0, bad on day 10, good on day 30, read at 30: half-life 30 days, ratio 5."""
    good = units(1000 * factor(30, 30) + 1000 * factor(0, 30))
    bad = units(1000 * factor(20, 30))
    assert good == 1.5
    assert bad == pytest.approx(0.629961, abs=5e-7)
    assert balance(good, bad, 5) == pytest.approx(-1.649803, abs=5e-7)


def test_when_one_bad_weighs_one_fresh_good() -> None:
    day = 30 * math.log2(5)
    assert day == pytest.approx(69.66, abs=5e-3)
    assert 5 * units(1000 * factor(69, 30)) > 1 > 5 * units(1000 * factor(70, 30))


def test_a_product_of_weight_and_factor_fits_eight_bytes() -> None:
    assert 1_000_000 * factor(0, 1) < np.iinfo(np.int64).max
