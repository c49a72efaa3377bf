"""Taking a backup while people read and records arrive."""

from __future__ import annotations

import datetime as dt

from troth.web.frame.action import Asking, Done
from troth.web.work.answers import answer_of
from troth.web.work.backing_up import backup
from troth.workspace.live import Live


def take(live: Live, asking: Asking) -> Done:
    """Write a backup into the workspace's folder `backups`, in a job."""
    taken = dt.datetime.fromtimestamp(live.now_ms() / 1000, dt.UTC)
    job = backup(live, f"troth-{taken:%Y%m%dT%H%M%S}Z.zip", asking.visitor.actor)
    return Done(f"/jobs/{job.id}", answer_of(live, job, asking.visitor))
