"""How trust went in a part of the evidence, day by day: at a touchpoint, in a cell, of some customers."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from troth.blueprint.parameters import Settings
from troth.insight.days import date_of
from troth.insight.touchpoints import Points
from troth.insight.trend import PERIOD_DAYS
from troth.ledger import Moment, daily_series, read_out
from troth.ledger.answers import Only
from troth.ledger.arithmetic import ENOUGH, mechanism_pools
from troth.ledger.sums import first_day
from troth.store import Store


@dataclass(frozen=True, slots=True)
class Course:
    """Trust at the end of every UTC day, in points; None where too little was known.

    `trust`: the index of a touchpoint, or the score of a cell, with the limits of its interval. `willing`,
    `able`, `assessable`: the three preconditions behind an index; empty for a cell.
    """

    days: tuple[date, ...]
    trust: Points
    low: Points
    high: Points
    willing: Points = ()
    able: Points = ()
    assessable: Points = ()


def course(store: Store, settings: Settings, at: Moment, only: Only, *, of_cell: bool = False) -> Course:
    """The course up to the read-out: a year, or since the first experience of all if that is later.

    `only` says of what: `{"touchpoint": "delivery"}`, for a cell with its mechanism, for some customers with
    their segment.
    """
    earliest = first_day(store.connection)
    first = max(at.day - PERIOD_DAYS + 1, at.day if earliest is None else earliest)
    days = range(first, at.day + 1)
    by = ("mechanism", "day") if of_cell else ("day",)
    trust: list[float | None] = [None] * len(days)
    low, high = list(trust), list(trust)
    named = {date_of(day).isoformat(): place for place, day in enumerate(days)}
    for row in read_out(store, settings, by=by, at=at, only=only, since=first):
        if row.unknown <= ENOUGH and (place := named.get(row.group["day"])) is not None:
            trust[place] = 100 * row.score
            low[place] = None if row.low is None else 100 * row.low
            high[place] = None if row.high is None else 100 * row.high
    parts = () if of_cell else _parts(store, settings, days, only)
    return Course(tuple(map(date_of, days)), tuple(trust), tuple(low), tuple(high), *parts)


def _parts(store: Store, settings: Settings, days: range, only: Only) -> tuple[Points, ...]:
    """The three preconditions, each where it is known well enough by itself."""
    found = daily_series(store, settings, days.start, days.stop - 1, only=only)
    if not len(found.sums):
        return ((None,) * len(days),) * 3
    good, bad = np.moveaxis(found.sums[0], -1, 1)
    pools = mechanism_pools(settings.ratio_milli)
    posterior = pools.preconditions(good, bad)
    known = posterior.unknown <= ENOUGH
    return tuple(
        tuple(100 * float(v) if k else None for v, k in zip(values, sure, strict=True))
        for values, sure in zip(posterior.score.T, known.T, strict=True)
    )
