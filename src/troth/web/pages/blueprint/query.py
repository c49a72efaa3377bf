"""The blueprint line by line, with findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troth.blueprint.lint import Finding, lint
from troth.errors import TrothError
from troth.report.page.words import coded
from troth.web.access.rights import Right
from troth.web.frame.page import Asked
from troth.web.work.words import LEVELS, line_of
from troth.workspace import Workspace
from troth.workspace.live import Live
from troth.workspace.observing import observed
from troth.workspace.trial import digest, in_force, on_disk


@dataclass(frozen=True, slots=True)
class PlacedFinding:
    """A finding of the check; `line`: of the blueprint, from 1."""

    code: str
    level: str
    line: int | None
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class BlueprintAnswer:
    """The blueprint in force. `differs`: whether its file says something else by now."""

    sha256: str
    differs: bool
    lines: tuple[str, ...]
    findings: tuple[PlacedFinding, ...]


def blueprint(live: Live, workspace: Workspace, _asked: Asked) -> BlueprintAnswer:
    """The text, and what the check says, also from what the ledger has seen."""
    text = in_force(live)
    found = live.readouts.of(("findings", digest(text)), _findings)
    try:
        differs = on_disk(live).splitlines() != text.splitlines()
    except TrothError:
        differs = True
    return BlueprintAnswer(
        sha256=digest(text),
        differs=differs,
        lines=workspace.blueprint.lines,
        findings=tuple(
            PlacedFinding(one.code, one.level, line_of(one.where), one.message, one.hint) for one in found
        ),
    )


def words(answer: BlueprintAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    marked: dict[int, str] = {}
    for finding in answer.findings:
        if finding.line is not None and marked.get(finding.line) in (None, "info"):
            marked[finding.line] = finding.level
    return {
        "marked": marked,
        "level_word": lambda code: coded(code, LEVELS),
        "text": "".join(f"{line}\n" for line in answer.lines),
        "may_change": Right.CHANGE_DATA in asked.visitor.rights,
    }


def _findings(workspace: Workspace) -> tuple[Finding, ...]:
    order = ("error", "warning", "info")
    seen = observed(workspace.store, workspace.blueprint, workspace.settings)
    return tuple(sorted(lint(workspace.blueprint, seen), key=lambda one: order.index(one.level)))
