"""Making and removing a note."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from pydantic import Field, field_validator

from troth.errors import UsageError
from troth.insight.days import date_of, day_of
from troth.store.office import annotations as notes
from troth.store.office.annotations import Noted
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.frame.action import Asking, Done, Form
from troth.web.frame.addresses import written
from troth.workspace.live import Live

LONGEST_DAYS = 3660


class AnnotationForm(Form):
    """What is noted.

    Attributes:
        first_day: The day, or the first of several.
        last_day: The last one, where it took several.
        touchpoint: Where; without it the whole company.
        text: What happened, in a few words.
    """

    first_day: dt.date
    last_day: dt.date | None = None
    touchpoint: str | None = Field(None, max_length=200)
    text: str = Field(min_length=1, max_length=200)

    @field_validator("last_day", "touchpoint", mode="before")
    @classmethod
    def _nothing(cls, value: object) -> object:
        return value or None  # an empty field of a form

    @field_validator("text", mode="after")
    @classmethod
    def _stripped(cls, value: str) -> str:
        return " ".join(value.split())


@dataclass(frozen=True, slots=True)
class Annotation:
    """A note in the charts: its days, its touchpoint (none: the company), what happened, who noted it."""

    id: int
    first_day: dt.date
    last_day: dt.date
    touchpoint: str | None
    text: str
    author: str


@dataclass(frozen=True, slots=True)
class Removed:
    """The note that is gone."""

    id: int


def add(live: Live, asking: Asking) -> Done:
    """Note what happened on a day or on several."""
    form: AnnotationForm = asking.form
    last = form.last_day or form.first_day
    if not dt.timedelta(0) <= last - form.first_day <= dt.timedelta(LONGEST_DAYS):
        raise UsageError(
            "days-invalid", _("The last day comes before the first, or far too late."), where="last_day"
        )
    if not form.text:
        raise UsageError("text-missing", _("Say what happened, in a few words."), where="text")
    made = Noted(0, day_of(form.first_day), day_of(last), form.touchpoint, form.text, asking.visitor.actor)
    with live.office.transaction() as connection:
        id_ = notes.add(connection, made, live.now_ms())
        detail: dict[str, str | int] = {"text": form.text, "first_day": form.first_day.isoformat()}
        note(
            connection,
            Entry(live.now_ms(), asking.visitor.actor, Action.ANNOTATION_MADE, str(id_), detail),
        )
    answer = Annotation(id_, form.first_day, last, form.touchpoint, form.text, asking.visitor.actor)
    return Done(_page_of(form.touchpoint), answer, "annotation-made")


def remove(live: Live, asking: Asking) -> Done:
    """Take a note away."""
    given = asking.path["id"]
    with live.office.transaction() as connection:
        gone = notes.remove(connection, int(given)) if given.isascii() and given.isdigit() else None
        if gone is None:
            raise UsageError("annotation-unknown", _("There is no such note."), where=given[:40])
        note(
            connection,
            Entry(live.now_ms(), asking.visitor.actor, Action.ANNOTATION_REMOVED, given, {"text": gone.text}),
        )
    return Done(_page_of(gone.touchpoint), Removed(gone.id), "annotation-removed")


def shown(live: Live, first: dt.date, last: dt.date, touchpoint: str | None = None) -> tuple[Annotation, ...]:
    """The notes of these days: the whole company's, and the touchpoint's."""
    with live.office.transaction() as connection:
        found = notes.between(connection, day_of(first), day_of(last), touchpoint)
    return tuple(
        Annotation(
            one.id, date_of(one.first_day), date_of(one.last_day), one.touchpoint, one.text, one.author
        )
        for one in found
    )


def _page_of(touchpoint: str | None) -> str:
    return f"/journey/{written(touchpoint)}#notes" if touchpoint else "/overview#notes"
