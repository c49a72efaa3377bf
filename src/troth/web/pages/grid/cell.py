"""One cell of the grid: what its page shows, in figures, words and drawings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from troth.blueprint.schema import Blueprint, Promise, Rule
from troth.errors import UsageError, nearest
from troth.insight.course import Course
from troth.insight.critical import CriticalMoment
from troth.insight.days import time_of
from troth.insight.touchpoints import CellTrust
from troth.ledger.lived import SORTS, LivedExperience, Tally, Which, lived, tallies
from troth.report.page import words
from troth.report.page.lexicon import Lexicon
from troth.report.twin.shape import Journey, ReadOut
from troth.texts import _
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS
from troth.web.frame.charts import Happening, timeline
from troth.web.frame.lists import Listed, checked_sort
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.annotations.acting import Annotation, shown
from troth.web.pages.journey.touchpoint import NOTHING, may_see_records, of
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Made:
    """A rule or promise that speaks of this cell.

    `when`: its condition as the blueprint has it; `share`: the mechanism's part of its weight.
    """

    id: str
    type: str
    kind: str
    when: str | None
    share: float


@dataclass(frozen=True, slots=True)
class RecordRow:
    """An experience of the cell and the record that it is from.

    `weight` is what it weighed, `remaining` what is left of it: signed, in ordinary good experiences before
    the ratio.
    """

    at: dt.datetime
    kind: str | None
    record: str
    source: str
    severity: int
    weight: float
    remaining: float
    customer: str


@dataclass(frozen=True, slots=True)
class CellAnswer:
    """One cell: its trust, what it costs, how it went, what was lived there and by which rules.

    `trust`: None where nothing was observed. `moment`: None where no bad experience is known well enough.
    `records`: None for who must not see people, and where nobody is shown alone.
    """

    read_out: ReadOut
    touchpoint: str
    mechanism: str
    since: dt.date | None
    trust: CellTrust | None
    moment: CriticalMoment | None
    course: Course
    made: tuple[Made, ...]
    tallies: tuple[Tally, ...]
    records: Listed[RecordRow] | None
    annotations: tuple[Annotation, ...]
    journey: Journey


def cell(live: Live, _workspace: Workspace, asked: Asked) -> CellAnswer:
    """Read one cell.

    Raises:
        UsageError: `touchpoint-unknown`, `mechanism-unknown`, `sort-unknown`.
    """
    at, segment = asked.filters.at, asked.filters.segment
    twin = live.readouts.twin(at, segment)
    touchpoint, mechanism = of(twin, asked.path["touchpoint"]).touchpoint, _mechanism(asked.path["mechanism"])
    place = touchpoint, mechanism
    trust = next((c for c in twin.cells if (c.touchpoint, c.mechanism) == place), None)
    course = live.readouts.course(at, *place, segment) if trust else NOTHING
    first = max(asked.filters.since or dt.date.min, course.days[0] if course.days else twin.read_out.day)
    return CellAnswer(
        read_out=twin.read_out,
        touchpoint=touchpoint,
        mechanism=mechanism,
        since=asked.filters.since,
        trust=trust,
        moment=next((m for m in twin.critical.ranked if (m.touchpoint, m.mechanism) == place), None),
        course=course,
        made=tuple(_made(asked.blueprint, *place)),
        tallies=_tallies(live, asked, place) if trust else (),
        records=_records(live, asked, trust) if trust and may_see_records(asked) else None,
        annotations=shown(live, min(first, twin.read_out.day), twin.read_out.day, touchpoint),
        journey=twin.journey,
    )


def _mechanism(id_: str) -> str:
    if id_ in MECHANISM_BY_ID:
        return id_
    near = nearest(id_, MECHANISM_IDS)
    raise UsageError(
        "mechanism-unknown",
        _("There is no mechanism “%(id)s”.") % {"id": id_},
        _("Did you mean %(near)s?") % {"near": near} if near else "",
        allowed=MECHANISM_IDS,
        where=id_,
    )


def _made(blueprint: Blueprint, touchpoint: str, mechanism: str) -> list[Made]:
    made: tuple[Rule | Promise, ...] = (*blueprint.rules, *blueprint.promises)
    return [
        Made(
            one.id,
            "promise" if isinstance(one, Promise) else "rule",
            one.source,
            str(one.when) if one.when is not None else None,
            float(one.mechanism[mechanism]),
        )
        for one in made
        if one.touchpoint == touchpoint and mechanism in one.mechanism
    ]


def _tallies(live: Live, asked: Asked, place: tuple[str, str]) -> tuple[Tally, ...]:
    at, segment = asked.filters.at, asked.filters.segment

    def work(workspace: Workspace) -> tuple[Tally, ...]:
        return tallies(workspace.ledger, workspace.moment(at), *place, segment)

    return live.readouts.of(("tallies", at, place, segment), work)


def _records(live: Live, asked: Asked, trust: CellTrust) -> Listed[RecordRow]:
    filters, place = asked.filters, (trust.touchpoint, trust.mechanism)
    sort = checked_sort(filters, SORTS, "remaining") or "remaining"
    made: tuple[Rule | Promise, ...] = (*asked.blueprint.rules, *asked.blueprint.promises)
    kind_of = {one.id: one.source for one in made}
    which = Which(sort, (filters.page - 1) * filters.size, filters.size, filters.segment)

    def work(workspace: Workspace) -> list[LivedExperience]:
        return lived(workspace.ledger, workspace.settings, workspace.moment(filters.at), place, which)

    found = live.readouts.of(("lived", filters.at, place, which), work)
    rows = tuple(
        RecordRow(
            time_of(one.at_ms), kind_of.get(one.source), one.record, one.source, one.severity,
            one.weight, one.remaining, one.customer,
        )
        for one in found
    )  # fmt: skip
    return Listed(rows, trust.evidence.experiences, filters.page, filters.size, sort)


def noted(answer: CellAnswer, _asked: Asked) -> str | None:
    """What the trail says of a look at this page; nothing where it shows no records."""
    rows = answer.records.rows if answer.records else ()
    return f"{answer.touchpoint}/{answer.mechanism}" if rows else None


def heading(answer: CellAnswer) -> str:
    """The window's title."""
    lexicon = Lexicon(answer.journey)
    return f"{lexicon.touchpoint(answer.touchpoint)} · {lexicon.mechanism(answer.mechanism)}"


