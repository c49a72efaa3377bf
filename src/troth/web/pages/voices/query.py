"""What customers say in the period, segment, touchpoint and mechanism that are chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from troth.errors import UsageError, nearest
from troth.insight.days import date_of
from troth.insight.voices import Listening, Question, Voices, listening
from troth.insight.voices import voices as answered
from troth.insight.voices.shape import PlaceVoices
from troth.report.twin.shape import Journey, ReadOut
from troth.texts import _
from troth.vocabulary import MECHANISM_BY_ID, MECHANISM_IDS
from troth.web.frame.lists import checked_sort, in_order
from troth.web.frame.page import Asked
from troth.web.frame.privacy import least_group
from troth.web.pages.journey.touchpoint import may_see_records
from troth.workspace import Workspace
from troth.workspace.live import Live

SORTS: Mapping[str, Callable[[PlaceVoices], object]] = {
    "touchpoint": lambda row: row.touchpoint,
    "mechanism": lambda row: row.mechanism,
    "texts": lambda row: row.texts,
    "bad": lambda row: row.bad.value if row.bad else None,
}


@dataclass(frozen=True, slots=True)
class VoicesAnswer:
    """What customers say, and the journey whose touchpoints it names."""

    read_out: ReadOut
    voices: Voices
    journey: Journey


def voices(live: Live, workspace: Workspace, asked: Asked) -> VoicesAnswer:
    """Read what is said.

    Raises:
        UsageError: `touchpoint-unknown`, `mechanism-unknown`, `sort-unknown`, `period-reversed`.
    """
    filters = asked.filters
    touchpoint, mechanism = filters.touchpoint, filters.mechanism
    _known(asked, touchpoint, mechanism)
    checked_sort(filters, SORTS)
    moment = workspace.moment(filters.at)
    _forwards(filters.since, date_of(moment.day))
    twin = live.readouts.twin(filters.at, filters.segment)
    question = Question(
        moment,
        filters.since,
        filters.segment,
        (touchpoint, mechanism),
        least_group(workspace),
    )

    def listen(now: Workspace) -> Listening:
        return listening(now.ledger, now.blueprint, now.settings)

    listened = live.readouts.of("listening", listen)

    def work(now: Workspace) -> Voices:
        return answered(now.ledger, now.blueprint, now.settings, listened, question)

    found = live.readouts.of(("voices", question), work)
    if filters.sort:
        found = replace(found, places=tuple(in_order(found.places, filters, SORTS)))
    if not may_see_records(asked):
        found = replace(found, quotes=None)
    return VoicesAnswer(twin.read_out, found, twin.journey)


def noted(answer: VoicesAnswer, _asked: Asked) -> str | None:
    """What the trail says of a look at this page; nothing where it quotes nobody."""
    if not answer.voices.quotes:
        return None
    chosen = (answer.voices.touchpoint, answer.voices.mechanism)
    return "/".join(["voices", *(part for part in chosen if part)])


def _forwards(since: dt.date | None, last: dt.date) -> None:
    if since is not None and since > last:
        raise UsageError(
            "period-reversed",
            _("The first day, %(first)s, is after the last one, %(last)s.")
            % {"first": since.isoformat(), "last": last.isoformat()},
            _("Without `at` the last day is that of the newest record."),
            where="query.since",
        )


def _known(asked: Asked, touchpoint: str | None, mechanism: str | None) -> None:
    known = [one.id for one in asked.blueprint.touchpoints]
    if touchpoint is not None and touchpoint not in known:
        near = nearest(touchpoint, known)
        raise UsageError(
            "touchpoint-unknown",
            _("There is no touchpoint “%(id)s”.") % {"id": touchpoint},
            _("Did you mean %(near)s?") % {"near": near} if near else "",
            allowed=known,
            where=touchpoint,
        )
    if mechanism is not None and mechanism not in MECHANISM_BY_ID:
        near = nearest(mechanism, MECHANISM_IDS)
        raise UsageError(
            "mechanism-unknown",
            _("There is no mechanism “%(id)s”.") % {"id": mechanism},
            _("Did you mean %(near)s?") % {"near": near} if near else "",
            allowed=MECHANISM_IDS,
            where=mechanism,
        )
