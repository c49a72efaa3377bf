"""What customers say in the period, segment, touchpoint and mechanism that are chosen."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from troth.errors import UsageError, nearest
from troth.insight.days import date_of
from troth.insight.voices import Listening, Question, Voices, listening
from troth.insight.voices import voices as answered
from troth.insight.voices.shape import PlaceVoices
from troth.report.twin.assembly import read_out_at
from troth.report.twin.shape import Journey, ReadOut
from troth.texts import _
from troth.vocabulary import MECHANISM_IDS
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
        UsageError: `touchpoint-unknown`, `mechanism-unknown`, `filter-unknown`, `sort-unknown`,
            `period-reversed`.
    """
    filters = asked.filters
    _known(live, asked)
    checked_sort(filters, SORTS)
    question = _question(workspace, asked)
    journey = live.readouts.twin().journey  # the same for every day and segment

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
    return VoicesAnswer(read_out_at(question.at), found, journey)


def _question(workspace: Workspace, asked: Asked) -> Question:
    filters = asked.filters
    moment = workspace.moment(filters.at)
    _forwards(filters.since, date_of(moment.day))
    return Question(
        moment,
        filters.since,
        filters.segment,
        (filters.touchpoint, filters.mechanism),
        least_group(workspace),
    )


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


def _known(live: Live, asked: Asked) -> None:
    filters = asked.filters
    if (touchpoint := filters.touchpoint) is not None:
        known: list[str] = [one.id for one in asked.blueprint.touchpoints]
        message = _("There is no touchpoint “%(id)s”.") % {"id": touchpoint}
        _demand(touchpoint, known, "touchpoint-unknown", message)
    if (mechanism := filters.mechanism) is not None:
        message = _("There is no mechanism “%(id)s”.") % {"id": mechanism}
        _demand(mechanism, MECHANISM_IDS, "mechanism-unknown", message)
    if (segment := filters.segment) is not None:
        known = [f"{name}={value}" for name, value in live.readouts.segment_values()]
        message = _("There is no %(dimension)s “%(value)s” in the ledger.") % {
            "dimension": "segment", "value": segment,
        }  # fmt: skip
        _demand(segment, known, "filter-unknown", message)


def _demand(value: str, known: Sequence[str], code: str, message: str) -> None:
    if value not in known:
        near = nearest(value, known)
        hint = _("Did you mean %(near)s?") % {"near": near} if near else ""
        raise UsageError(code, message, hint, allowed=known, where=value)
