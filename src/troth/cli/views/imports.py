"""What an import did, row by row of its counts; and, before it, what a dry run would do."""

from collections.abc import Sequence

from rich.console import Console

from troth.cli.views.tables import Column, table
from troth.intake import REASONS, ImportSummary, Preview
from troth.report.page import words
from troth.texts import _, ngettext

SHOWN = 5


def as_json(summaries: Sequence[ImportSummary], *, dry_run: bool) -> dict[str, object]:
    """The answer of `troth import --json`."""
    return {
        "dry_run": dry_run,
        "imports": [
            {
                "import_no": one.import_no,
                "kind": one.kind,
                "source": one.source,
                "format": one.format,
                "read": one.read,
                "added": one.added,
                "changed": one.changed,
                "same": one.same,
                "stale": one.stale,
                "quarantined": one.quarantined,
                "erased": one.erased,
                "reasons": [
                    {"reason": reason, "column": column or None, "rows": rows}
                    for (reason, column), rows in one.reasons.items()
                ],
                "notes": one.notes,
                "preview": one.preview,
            }
            for one in summaries
        ],
    }


def show_imports(console: Console, summaries: Sequence[ImportSummary], *, dry_run: bool) -> None:
    """Print a line for each import, why rows are in quarantine, and what else a person should know."""
    for summary in summaries:
        if summary.preview:
            _show_preview(console, summary.kind, summary.preview)
    columns = [
        Column(_("Records")),
        Column(_("Source"), spare=2),
        Column(_("Read"), "right"),
        Column(_("Added"), "right"),
        Column(_("Changed"), "right"),
        Column(_("Same"), "right"),
        Column(_("Stale"), "right", spare=1),
        Column(_("Quarantined"), "right"),
    ]
    console.print(table(console, columns, [_cells(summary) for summary in summaries]))
    for summary in summaries:
        _show_reasons(console, summary)
    if erased := sum(summary.erased for summary in summaries):
        left_out = ngettext(
            "%(n)s row is of somebody who was erased; it is not stored.",
            "%(n)s rows are of people who were erased; they are not stored.",
            erased,
        )
        console.print(left_out % {"n": words.number(erased)})
    for summary in summaries:
        for note in summary.notes:
            console.print(f"{summary.kind}: {note}", style="dim")
    if dry_run:
        console.print(_("Nothing was kept: this was a dry run."))
    elif any(summary.quarantined for summary in summaries):
        console.print(_("See these rows with `troth quarantine list`."))


def _cells(summary: ImportSummary) -> list[str]:
    counts = (summary.read, summary.added, summary.changed, summary.same, summary.stale, summary.quarantined)
    return [summary.kind, summary.source, *map(words.number, counts)]


def _show_reasons(console: Console, summary: ImportSummary) -> None:
    for (reason, column), rows in summary.reasons.items():
        where = f" ({column})" if column else ""
        count = ngettext("%(n)s row", "%(n)s rows", rows) % {"n": words.number(rows)}
        console.print(f"{summary.kind}: {count}: {words.coded(reason, REASONS)}{where} [{reason}]")


def _show_preview(console: Console, kind: str, preview: Preview) -> None:
    console.print(
        _("The first rows of %(kind)s as they would be stored (times in UTC):") % {"kind": kind}, style="bold"
    )
    columns = [Column(name, spare=place) for place, name in enumerate(preview.columns)]
    rows = [["" if value is None else str(value) for value in row] for row in preview.rows[:SHOWN]]
    shown = table(console, columns, rows)
    console.print(shown)
    hidden = len(columns) - len(shown.columns)
    if hidden:
        more = ngettext("and %(n)s more column", "and %(n)s more columns", hidden) % {
            "n": words.number(hidden)
        }
        console.print(more, style="dim")
    for row in preview.quarantined[:SHOWN]:
        reason = words.coded(row.reason, REASONS)
        console.print(
            _("Row %(row)s would go to quarantine: %(reason)s")
            % {"row": words.number(row.row_no), "reason": reason}
            + (f" ({row.column})" if row.column else "")
            + (f": {row.detail}" if row.detail else "")
        )
    console.print()
