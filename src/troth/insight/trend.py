"""The company index at the end of every day, with its band, and the change against an earlier day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np

from troth.insight.basis import Basis
from troth.insight.days import date_of
from troth.insight.draws import drawn_index
from troth.insight.estimate import Estimate, estimate
from troth.ledger.arithmetic import ENOUGH, Floats
from troth.ledger.memory.evidence_days import EvidenceDays, parameters
from troth.ledger.memory.following import remembered
from troth.ledger.sums import first_day

PERIOD_DAYS = 365
"""How many days a trend has at most."""

_BATCH_DAYS = 32

COMPARED_DAYS = 90
"""How far back the change looks."""


@dataclass(frozen=True, slots=True)
class Trend:
    """The index at the end of every UTC day of the period.

    All lists are aligned with `days` and in points; None where too little was known yet. `low`, `high`: the
    band. `willing`, `able`, `assessable`: the three preconditions. `change`: index now minus index at the end
    of `compared_with`, with the interval of that difference; None when too little was known then.
    """

    days: tuple[date, ...]
    index: tuple[float | None, ...]
    low: tuple[float | None, ...]
    high: tuple[float | None, ...]
    willing: tuple[float | None, ...]
    able: tuple[float | None, ...]
    assessable: tuple[float | None, ...]
    compared_with: date | None
    change: Estimate | None


def trend(basis: Basis) -> Trend:
    """The trend up to the read-out: a year, or since the first experience if that is later."""
    level = basis.settings.interval
    compared = basis.at.day - COMPARED_DAYS
    days: list[int] = []
    rows: list[list[float]] = []
    drawn: dict[int, tuple[float, Floats]] = {}
    for some, sums in _batches(basis):
        values, draws = drawn_index(sums, basis)
        good, bad = np.moveaxis(sums.sum(axis=-1), -2, 0)
        known = basis.pools.unknown(good, bad) <= ENOUGH
        scores = 100 * basis.pools.preconditions(good, bad).score
        days.extend(some)
        for row, day in enumerate(some):
            band = estimate(float(values[row]), draws[row], level)
            rows.append([band.value, band.low, band.high, *scores[row]] if known[row] else [np.nan] * 6)
            if known[row] and day in {compared, basis.at.day}:
                drawn[day] = band.value, draws[row]
    change = None
    if len(drawn) > 1:
        (value, draws), (earlier, earlier_draws) = drawn[basis.at.day], drawn[compared]
        change = estimate(value - earlier, draws - earlier_draws, level)
    index, low, high, willing, able, assessable = (_points(c) for c in np.reshape(rows, (-1, 6)).T)
    return Trend(
        days=tuple(date_of(day) for day in days),
        index=index,
        low=low,
        high=high,
        willing=willing,
        able=able,
        assessable=assessable,
        compared_with=date_of(compared) if change else None,
        change=change,
    )


def _batches(basis: Basis) -> Iterator[tuple[list[int], Floats]]:
    """Days with their evidence, [days, 2, 10, shards], as many at once as make good use of a processor."""
    days: list[int] = []
    evidence: list[Floats] = []
    for day, sums in evidence_by_day(basis):
        days.append(day)
        evidence.append(sums.copy())
        if len(days) == _BATCH_DAYS or day == basis.at.day:
            yield days, np.stack(evidence)
            days, evidence = [], []


def evidence_by_day(basis: Basis) -> Iterator[tuple[int, Floats]]:
    """Each day of the period with the evidence at its end, [2, 10, shards]; the array is reused.

    The last day ends at the read-out.
    """
    at, connection = basis.at, basis.store.connection
    earliest = first_day(connection)
    if earliest is None or earliest > at.day:
        return
    asked = parameters(basis.settings, max(at.day - PERIOD_DAYS + 1, earliest), at.day)
    known = remembered(basis.store, EvidenceDays, asked, current=at.origin != "given")
    yield from known.ends_of_days(connection, at)


def _points(values: Floats) -> tuple[float | None, ...]:
    return tuple(None if np.isnan(value) else float(value) for value in values)
