"""A figure with its interval."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Estimate:
    """A value and the limits of its interval, at the level that the parameter `interval` sets."""

    value: float
    low: float
    high: float
