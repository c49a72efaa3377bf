"""What jobs, their stages and their states are called."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from troth.intake import REASONS
from troth.report.page import words as figures
from troth.report.page.words import coded
from troth.texts import Lazy, lazy
from troth.web.frame.naming import Naming
from troth.web.frame.page import Asked

KINDS: Mapping[str, Lazy] = {
    "import-preview": lazy("Preview of an import"),
    "import": lazy("Import"),
    "replay": lazy("Reading the quarantine anew"),
    "blueprint-trial": lazy("Trial of a blueprint"),
    "blueprint": lazy("New blueprint"),
    "backup": lazy("Backup"),
    "person-export": lazy("Reading out one person’s data"),
    "erasure": lazy("Erasing one person"),
    "retention": lazy("Removing what is past its time"),
}
STATES: Mapping[str, Lazy] = {
    "running": lazy("running"),
    "done": lazy("done"),
    "failed": lazy("failed"),
    "stopped": lazy("stopped"),
}
STAGES: Mapping[str, Lazy] = {
    "waiting": lazy("waiting for the ledger"),
    "reading": lazy("reading"),
    "storing": lazy("storing"),
    "erasing": lazy("removing, and writing the files anew"),
    "checking": lazy("checking"),
    "comparing": lazy("comparing"),
    "deriving": lazy("making experiences"),
    "adding": lazy("adding up"),
    "counting": lazy("counting what was left out"),
}
LEVELS: Mapping[str, Lazy] = {"error": lazy("error"), "warning": lazy("warning"), "info": lazy("info")}


def words(_answer: object, asked: Asked) -> dict[str, Any]:
    """What the templates need beside a job's answer."""
    return {
        "filters": asked.filters,
        "naming": Naming(asked.blueprint),
        "kind_word": lambda code: coded(code, KINDS),
        "state_word": lambda code: coded(code, STATES),
        "stage_word": lambda code: coded(code, STAGES),
        "level_word": lambda code: coded(code, LEVELS),
        "reason": lambda code: coded(code, REASONS),
        "left_out_word": lambda code: coded(code, figures.LEFT_OUT_REASONS),
        "change": lambda before, after: figures.signed(after.value - before.value, 1),
        "line_of": line_of,
    }


def line_of(where: str) -> int | None:
    """The line in `file:line:column`; None when there is none."""
    parts = where.rsplit(":", 2)
    return int(parts[1]) if len(parts) == 3 and parts[1].isdecimal() else None
