"""What `troth doctor` found."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from troth.cli.visible import visible
from troth.texts import _, lazy, ngettext
from troth.workspace.doctor import Check

TITLES = {
    "blueprint": lazy("Blueprint"),
    "ledger": lazy("Ledger"),
    "derived": lazy("Derived"),
    "quarantine": lazy("Quarantine"),
    "pseudonyms": lazy("Pseudonyms"),
    "office": lazy("Office"),
    "inbox": lazy("Inbox"),
    "mark": lazy("High-water mark"),
    "copy": lazy("Copy"),
    "erasures": lazy("Erasures"),
    "permissions": lazy("Permissions"),
    "labels": lazy("Labels"),
    "disk": lazy("Disk"),
    "backups": lazy("Backups"),
    "browser": lazy("Browser"),
    "fonts": lazy("Fonts"),
    "server": lazy("Server"),
}
MARKS = {"fine": "✓", "note": "·", "finding": "!", "failure": "✗"}
_STYLES = {"fine": "green", "note": "dim", "finding": "yellow", "failure": "red"}


def show_checks(console: Console, checks: Sequence[Check]) -> None:
    """Print a line for each, how to mend it below, and in the end how many are to be mended."""
    made = Table.grid(padding=(0, 1, 0, 0))
    made.add_column(no_wrap=True)
    made.add_column(no_wrap=True)
    made.add_column(overflow="fold")
    for check in checks:
        mark = Text(MARKS[check.state], style=_STYLES[check.state])
        made.add_row(mark, str(TITLES[check.name]), Text(visible(check.message)))
        if check.hint:
            made.add_row("", "", Text(visible(check.hint), style="dim"))
    console.print(made)
    console.print()
    console.print(_verdict(checks))


def _verdict(checks: Sequence[Check]) -> str:
    if failures := sum(check.state == "failure" for check in checks):
        said = ngettext("%(n)d look went wrong (✗).", "%(n)d looks went wrong (✗).", failures)
        return said % {"n": failures}
    findings = sum(check.state == "finding" for check in checks)
    if not findings:
        return _("Nothing is to be mended.")
    return ngettext("%(n)d thing is to be mended (!).", "%(n)d things are to be mended (!).", findings) % {
        "n": findings
    }
