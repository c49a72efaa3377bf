"""How a measured figure becomes a score."""

from math import erf, log

_INVERSE_ERFC_ONE_FIFTH = 0.9061938024368232
_EACH = 0.2


def log_normal(value: float, good: float, middling: float) -> float:
    """The score of a figure of which less is better: 0.9 at `good`, 0.5 at `middling`, 1 at 0.

    The complement of a log-normal distribution through these two points, as Lighthouse scores its metrics.

    >>> [round(log_normal(value, 2500, 4000), 3) for value in (0, 2500, 4000)]
    [1.0, 0.9, 0.5]
    """
    if value <= 0:
        return 1.0
    return (1 - erf(_INVERSE_ERFC_ONE_FIFTH * log(value / middling) / -log(good / middling))) / 2


def fewer(faults: int, each: float = _EACH) -> float:
    """The score where every fault takes `each` away: with one fault 0.8, with five nothing."""
    return max(0.0, 1 - each * faults)
