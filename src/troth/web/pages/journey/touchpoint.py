"""One touchpoint: what its page shows, in figures, words and drawings."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from troth.errors import UsageError, nearest
from troth.insight.course import Course
from troth.insight.incidents import ExampleRecord
from troth.insight.touchpoints import CellTrust, TouchpointTrust
from troth.report.page import sections, words
from troth.report.page.lexicon import Lexicon
from troth.report.twin.shape import Journey, ReadOut, Source, Twin
from troth.texts import _
from troth.vocabulary import PRECONDITION_IDS
from troth.web.access.rights import Right
from troth.web.frame.charts import Happening, timeline
from troth.web.frame.page import Asked, Table, Value
from troth.web.pages.annotations.acting import Annotation, shown
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Examples:
    """The records that weigh most against a mechanism here."""

    mechanism: str
    records: tuple[ExampleRecord, ...]


@dataclass(frozen=True, slots=True)
class TouchpointAnswer:
    """Trust at one touchpoint.

    `course`: a year of days at most. `cells`: the mechanisms that were observed here. `sources`: the rules
    and promises that speak of it. `examples`: None for who must not see people, and where nobody is shown
    alone.
    """

    read_out: ReadOut
    touchpoint: str
    since: dt.date | None
    trust: TouchpointTrust
    course: Course
    cells: tuple[CellTrust, ...]
    sources: tuple[Source, ...]
    examples: tuple[Examples, ...] | None
    annotations: tuple[Annotation, ...]
    journey: Journey


def touchpoint(live: Live, _workspace: Workspace, asked: Asked) -> TouchpointAnswer:
    """Read one touchpoint.

    Raises:
        UsageError: `touchpoint-unknown`.
    """
    at, segment = asked.filters.at, asked.filters.segment
    twin = live.readouts.twin(at, segment)
    found = of(twin, asked.path["touchpoint"])
    course = live.readouts.course(at, found.touchpoint, segment=segment) if found.trust.index else NOTHING
    return TouchpointAnswer(
        read_out=twin.read_out,
        touchpoint=found.touchpoint,
        since=asked.filters.since,
        trust=found,
        course=course,
        cells=tuple(cell for cell in twin.cells if cell.touchpoint == found.touchpoint),
        sources=tuple(source for source in twin.journey.sources if source.touchpoint == found.touchpoint),
        examples=_examples(twin, found.touchpoint) if may_see_records(asked) else None,
        annotations=_notes(live, course, asked, twin.read_out.day, found.touchpoint),
        journey=twin.journey,
    )


NOTHING = Course((), (), (), ())
"""The course of a touchpoint that was never observed."""


def of(twin: Twin, id_: str) -> TouchpointTrust:
    """The touchpoint of that id.

    Raises:
        UsageError: `touchpoint-unknown`.
    """
    for found in twin.touchpoints:
        if found.touchpoint == id_:
            return found
    known = [found.touchpoint for found in twin.touchpoints]
    near = nearest(id_, known)
    raise UsageError(
        "touchpoint-unknown",
        _("There is no touchpoint “%(id)s”.") % {"id": id_},
        _("Did you mean %(near)s?") % {"near": near} if near else "",
        allowed=known,
        where=id_,
    )


def may_see_records(asked: Asked) -> bool:
    """Whether records of single customers may be shown to who asks."""
    return Right.SEE_PEOPLE in asked.visitor.rights and asked.blueprint.privacy.people != "segments"


def noted(answer: TouchpointAnswer, _asked: Asked) -> str | None:
    """What the trail says of a look at this page; nothing where it shows no records."""
    return answer.touchpoint if answer.examples else None


def heading(answer: TouchpointAnswer) -> str:
    """The window's title."""
    return Lexicon(answer.journey).touchpoint(answer.touchpoint)


def _examples(twin: Twin, id_: str) -> tuple[Examples, ...]:
    return tuple(
        Examples(moment.mechanism, moment.examples)
        for moment in twin.critical.ranked
        if moment.touchpoint == id_ and moment.examples
    )


def _notes(live: Live, course: Course, asked: Asked, last: dt.date, id_: str) -> tuple[Annotation, ...]:
    days = [day for day in course.days if asked.filters.since is None or day >= asked.filters.since]
    return shown(live, days[0] if days else last, last, id_)


def view(answer: TouchpointAnswer, _asked: Asked) -> dict[str, Any]:
    """What `touchpoint.html` names beside the answer."""
    lexicon, course = Lexicon(answer.journey), answer.course
    start = next((n for n, day in enumerate(course.days) if answer.since is None or day >= answer.since), 0)
    parts = dict(zip(PRECONDITION_IDS, (course.willing, course.able, course.assessable), strict=True))
    phase = next((t.phase for t in answer.journey.touchpoints if t.id == answer.touchpoint), None)
    return {
        "lexicon": lexicon,
        "definitions": {group.id: group.definition for group in sections.preconditions()},
        "phase": lexicon.phase(phase),
        "chart": timeline(
            course.days[start:],
            {"index": (_("Trust"), course.trust[start:])},
            (course.low[start:], course.high[start:]),
            [Happening(one.first_day, one.last_day) for one in answer.annotations],
        ),
        "parts_chart": timeline(
            course.days[start:],
            {id_: (lexicon.precondition(id_), values[start:]) for id_, values in parts.items()},
        ),
        "shortfalls": words.shortfalls(answer.trust.trust.preconditions),
    }


def course_rows(answer: TouchpointAnswer) -> list[dict[str, Value]]:
    """A row a day."""
    course = answer.course
    columns = (course.trust, course.low, course.high, course.willing, course.able, course.assessable)
    return [
        {"day": day.isoformat(), **dict(zip(_COURSE, values, strict=True))}
        for day, *values in zip(course.days, *columns, strict=True)
    ]


def cell_rows(answer: TouchpointAnswer) -> list[dict[str, Value]]:
    """A row a mechanism."""
    return [
        {
            "mechanism": cell.mechanism,
            "score": cell.score.value,
            "low": cell.score.low,
            "high": cell.score.high,
            "known": cell.known,
            "balance": cell.evidence.balance,
            "owed": cell.evidence.owed,
            "experiences": cell.evidence.experiences,
            "bad_experiences": cell.evidence.bad_experiences,
        }
        for cell in answer.cells
    ]


_COURSE = ("index", "low", "high", "willing", "able", "assessable")
TABLES = (
    Table({"day": str, **dict.fromkeys(_COURSE, float)}, course_rows),
    Table(
        {
            "mechanism": str, "score": float, "low": float, "high": float, "known": bool, "balance": float,
            "owed": float, "experiences": int, "bad_experiences": int,
        },
        cell_rows,
        "mechanisms",
    ),
)  # fmt: skip
