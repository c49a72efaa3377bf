"""What the simulated customers carry with them: the truth behind their decision to buy again."""

import numpy as np
from numpy.typing import NDArray

WEEK = 7 * 86_400
AHEAD = 16
"""Weeks an experience can lie in the future when it is noted; later ones count in the last of them."""


class Account:
    """Remaining good and bad experiences of every customer, in ordinary good ones, week by week.

    Args:
        customers: How many.
        half_life_days: After so many days an experience weighs half.
    """

    def __init__(self, customers: int, half_life_days: float) -> None:
        self.good = np.zeros(customers)
        self.bad = np.zeros(customers)
        self._week = 0
        self._coming = np.zeros((2, AHEAD, customers), dtype=np.float32)
        self._fading = 2.0 ** (-7 / half_life_days)

    def note(self, customer: NDArray[np.int64], at: NDArray[np.int64], weight: NDArray[np.float64]) -> None:
        """Note one experience for each of `customer`, none of whom stands there twice.

        `weight` is in ordinary good experiences, bad ones negative; it counts from the week after `at`
        (seconds since the first simulated day).
        """
        ahead = np.clip(at // WEEK - self._week, 0, AHEAD - 1)
        place = (self._week + ahead) % AHEAD
        self._coming[0, place, customer] += np.maximum(weight, 0)
        self._coming[1, place, customer] += np.maximum(-weight, 0)

    def next_week(self) -> None:
        """Let a week pass: what remains fades, what was lived in that week is added."""
        now = self._week % AHEAD
        self.good = self.good * self._fading + self._coming[0, now]
        self.bad = self.bad * self._fading + self._coming[1, now]
        self._coming[:, now] = 0
        self._week += 1
