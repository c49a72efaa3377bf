"""Reading quarantined rows anew, after the blueprint was mended."""

from __future__ import annotations

from pydantic import Field

from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.frame.action import Asking, Done, Form
from troth.web.work.answers import ImportResult, answer_of, imported
from troth.workspace.jobs import Job
from troth.workspace.live import Live


class ReplayForm(Form):
    """Which rows: those of one record kind, or all."""

    kind: str | None = Field(None, max_length=200)


def replay(live: Live, asking: Asking) -> Done:
    """Read the rows in quarantine anew as the blueprint now says, in a job."""
    kind = asking.form.kind or None

    def work(job: Job) -> tuple[ImportResult, ...]:
        with live.changing(job.progress) as workspace, job.interruptible(live.connection):
            summaries = workspace.replay(kind)
        with live.office.transaction() as connection:
            rows = sum(summary.read for summary in summaries)
            entry = Entry(live.now_ms(), job.actor, Action.QUARANTINE_REPLAYED, kind or "", {"rows": rows})
            note(connection, entry)
        return tuple(imported(summary) for summary in summaries)

    job = live.jobs.start("replay", kind or _("all kinds"), asking.visitor.actor, work)
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))
