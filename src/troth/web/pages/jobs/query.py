"""The jobs that the server remembers."""

from __future__ import annotations

from dataclasses import dataclass

from troth.web.frame.page import Asked
from troth.web.work.answers import JobAnswer, answer_of
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class JobsAnswer:
    """The jobs since the server started, newest first; the oldest of many are forgotten."""

    jobs: tuple[JobAnswer, ...]


def jobs(live: Live, _workspace: Workspace, asked: Asked) -> JobsAnswer:
    """List them."""
    return JobsAnswer(tuple(answer_of(live, job, asked.visitor) for job in live.jobs.all()))
