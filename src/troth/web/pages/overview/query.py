"""What the overview shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from troth.insight.company import Company
from troth.insight.critical import CriticalMoment
from troth.insight.movers import Movers
from troth.insight.trend import COMPARED_DAYS
from troth.ledger import LeftOut
from troth.report.twin.shape import Journey, ReadOut, Twin
from troth.web.frame.page import Asked
from troth.web.pages.annotations.acting import Annotation, shown
from troth.workspace import Workspace
from troth.workspace.live import Live

MOST_MOMENTS = 5


@dataclass(frozen=True, slots=True)
class NewInQuarantine:
    """Rows that imports of the period could not use, by the reason's code."""

    kind: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Overview:
    """Where trust stands, how it got there, and what moved it since `since`.

    `company`: the index with its interval, the preconditions, the balance, where the customers stand, and the
    trend, a year at most. `moments`: the costliest critical moments, of `moments_total`; `unknown_moments`
    more are not known well enough to be ranked. `moved`: None where nothing was lived before the period.
    `quarantined`: rows that the period's imports could not use; `left_out`: records that gave no experience
    though a rule applied, whenever they came.
    """

    read_out: ReadOut
    since: dt.date
    company: Company
    moments: tuple[CriticalMoment, ...]
    moments_total: int
    unknown_moments: int
    moved: Movers | None
    quarantined: tuple[NewInQuarantine, ...]
    left_out: tuple[LeftOut, ...]
    annotations: tuple[Annotation, ...]
    journey: Journey


def overview(live: Live, workspace: Workspace, asked: Asked) -> Overview:
    """Read the company's index and what moved it."""
    twin = live.readouts.twin(asked.filters.at, asked.filters.segment)
    day = twin.read_out.day
    since = asked.filters.since or day - dt.timedelta(COMPARED_DAYS)
    if since >= day:
        since = day - dt.timedelta(1)
    days = twin.company.trend.days
    return Overview(
        read_out=twin.read_out,
        since=since,
        company=twin.company,
        moments=twin.critical.ranked[:MOST_MOMENTS],
        moments_total=len(twin.critical.ranked),
        unknown_moments=len(twin.critical.unknown),
        moved=_shown(live.readouts.movers(asked.filters.at, since, asked.filters.segment), twin),
        quarantined=_quarantined(workspace, since),
        left_out=twin.data.left_out,
        annotations=shown(live, max(days[0], asked.filters.since or days[0]), day) if days else (),
        journey=twin.journey,
    )


def _shown(moved: Movers | None, twin: Twin) -> Movers | None:
    """Without touchpoints that are not shown, since too few customers lived them."""
    if moved is None:
        return None
    seen = {found.touchpoint for found in twin.touchpoints if found.trust.index}
    return replace(moved, touchpoints=tuple(mover for mover in moved.touchpoints if mover.id in seen))


def _quarantined(workspace: Workspace, since: dt.date) -> tuple[NewInQuarantine, ...]:
    start = dt.datetime.combine(since, dt.time(), dt.UTC) + dt.timedelta(1)
    found = workspace.ledger.connection.execute(
        """
        SELECT q.kind, q.reason, count(*) AS rows FROM quarantine AS q
        JOIN import_run AS i USING (import_no) WHERE i.finished_ms >= ?
        GROUP BY ALL ORDER BY rows DESC, q.kind, q.reason
        """,
        [int(start.timestamp() * 1000)],
    ).fetchall()
    return tuple(NewInQuarantine(*row) for row in found)
