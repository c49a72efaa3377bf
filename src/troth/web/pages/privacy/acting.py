"""Exporting and erasing one person, and removing what is past its time: each in a job."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from troth.errors import UsageError
from troth.texts import _
from troth.web.access.rights import Visitor
from troth.web.frame.action import Asking, Done, Form
from troth.web.frame.privacy import people_hidden
from troth.web.work.answers import answer_of
from troth.workspace.jobs import Job
from troth.workspace.live import Live
from troth.workspace.privacy import Receipt, erase, export, retain
from troth.workspace.privacy.host import pseudonym_key
from troth.workspace.privacy.spelling import LONGEST, in_ledger


class Naming(Form):
    """Whom: any id of the person, and by which column it is meant where it would lead to several people."""

    id: str = Field(min_length=1, max_length=LONGEST)
    by: str | None = Field(None, max_length=200)


class Erasing(Naming):
    """The id once more, so that nobody is erased by a slip."""

    confirmed_id: str = Field(max_length=LONGEST)


def begin_export(live: Live, asking: Asking) -> Done:
    """Read out everything that is held of one person; where only groups are shown, the command line does it.

    When the job has ended, its data are at `/settings/privacy/exports/{job}`.
    """
    if live.blueprint.privacy.people == "segments":
        raise people_hidden()
    form: Naming = asking.form
    key = _key(live)
    in_ledger(live.blueprint, form.id, key)

    def work(job: Job) -> dict[str, Any]:
        job.progress("reading", None)
        return export(live, form.id, by=form.by or None, key=key, actor=job.actor)

    return _begun(live, asking.visitor, live.jobs.start("person-export", "", asking.visitor.actor, work))


def begin_erasure(live: Live, asking: Asking) -> Done:
    """Remove everything that is held of one person, and let nothing of them in again; the receipt is kept."""
    form: Erasing = asking.form
    if form.confirmed_id.strip() != form.id.strip():
        raise UsageError(
            "unconfirmed",
            _("The two ids are not the same; nobody was erased."),
            _("Write the id twice."),
            where="confirmed_id",
        )
    key = _key(live)
    in_ledger(live.blueprint, form.id, key)

    def work(job: Job) -> Receipt:
        job.progress("erasing", None)
        return erase(live, form.id, by=form.by or None, key=key, actor=job.actor)

    return _begun(live, asking.visitor, live.jobs.start("erasure", "", asking.visitor.actor, work))


def apply_retention(live: Live, asking: Asking) -> Done:
    """Remove the records that are past their time now; otherwise it is done once a day."""

    def work(job: Job) -> dict[str, int]:
        job.progress("erasing", None)
        return retain(live, actor=job.actor)

    return _begun(live, asking.visitor, live.jobs.start("retention", "", asking.visitor.actor, work))


def _begun(live: Live, visitor: Visitor, job: Job) -> Done:
    return Done(f"/jobs/{job.id}", answer_of(live, job, visitor))


def _key(live: Live) -> bytes | None:
    return live.pseudonym_key or pseudonym_key()
