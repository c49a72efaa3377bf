"""The demo shop's customers: where they live, how they buy, how active they are."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.demo.plan import Plan

COUNTRIES = ("NL", "DE", "BE", "AT")
COUNTRY_SHARES = (0.45, 0.3, 0.15, 0.1)
CHANNELS = ("web", "app", "marketplace")
CHANNEL_SHARES = (0.6, 0.25, 0.15)
NEW_SHARE = 0.4
"""Share of the customers who come during the simulated time; the others were there before."""


@dataclass(frozen=True, slots=True)
class Population:
    """Arrays with one element a customer.

    `since_days`: first day as a customer, counted from the first simulated day (negative: before it).
    `activity`: log-odds of buying in a week.
    """

    country: NDArray[np.int64]
    channel: NDArray[np.int64]
    newsletter: NDArray[np.int64]
    since_days: NDArray[np.int64]
    activity: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.activity)


def populate(plan: Plan, customers: int, random: np.random.Generator) -> Population:
    """Draw `customers` customers."""
    new = random.random(customers) < NEW_SHARE
    return Population(
        country=random.choice(len(COUNTRIES), customers, p=COUNTRY_SHARES),
        channel=random.choice(len(CHANNELS), customers, p=CHANNEL_SHARES),
        newsletter=random.integers(0, 2, customers),
        since_days=np.where(
            new, random.integers(0, plan.days - 30, customers), -random.integers(1, 1500, customers)
        ),
        activity=random.normal(plan.activity_mean, plan.activity_spread, customers),
    )
