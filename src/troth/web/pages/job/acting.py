"""What one may do with a job: stop it, take its result, or discard that."""

from __future__ import annotations

from typing import Literal

from troth.errors import UsageError
from troth.texts import _
from troth.web.access.rights import Right
from troth.web.frame.action import Asking, Done
from troth.web.work.answers import TAKEN, answer_of
from troth.web.work.blueprints import demand_right, put_in_force
from troth.web.work.importing import bring_in
from troth.workspace.jobs import Job
from troth.workspace.live import Live

ADMINISTERED = ("backup", "person-export", "erasure", "retention")
"""Kinds of jobs that only administrators begin, and stop."""


def take(live: Live, asking: Asking) -> Done:
    """Take the result of a preview or a trial, in another job: import the file, or put it in force."""
    job = live.jobs.get(asking.path["job"])
    if job.kind == "blueprint-trial":
        demand_right(live, job.given, asking.visitor)
    job = _decided(live, asking, "taken")
    try:
        if job.kind == "import-preview":
            following = bring_in(live, job.given, asking.visitor.actor)
        else:
            following = put_in_force(live, job.given, job.result.base, asking.visitor.actor)
    except BaseException:
        job.settled = None
        raise
    job.next = following.id
    return Done(f"/jobs/{following.id}", answer_of(live, following, asking.visitor))


def discard(live: Live, asking: Asking) -> Done:
    """Discard the result of a preview or a trial; nothing was changed by it."""
    job = _decided(live, asking, "discarded")
    live.jobs.tidy(job)
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))


def stop(live: Live, asking: Asking) -> Done:
    """Stop a job; what it has done so far is taken back. What removes people or old records goes on."""
    job = live.jobs.get(asking.path["job"])
    if job.kind in ADMINISTERED:
        asking.visitor.demand(Right.ADMINISTER)
    job.stop()
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))


def _decided(live: Live, asking: Asking, how: Literal["taken", "discarded"]) -> Job:
    job = live.jobs.get(asking.path["job"])
    if job.kind not in TAKEN:
        raise UsageError("job-not-ready", _("There is nothing to take here: not yet, or not any more."))
    live.jobs.settle(job, how)
    return job
