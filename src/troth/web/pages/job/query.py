"""How a job stands."""

from __future__ import annotations

from typing import Any

from troth.web.frame.page import Asked
from troth.web.work import words as common
from troth.web.work.answers import JobAnswer, answer_of
from troth.workspace import Workspace
from troth.workspace.live import Live


def job(live: Live, _workspace: Workspace, asked: Asked) -> JobAnswer:
    """Look it up."""
    return answer_of(live, live.jobs.get(asked.path["job"]), asked.visitor)


def words(answer: JobAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    return common.words(answer, asked)
