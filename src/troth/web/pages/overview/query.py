"""What the overview shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from troth.insight.company import Company
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Overview:
    """Where trust stands at the end of `at`."""

    at: dt.date
    company: Company


def overview(_live: Live, workspace: Workspace, asked: Asked) -> Overview:
    """Read the company's index."""
    summary = workspace.summary(at=asked.filters.at)
    return Overview(summary.at, summary.company)
