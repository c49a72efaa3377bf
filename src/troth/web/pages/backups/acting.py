"""Taking a backup while people read and records arrive."""

from __future__ import annotations

import datetime as dt

from troth.store.office.trail import Action, Entry, note
from troth.web.frame.action import Asking, Done
from troth.web.work.answers import answer_of
from troth.workspace.jobs import Job
from troth.workspace.live import Live


def take(live: Live, asking: Asking) -> Done:
    """Write a backup into the workspace's folder `backups`, in a job."""
    taken = dt.datetime.fromtimestamp(live.now_ms() / 1000, dt.UTC)
    name = f"troth-{taken:%Y%m%dT%H%M%S}Z.zip"

    def work(job: Job) -> str:
        job.progress("storing", None)
        live.back_up(name)
        with live.office.transaction() as connection:
            note(connection, Entry(live.now_ms(), job.actor, Action.BACKUP_MADE, name))
        return name

    job = live.jobs.start("backup", name, asking.visitor.actor, work)
    return Done(f"/jobs/{job.id}", answer_of(job, asking.visitor))