def view(answer: CellAnswer, _asked: Asked) -> dict[str, Any]:
    """What `cell.html` names beside the answer."""
    lexicon, course = Lexicon(answer.journey), answer.course
    start = next((n for n, day in enumerate(course.days) if answer.since is None or day >= answer.since), 0)
    return {
        "lexicon": lexicon,
        "definition": str(MECHANISM_BY_ID[answer.mechanism].definition),
        "chart": timeline(
            course.days[start:],
            {"index": (_("Score"), course.trust[start:])},
            (course.low[start:], course.high[start:]),
            [Happening(one.first_day, one.last_day) for one in answer.annotations],
        ),
        "sorts": tuple(SORTS),
        "courses": words.COURSES,
    }


def record_rows(answer: CellAnswer) -> list[dict[str, Value]]:
    """A row an experience."""
    return [
        {
            "at": row.at.isoformat(),
            "kind": row.kind,
            "record": row.record,
            "source": row.source,
            "severity": row.severity,
            "weight": row.weight,
            "remaining": row.remaining,
            "customer": row.customer,
        }
        for row in (answer.records.rows if answer.records else ())
    ]


TABLES = (
    Table(
        {
            "at": str, "kind": str, "record": str, "source": str, "severity": int, "weight": float,
            "remaining": float, "customer": str,
        },
        record_rows,
    ),
)  # fmt: skip
