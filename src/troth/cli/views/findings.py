"""Findings about a blueprint."""

from collections.abc import Sequence
from itertools import zip_longest

from rich.console import Console

from troth.blueprint.lint import Finding
from troth.texts import _, lazy, ngettext

LEVELS = {"error": lazy("error"), "warning": lazy("warning"), "info": lazy("info")}
_STYLES = {"error": "red", "warning": "yellow", "info": "dim"}


def show_findings(console: Console, findings: Sequence[Finding]) -> None:
    """Print them: where, level, code, what, and, once for neighbours of one kind, how to mend it."""
    for finding, following in zip_longest(findings, findings[1:]):
        console.print(f"{finding.where}: ", end="", soft_wrap=True)
        console.print(f"{LEVELS[finding.level]} {finding.code}", style=_STYLES[finding.level], soft_wrap=True)
        console.print(f"  {finding.message}")
        if finding.hint and (following is None or following.hint != finding.hint):
            console.print(f"  {finding.hint}", style="dim")
    count = len(findings)
    if count:
        console.print(ngettext("%(n)d finding.", "%(n)d findings.", count) % {"n": count})
    else:
        console.print(_("No findings."))
