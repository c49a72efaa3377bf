"""From findings to one valence: of a clause, a sentence, a text."""

import math
from collections.abc import Iterable

HALF = 3.0
"""The sum at which a valence is 1/√2: somewhat more than one plain word."""
GOOD, BAD = 0.2, -0.1
"""From these valences on a text is good or bad: the best mean macro-F1 of five labelled sets."""


def squashed(total: float) -> float:
    """A sum of values as a valence, −1 to 1 (as in Hutto & Gilbert 2014: x / √(x² + α))."""
    return total / math.sqrt(total * total + HALF * HALF)


def confidence(values: Iterable[float]) -> float:
    """How much speaks for one side, 0 to 1: the more is said and the less it contradicts itself."""
    good = bad = 0.0
    for value in values:
        if value > 0:
            good += value
        else:
            bad -= value
    total = good + bad
    return abs(good - bad) / total * certainty(total) if total else 0.0


def certainty(total: float) -> float:
    """How much a sum of values of one side speaks for it, 0 to 1."""
    return 1 - math.exp(-abs(total) / HALF)


def polarity(valence: float) -> int:
    """1 good, −1 bad, 0 neither."""
    return 1 if valence >= GOOD else -1 if valence <= BAD else 0
