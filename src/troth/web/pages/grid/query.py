"""What the grid shows."""

from __future__ import annotations

from dataclasses import dataclass

from troth.insight.critical import CriticalMoment, UnknownCell
from troth.insight.touchpoints import CellTrust, TouchpointTrust
from troth.report.twin.shape import Journey, ReadOut
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class GridAnswer:
    """All observed cells, and which of them cost trust: `critical` is ranked, the costliest first.

    `unknown`: cells with bad experiences that are not known well enough to be ranked.
    """

    read_out: ReadOut
    journey: Journey
    touchpoints: tuple[TouchpointTrust, ...]
    cells: tuple[CellTrust, ...]
    critical: tuple[CriticalMoment, ...]
    unknown: tuple[UnknownCell, ...]


def grid(live: Live, _workspace: Workspace, asked: Asked) -> GridAnswer:
    """Read all cells."""
    twin = live.readouts.twin(asked.filters.at, asked.filters.segment)
    return GridAnswer(
        twin.read_out,
        twin.journey,
        twin.touchpoints,
        twin.cells,
        twin.critical.ranked,
        twin.critical.unknown,
    )
