"""Where nobody may be seen alone: a read-out without all that too few customers lived.

With what is left out go so many of the smallest others that all of it together is large enough: else the
whole minus what is shown would give it away. A series begins with the day on which enough customers were
there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from troth.insight.basis import Basis
from troth.insight.company import Company, Concentration
from troth.insight.course import Course
from troth.insight.days import day_of
from troth.insight.groups import shown
from troth.insight.movers import Movers
from troth.insight.pooled import Evidence, PooledTrust, PreconditionTrust, pooled_trust
from troth.insight.touchpoints import Points, TouchpointTrust
from troth.insight.trend import COMPARED_DAYS, Trend
from troth.ledger import Moment
from troth.ledger.dictionaries import LIVED
from troth.report.twin.shape import Twin
from troth.store import Store
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS, PRECONDITION_IDS

Part = tuple[str | None, str | None]
"""A touchpoint and a mechanism or precondition; None: all of them."""

NEVER = 2**62
"""A day that does not come."""

_NOTHING = Evidence(0.0, 0.0, 0.0, 0.0, 1.0, 0, 0)
_DAY_MS = 86_400_000


@dataclass(frozen=True, slots=True)
class Enough:
    """From which day on enough customers had lived a part: days counted from 1970-01-01, or `NEVER`."""

    since: dict[Part, int]

    def day(self, touchpoint: str | None = None, part: str | None = None) -> int:
        """The day of a touchpoint, a mechanism, both, or all."""
        return self.since.get((touchpoint, part), NEVER)

    def parts(self, touchpoint: str | None = None) -> int:
        """The day from which on each precondition that anybody lived had been lived by enough.

        They are shown all three or not at all: of the index and two of them the third can be worked out.
        """
        lived = (self.since.get((touchpoint, name)) for name in PRECONDITION_IDS)
        return max((day for day in lived if day is not None), default=NEVER)

    def trust(self, trust: PooledTrust, touchpoint: str | None = None) -> PooledTrust:
        """Without its preconditions where too few have lived one of them."""
        return trust if self.parts(touchpoint) < NEVER else index_alone(trust)

    def course(self, course: Course, touchpoint: str, mechanism: str | None = None) -> Course:
        """Without the days on which too few had lived it."""
        days = [day_of(day) for day in course.days]
        start = self.day(touchpoint, mechanism)
        parts = max(start, self.parts(touchpoint))
        return replace(
            course,
            trust=_from(days, start, course.trust),
            low=_from(days, start, course.low),
            high=_from(days, start, course.high),
            willing=course.willing and _from(days, parts, course.willing),
            able=course.able and _from(days, parts, course.able),
            assessable=course.assessable and _from(days, parts, course.assessable),
        )

    def trend(self, trend: Trend) -> Trend:
        """Without the days before there were enough."""
        days = [day_of(day) for day in trend.days]
        cut, parts = sum(day < self.day() for day in days), self.parts()
        compared = bool(days) and days[-1] - COMPARED_DAYS >= self.day()
        return replace(
            trend,
            days=trend.days[cut:],
            index=trend.index[cut:],
            low=trend.low[cut:],
            high=trend.high[cut:],
            willing=_from(days, parts, trend.willing)[cut:],
            able=_from(days, parts, trend.able)[cut:],
            assessable=_from(days, parts, trend.assessable)[cut:],
            change=trend.change if compared else None,
        )


def index_alone(trust: PooledTrust) -> PooledTrust:
    """`trust` without what its preconditions say."""
    parts = (PreconditionTrust(part.precondition, None, False, 0.0, _NOTHING) for part in trust.preconditions)  # noqa: FBT003 - its field `known`
    return replace(trust, preconditions=tuple(parts), weakest=None)


def enough(store: Store, at: Moment, least: int, segment: str | None = None) -> Enough:
    """When each part had been lived by `least` customers, of all or of a segment's value."""
    preconditions = " ".join(
        f"WHEN {MECHANISM_BY_ID[id_].no} THEN '{MECHANISM_BY_ID[id_].precondition}'" for id_ in MECHANISM_IDS
    )
    rows = store.connection.execute(
        f"""
        WITH lived AS (
            SELECT customer_no, touchpoint, mechanism_no,
                CASE mechanism_no {preconditions} END AS precondition, at_ms // {_DAY_MS} AS day
            FROM {LIVED} JOIN touchpoint USING (touchpoint_no)
            WHERE at_ms <= $at_ms AND ($segment IS NULL OR customer_no IN (
                SELECT customer_no FROM customer_segment WHERE segment || '=' || value = $segment))
        ), first AS (
            SELECT customer_no, touchpoint, mechanism_no, precondition, min(day) AS day FROM lived
            GROUP BY GROUPING SETS (
                (customer_no), (customer_no, mechanism_no), (customer_no, precondition),
                (customer_no, touchpoint), (customer_no, touchpoint, mechanism_no),
                (customer_no, touchpoint, precondition))
        )
        SELECT touchpoint, mechanism_no, precondition, list_extract(min(day, {int(least)}), {int(least)})
        FROM first GROUP BY touchpoint, mechanism_no, precondition
        """,  # noqa: S608 - numbers and constants of ours
        {"at_ms": at.at_ms, "segment": segment},
    ).fetchall()
    return Enough(
        {
            (touchpoint, precondition if mechanism_no is None else MECHANISM_IDS[mechanism_no]): (
                NEVER if day is None else day
            )
            for touchpoint, mechanism_no, precondition, day in rows
        }
    )


