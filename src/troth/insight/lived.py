"""What was lived of a promise: after how many days it was kept, those still waiting included.

A wait that is not over yet is at least as long as it has lasted, so leaving it out would flatter. The share
still waiting after a time is therefore estimated by Kaplan and Meier (1958), its interval by Greenwood's
variance on the log-log scale.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.ledger.waits import Waits

SHARE = 0.9
"""Nine of ten customers waited no longer than what is told."""
_Z = 1.6449
"""Of a two-sided interval of 90 %."""
_LEAST = 20


Shares = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lived:
    """Waits in days.

    `kept` and `open`: how many promises were kept, and are open. `middle`: half waited no longer; `most`:
    nine of ten did, with its 90 % interval from `low` to `high`. `within`: the share (0 to 1) that was kept
    within the days asked about. None where it cannot be told: fewer than 20 promises kept, or too many open.
    """

    kept: int
    open: int
    middle: float | None
    most: float | None
    low: float | None
    high: float | None
    within: float | None


def lived(waits: Waits, days: float) -> Lived:
    """The waits of a promise, and the share kept within `days`."""
    kept, open_ = int(waits.kept.sum()), int(waits.open.sum())
    if kept < _LEAST:
        return Lived(kept, open_, None, None, None, None, None)
    waiting, below, above = waiting_shares(waits)
    ends = (waits.hours + 1) / 24  # an hour that has begun counts whole
    return Lived(
        kept,
        open_,
        _first(ends, waiting, 0.5),
        _first(ends, waiting, 1 - SHARE),
        _first(ends, below, 1 - SHARE),
        _first(ends, above, 1 - SHARE),
        _within(ends, waiting, days, waits),
    )


def waiting_shares(waits: Waits) -> tuple[Shares, Shares, Shares]:
    """The share still waiting after each hour, and the two limits of its 90 % interval."""
    at_risk = np.cumsum((waits.kept + waits.open)[::-1])[::-1]
    share = np.cumprod(1 - waits.kept / at_risk)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.cumsum(waits.kept / (at_risk * (at_risk - waits.kept)))
        scale = np.sqrt(spread) / np.log(share)
        limits = [share ** np.exp(sign * _Z * scale) for sign in (-1, 1)]
    known = np.isfinite(limits[0]) & np.isfinite(limits[1])
    low, high = (np.where(known, limit, share) for limit in (np.minimum(*limits), np.maximum(*limits)))
    return np.asarray(share, np.float64), low, high


def _first(ends: NDArray[np.float64], waiting: NDArray[np.float64], share: float) -> float | None:
    """The first moment at which no more than `share` still wait."""
    reached = np.flatnonzero(waiting <= share + 1e-12)
    return float(ends[reached[0]]) if reached.size else None


def _within(
    ends: NDArray[np.float64], waiting: NDArray[np.float64], days: float, waits: Waits
) -> float | None:
    """The share kept within `days`; None when nobody has been waited for that long."""
    if ends[-1] < days and int(waits.open.sum()):
        return None
    before = np.flatnonzero(ends <= days + 1e-9)
    return 1 - float(waiting[before[-1]]) if before.size else 0.0
