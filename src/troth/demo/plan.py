"""What is true of the demo shop: the figures that a trust report should find again.

Touchpoints, mechanisms and severities are those of the shop starter, whose rules read the exported files.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class WeakCell:
    """A cell that breaks more often than the others: the share of its chances that end badly, 0 to 1."""

    touchpoint: str
    mechanism: str
    bad_rate: float


@dataclass(frozen=True, slots=True)
class Erosion:
    """A cell whose small frictions become more frequent, in a straight line from one day to the last.

    `begins_days`: days after the first simulated day. Rates are shares of the cell's chances.
    """

    touchpoint: str
    mechanism: str
    begins_days: int
    rate_before: float
    rate_at_end: float

    def rate(self, day: NDArray[np.int64], last_day: int) -> NDArray[np.float64]:
        """The rate of friction on each `day`, counted from the first simulated one."""
        return np.interp(day, [self.begins_days, last_day], [self.rate_before, self.rate_at_end])


@dataclass(frozen=True, slots=True)
class WorseSegment:
    """Customers whose parcels come late more often than others' do: in this share of their orders."""

    segment: str
    value: str
    late_rate: float


@dataclass(frozen=True, slots=True)
class Plan:
    """The demo shop's truth.

    A customer buys in a week with the log-odds `activity + season + good_effect · (S⁺ − ratio · S⁻)`, where
    S⁺ and S⁻ are what remains of the customer's good and bad experiences, in ordinary good ones, halving
    every `half_life_days`. Activity differs between customers (normal, with `activity_mean` and
    `activity_spread`), so those who buy much also meet much: the confounding that an estimate of the ratio
    has to withstand. `healthy_rate`: how often a cell goes wrong in which nothing was planted. `days`: length
    of the simulated time.
    """

    days: int = 455
    ratio: float = 5.0
    half_life_days: float = 90.0
    good_effect: float = 0.03
    activity_mean: float = -3.3
    activity_spread: float = 0.8
    christmas: float = 0.5
    healthy_rate: float = 0.03
    shipping_cost: WeakCell = WeakCell("checkout", "clarity", 0.15)
    refund: WeakCell = WeakCell("returns", "reliability", 0.45)
    dispatch: Erosion = Erosion("dispatch", "reliability", 300, 0.03, 0.2)
    segment: WorseSegment = WorseSegment("country", "BE", 0.25)

    @property
    def weak_cells(self) -> tuple[WeakCell, ...]:
        """The planted weak cells."""
        return (self.shipping_cost, self.refund)