def without_small_groups(twin: Twin, basis: Basis, least: int) -> Twin:
    """`twin` with nothing that fewer than `least` customers lived."""
    segment = basis.only.get("segment")
    known = enough(basis.store, basis.at, least, str(segment) if segment else None)
    kept, visible = _visible(basis, least)
    company = _company(twin.company, known, least)
    cut = len(twin.company.trend.days) - len(company.trend.days)
    days = [day_of(day) for day in company.trend.days]
    return replace(
        twin,
        company=company,
        touchpoints=tuple(
            _touchpoint(one, known, days, cut) if one.touchpoint in kept else _unseen(one, basis, len(days))
            for one in twin.touchpoints
        ),
        cells=tuple(cell for cell in twin.cells if (cell.touchpoint, cell.mechanism) in visible),
        critical=replace(
            twin.critical,
            ranked=tuple(
                replace(moment, examples=())
                for moment in twin.critical.ranked
                if (moment.touchpoint, moment.mechanism) in visible
            ),
            unknown=tuple(
                cell for cell in twin.critical.unknown if (cell.touchpoint, cell.mechanism) in visible
            ),
        ),
    )


def movers_of_groups(moved: Movers, known: Enough) -> Movers | None:
    """`moved` without what too few had lived when it begins; None where they were too few in all."""
    since = day_of(moved.since)
    if since < known.day():
        return None
    return replace(
        moved,
        touchpoints=tuple(one for one in moved.touchpoints if since >= known.day(one.id)),
        mechanisms=tuple(one for one in moved.mechanisms if since >= known.day(None, one.id)),
    )


def _company(company: Company, known: Enough, least: int) -> Company:
    busiest = company.concentration
    return replace(
        company,
        trust=known.trust(company.trust),
        concentration=busiest if busiest.customers >= least else Concentration(0, 0.0, notable=False),
        trend=known.trend(company.trend),
    )


def _touchpoint(one: TouchpointTrust, known: Enough, days: Sequence[int], cut: int) -> TouchpointTrust:
    series = _from(days, known.day(one.touchpoint), one.series[cut:])
    return replace(one, trust=known.trust(one.trust, one.touchpoint), series=series)


def _unseen(touchpoint: TouchpointTrust, basis: Basis, days: int) -> TouchpointTrust:
    nothing = pooled_trust(np.zeros(basis.sums.shape[1:]), np.zeros_like(basis.n[0]), basis)
    return TouchpointTrust(touchpoint.touchpoint, nothing, 0.0, (None,) * days)


def _from(days: Sequence[int], start: int, values: Points) -> Points:
    return tuple(value if day >= start else None for day, value in zip(days, values, strict=True))


def _visible(basis: Basis, least: int) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """The touchpoints and cells that may be shown.

    Of a segment's value also only those where its other values cannot be worked out from the whole.
    """
    counts: dict[Part, dict[str | None, int]] = _customers(basis)
    segment, _sign, value = str(basis.only.get("segment") or "").partition("=")
    own = {part: values.get(value if segment else None, 0) for part, values in counts.items()}
    told = {part for part, values in counts.items() if not segment or value in shown(values, least)}
    touchpoints = {name: n for (name, mechanism), n in own.items() if name and mechanism is None}
    kept = _shown(touchpoints, {n for n, m in told if n and m is None}, least)
    visible: set[tuple[str, str]] = set()
    for touchpoint in kept:
        cells = {m: n for (name, m), n in own.items() if name == touchpoint and m is not None}
        may = {m for name, m in told if name == touchpoint and m is not None}
        visible |= {(touchpoint, mechanism) for mechanism in _shown(cells, may, least)}
    return kept, frozenset(visible)


def _shown(customers: dict[str, int], allowed: set[str], least: int) -> frozenset[str]:
    hidden = sum(n for name, n in customers.items() if name not in allowed)
    return shown({name: n for name, n in customers.items() if name in allowed}, least, hidden)


def _customers(basis: Basis) -> dict[Part, dict[str | None, int]]:
    """How many customers lived each touchpoint and cell, by the value of the segment that was chosen."""
    segment = str(basis.only.get("segment") or "").partition("=")[0]
    found: dict[Part, dict[str | None, int]] = defaultdict(dict)
    for touchpoint, mechanism_no, value, customers in basis.store.connection.execute(
        f"""
        SELECT touchpoint, mechanism_no, of.value, count(DISTINCT lived.customer_no)
        FROM {LIVED} AS lived JOIN touchpoint USING (touchpoint_no)
        LEFT JOIN customer_segment AS of ON of.customer_no = lived.customer_no AND of.segment = $segment
        WHERE at_ms <= $at_ms
        GROUP BY GROUPING SETS ((touchpoint, of.value), (touchpoint, mechanism_no, of.value))
        """,  # noqa: S608 - a constant of ours
        {"at_ms": basis.at.at_ms, "segment": segment},
    ).fetchall():
        mechanism = None if mechanism_no is None else MECHANISM_IDS[mechanism_no]
        found[touchpoint, mechanism][value] = customers
    return found
