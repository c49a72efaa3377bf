"""What is in the ledger."""

from collections.abc import Iterator

from rich.console import Console

from troth.cli.views.labels import damaged_lines
from troth.cli.views.tables import Column, table
from troth.ledger.heard import Heard
from troth.report.page import words
from troth.texts import _, lazy, ngettext
from troth.workspace.status import Status


def show_status(console: Console, status: Status) -> None:
    """Print the counts and the latest imports."""
    size = words.number(status.bytes / 1e6, 1)
    console.print(_("%(file)s, %(size)s MB") % {"file": status.file, "size": size})
    console.print(
        _("Experiences: %(experiences)s, customers: %(customers)s")
        % {"experiences": words.number(status.experiences), "customers": words.number(status.customers)}
    )
    if status.outdated:
        console.print(
            _("Records or blueprint have changed; the next read-out brings the experiences up to date.")
        )
    console.print()
    kinds = dict.fromkeys((*status.records, *status.quarantined))
    columns = [Column(_("Records")), Column(_("In the ledger"), "right"), Column(_("In quarantine"), "right")]
    rows = [
        [kind, words.number(status.records.get(kind, 0)), words.number(status.quarantined.get(kind, 0))]
        for kind in kinds
    ]
    console.print(table(console, columns, rows))
    for one in status.comments:
        console.print()
        for line in _heard(one):
            console.print(line)
    if status.damaged_labels:
        console.print()
        for line in damaged_lines(status.damaged_labels):
            console.print(line)
    if status.imports:
        console.print()
        _show_imports(console, status)


REASONS = {
    "empty": lazy("nothing in it"),
    "language": lazy("another language"),
    "script": lazy("another script"),
    "wordless": lazy("no words"),
}
"""Why a text was not read."""


def _heard(one: Heard) -> Iterator[str]:
    yield _("%(kind)s, %(column)s: %(read)s of %(texts)s texts read, %(telling)s say something") % {
        "kind": one.kind,
        "column": one.column,
        "read": words.number(one.read),
        "texts": words.number(one.texts),
        "telling": words.number(one.telling),
    }
    if one.unread:
        parts = [
            f"{REASONS[unread.reason]}{f' ({unread.language})' if unread.language else ''}"
            f" {words.number(unread.texts)}"
            for unread in one.unread
        ]
        yield "  " + _("Not read: %(reasons)s") % {"reasons": ", ".join(parts)}
    if one.contradicting:
        yield "  " + ngettext(
            "In %(n)s of them stars and words contradict each other.",
            "In %(n)s of them stars and words contradict each other.",
            one.contradicting,
        ) % {"n": words.number(one.contradicting)}


def _show_imports(console: Console, status: Status) -> None:
    columns = [
        Column(_("Import"), "right"),
        Column(_("Finished (UTC)")),
        Column(_("Records")),
        Column(_("Source"), spare=1),
        Column(_("Read"), "right"),
        Column(_("Added"), "right", spare=2),
        Column(_("Changed"), "right", spare=2),
        Column(_("Quarantined"), "right"),
    ]
    rows = [
        [
            str(run.import_no),
            f"{words.short_day(run.finished)} {run.finished:%H:%M}",
            run.kind,
            run.source,
            *map(words.number, (run.read, run.added, run.changed, run.quarantined)),
        ]
        for run in status.imports
    ]
    console.print(table(console, columns, rows))
