"""What the page of the journey shows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from troth.insight.touchpoints import TouchpointTrust
from troth.report.twin.shape import Journey, ReadOut
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class JourneyAnswer:
    """Every touchpoint in the journey's order, observed or not; their series are aligned with `days`."""

    read_out: ReadOut
    journey: Journey
    days: tuple[dt.date, ...]
    touchpoints: tuple[TouchpointTrust, ...]


def journey(live: Live, _workspace: Workspace, asked: Asked) -> JourneyAnswer:
    """Read trust at every touchpoint."""
    twin = live.readouts.twin(asked.filters.at, asked.filters.segment)
    return JourneyAnswer(twin.read_out, twin.journey, twin.company.trend.days, twin.touchpoints)
