"""A figure with its interval."""

from dataclasses import dataclass

from troth.ledger.arithmetic import Floats
from troth.ledger.bootstrap import limits


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the limits of its interval, at the level that the parameter `interval` sets."""

    value: float
    low: float
    high: float


def estimate(value: float, draws: Floats, level: float) -> Estimate:
    """`value` with the quantiles of its replicates, [draws], widened to hold the value itself."""
    low, high = limits(draws, level)
    return Estimate(value, min(float(low), value), max(float(high), value))
