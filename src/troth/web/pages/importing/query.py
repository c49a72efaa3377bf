"""What may be imported, and how much at once."""

from __future__ import annotations

from dataclasses import dataclass

from troth.blueprint.records import READY_MADE
from troth.web.frame.page import Asked
from troth.web.pages.importing.acting import MOST_BYTES
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class ImportingAnswer:
    """The record kinds that a file may hold, and how many bytes one may have."""

    kinds: tuple[str, ...]
    most_bytes: int


def importing(_live: Live, workspace: Workspace, _asked: Asked) -> ImportingAnswer:
    """The blueprint's kinds, and ready-made experiences."""
    return ImportingAnswer((*workspace.blueprint.records, READY_MADE), MOST_BYTES)
