"""Decay as integers: the share of a weight that remains after some days, in units of 2⁻⁴⁰.

Integers make sums exact, whatever the order, the machine and the number of threads.
"""

import math
from decimal import Context, Decimal
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from troth.vocabulary import GOOD_WEIGHT

SCALE_BITS = 40
UNIT = GOOD_WEIGHT << SCALE_BITS
"""One ordinary good experience of today, as a remaining weight: 1000 · 2⁴⁰."""

_EXACT = Context(prec=40)
_DOUBT = 2.0**-6  # above the error of doubles at 2⁴⁰: the exponent's rounding costs up to 2⁻⁸


@lru_cache(maxsize=1 << 16)
def factor(age_days: int, half_life_days: float) -> int:
    """round(2⁴⁰ · 2^(−age/h)): what remains of a unit after `age_days`, correctly rounded on every machine.

    An infinite half-life is no decay. Raises ValueError for a negative age: the future has no evidence.
    """
    if age_days < 0:
        raise ValueError(f"an age of {age_days} days: experiences after the read-out time count for nothing")
    if math.isinf(half_life_days):
        return 1 << SCALE_BITS
    exponent = _EXACT.divide(Decimal(-age_days), Decimal(half_life_days))
    return int(_EXACT.power(Decimal(2), _EXACT.add(SCALE_BITS, exponent)) + Decimal("0.5"))


@lru_cache(maxsize=64)
def factors(days: int, half_life_days: float) -> NDArray[np.int64]:
    """`factor` of the ages 0, 1, … `days` − 1; read-only."""
    wanted = np.exp2(SCALE_BITS - np.arange(days) / half_life_days)
    rounded = np.floor(wanted + 0.5).astype(np.int64)
    for age in np.flatnonzero(
        np.abs(wanted - np.floor(wanted) - 0.5) < _DOUBT
    ):  # too close to call in doubles
        rounded[age] = factor(int(age), half_life_days)
    rounded.flags.writeable = False
    return rounded


def units(remaining: int) -> float:
    """A remaining weight (an integer in 2⁻⁴⁰ milli-units) in ordinary good experiences."""
    return float(remaining) / UNIT


_PIECE = 20
_DAYS = 4096  # so many products of two pieces add up below 2⁵³ and are exact in a double


def decayed(weights: NDArray[np.int64], factors: NDArray[np.int64]) -> NDArray[np.float64]:
    """Exact sums of weight · factor over the days, each rounded once: [..., read-outs].

    Args:
        weights: whole numbers, not negative, [..., days].
        factors: likewise, [days, read-outs].

    Both are cut into pieces of 20 bits, whose products BLAS adds up exactly, in any order.
    """
    *shape, span = weights.shape
    rows = weights.reshape(math.prod(shape), span)  # BLAS is far slower on a stack of small matrices
    told = rows.any(axis=1)
    sums = np.zeros((len(rows), factors.shape[1]))
    if told.any():
        sums[told] = _products(rows[told], factors)
    return sums.reshape(*shape, factors.shape[1])


def _products(rows: NDArray[np.int64], factors: NDArray[np.int64]) -> NDArray[np.float64]:
    mask = (1 << _PIECE) - 1
    middle = np.zeros((len(rows), factors.shape[1]), np.int64)
    high, low = np.zeros_like(middle), np.zeros_like(middle)
    for start in range(0, rows.shape[1], _DAYS):
        days = slice(start, start + _DAYS)
        f_high = (factors[days] >> _PIECE).astype(np.float64)
        f_low = (factors[days] & mask).astype(np.float64)
        w_low = (rows[:, days] & mask).astype(np.float64)
        low += (w_low @ f_low).astype(np.int64)
        middle += (w_low @ f_high).astype(np.int64)
        w_high = (rows[:, days] >> _PIECE).astype(np.float64)
        if w_high.any():
            middle += (w_high @ f_low).astype(np.int64)
            high += (w_high @ f_high).astype(np.int64)
    middle += low >> _PIECE
    high += middle >> _PIECE
    low = ((middle & mask) << _PIECE) | (low & mask)
    fits = high < 1 << (62 - 2 * _PIECE)
    sums = ((np.where(fits, high, 0) << 2 * _PIECE) | low).astype(np.float64)
    large = (high[~fits].astype(object) << 2 * _PIECE) | low[~fits].astype(object)
    sums[~fits] = large.astype(np.float64)
    return sums
