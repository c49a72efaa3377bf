"""Rows that could not be used."""

import csv
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TextIO

from rich.console import Console

from troth.cli.views.tables import Column, table
from troth.intake import REASONS, QuarantinedRow
from troth.intake.readers.base import MAXIMUM_ROW_BYTES
from troth.report.page import words
from troth.texts import _, ngettext

HEADER = ("import_no", "kind", "row_no", "reason", "column", "detail", "row")


def show_quarantine(console: Console, rows: Sequence[QuarantinedRow], limit: int) -> None:
    """Print how many rows there are for each reason, then the first `limit` of them."""
    if not rows:
        console.print(_("The quarantine is empty."))
        return
    counts = Counter((row.kind, row.reason, row.column or "") for row in rows)
    columns = [Column(_("Records")), Column(_("Rows"), "right"), Column(_("Column")), Column(_("Reason"))]
    reasons = [
        [kind, words.number(n), column, f"{words.coded(reason, REASONS)} [{reason}]"]
        for (kind, reason, column), n in counts.most_common()
    ]
    console.print(table(console, columns, reasons))
    if any((row.detail or "").startswith("line-too-long") for row in rows):
        most = words.number(MAXIMUM_ROW_BYTES)
        console.print(_("One row may have %(n)s bytes at most.") % {"n": most}, style="dim")
    console.print()
    for row in rows[:limit]:
        place = _("%(kind)s, import %(import)d, row %(row)d") % {
            "kind": row.kind, "import": row.import_no, "row": row.row_no
        }  # fmt: skip
        detail = f" ({row.detail})" if row.detail else ""
        console.print(f"{place}: {row.reason}{detail}")
        console.print(
            f"  {json.dumps(row.row, ensure_ascii=False)}", style="dim", overflow="ellipsis", no_wrap=True
        )
    if hidden := len(rows) - len(rows[:limit]):
        console.print(
            ngettext("and %(n)s more row", "and %(n)s more rows", hidden) % {"n": words.number(hidden)}
        )


def write_rows(file: TextIO, rows: Iterable[QuarantinedRow]) -> int:
    """Write the rows as CSV, the row itself as JSON in the last column; how many there were."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(HEADER)
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the answer
        text = json.dumps(row.row, ensure_ascii=False)
        writer.writerow((row.import_no, row.kind, row.row_no, row.reason, row.column, row.detail, text))
    return count
