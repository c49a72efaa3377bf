"""What a reduced product cost before its reduction, by the prices that earlier audits saw."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from troth.audit.artifacts.price import CLOSE_MS, DAY_MS, SeenPrice, joined
from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts.reductions import Reduction
from troth.audit.facts.sightings import Sightings

WINDOW_MS = 30 * DAY_MS
"""Directive 98/6/EC, Article 6a: the lowest price of at least 30 days before the reduction counts."""

_NEARLY_MS = 27 * DAY_MS
"""As much of the window must have been watched before silence about a lower price says anything."""


@dataclass(frozen=True, slots=True)
class EarlierLow:
    """The 30 days before a reduction was first seen.

    `lowest`: the least price that was seen in them, None where none was; `watched`: whether they were seen
    so closely that a lower price would have been noticed.
    """

    reduction: Reduction
    since_ms: int
    lowest: SeenPrice | None
    watched: bool

    @property
    def is_lower(self) -> bool:
        """Whether less was asked in the 30 days than the reduction is reckoned from."""
        return self.lowest is not None and self.lowest.value < self.reduction.basis


@dataclass(frozen=True, slots=True)
class EarlierLows:
    """One for each struck price whose product earlier audits saw as well."""

    all: tuple[EarlierLow, ...]


def earlier_lows(artifacts: Artifacts, sightings: Sightings) -> EarlierLows:
    """The lows of the reductions that were seen. A price from later than this audit is left out."""
    known: dict[tuple[str, ...], list[SeenPrice]] = {}
    for price in joined(one for one in artifacts.earlier_prices if one.last_ms < artifacts.taken_at_ms):
        known.setdefault(price.series, []).append(price)
    return EarlierLows(
        tuple(
            low(reduction, one.price, known[one.price.series])
            for one in sightings.all
            for reduction in one.reductions
            if one.price.series in known
        )
    )


def low(reduction: Reduction, now: SeenPrice, before: Sequence[SeenPrice]) -> EarlierLow:
    """The low before the reduction of `now`; `before` are earlier prices of its series, oldest first.

    A reduction may have begun at any time between the last audit without it and the first with it. A price
    seen in the 30 days before the latter is in the 30 days before it in either case, so `lowest` is never
    less than the true one was: where it is below the basis, the basis is too high.
    """
    running, earlier = _split(now, before)
    since_ms = running[0].first_ms
    within = [price for price in earlier if since_ms - price.last_ms <= WINDOW_MS]
    lowest = min(within, key=lambda price: (price.value, -price.last_ms), default=None)
    watched = _gaps_are_close(running) and _is_watched(earlier, running[0])
    at_edge = [price for price in earlier if WINDOW_MS < since_ms - price.last_ms <= WINDOW_MS + CLOSE_MS]
    if any(price.value < reduction.basis for price in at_edge):
        watched = False  # that price may have been asked for a part of the 30 days
    return EarlierLow(reduction, since_ms, lowest, watched)


def _split(now: SeenPrice, before: Sequence[SeenPrice]) -> tuple[list[SeenPrice], list[SeenPrice]]:
    """The prices of the reduction that runs now, and those before it.

    It runs on while the price is reduced and no higher one is struck than before; that the price falls
    further begins no new one. One sighting without the struck price between two that are equal is a page
    that was looked at too early. After 30 days unseen nothing is known of how it began.
    """
    running, earlier = [now], list(before)
    while earlier:
        last = earlier[-1]
        if _runs_on(last, running[0]):
            running.insert(0, earlier.pop())
        elif len(earlier) > 1 and _is_slip(earlier[-2], last, running[0]):
            running[:0] = [earlier[-2], last]
            del earlier[-2:]
        else:
            break
    return running, earlier


def _runs_on(last: SeenPrice, now: SeenPrice) -> bool:
    close = now.first_ms - last.last_ms <= WINDOW_MS
    return close and last.struck is not None and now.struck is not None and last.struck >= now.struck


def _is_slip(first: SeenPrice, between: SeenPrice, last: SeenPrice) -> bool:
    alike = (first.value, first.struck) == (last.value, last.struck) and between.value == last.value
    single = between.first_ms == between.last_ms
    return alike and single and between.struck is None and last.first_ms - first.last_ms <= WINDOW_MS


def _gaps_are_close(prices: Sequence[SeenPrice]) -> bool:
    return all(later.first_ms - sooner.last_ms <= CLOSE_MS for sooner, later in pairwise(prices))


def _is_watched(earlier: Sequence[SeenPrice], first: SeenPrice) -> bool:
    """Whether close sightings lead from the reduction back through (nearly) all of the 30 days."""
    later = first
    for price in reversed(earlier):
        if later.first_ms - price.last_ms > CLOSE_MS:
            return False
        if first.first_ms - price.first_ms >= _NEARLY_MS:
            return True
        later = price
    return False


FACTS = (earlier_lows,)
