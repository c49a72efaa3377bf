"""Erasures, looks and counts of rows."""

import datetime as dt
from collections.abc import Mapping, Sequence

from rich.console import Console

from troth.cli.views.tables import Column, table
from troth.report.page import words
from troth.texts import _
from troth.workspace.privacy import Receipt
from troth.workspace.privacy.looking import Look


def show_counts(console: Console, counts: Mapping[str, int]) -> None:
    """Print how many rows of which table."""
    if not counts:
        console.print(_("There is nothing."))
        return
    columns = [Column(_("Table")), Column(_("Rows"), "right")]
    console.print(table(console, columns, [[name, words.number(n)] for name, n in counts.items()]))


def show_receipt(console: Console, receipt: Receipt) -> None:
    """Print one erasure."""
    console.print(
        _("Erasure %(number)d, %(time)s UTC, by %(actor)s")
        % {"number": receipt.number, "time": _time(receipt.at_ms), "actor": receipt.actor}
    )
    show_counts(console, receipt.counts)
    if receipt.done_ms is None:
        console.print(_("The files could not be written anew yet: it is finished at the next start."))


def show_receipts(console: Console, receipts: Sequence[Receipt]) -> None:
    """Print a line for each erasure."""
    columns = [
        Column(_("Number"), "right"),
        Column(_("Time (UTC)")),
        Column(_("By")),
        Column(_("Rows"), "right"),
        Column(_("State")),
    ]
    rows = [
        [
            str(one.number),
            _time(one.at_ms),
            one.actor,
            words.number(sum(one.counts.values())),
            _("pending") if one.done_ms is None else _("done"),
        ]
        for one in receipts
    ]
    console.print(table(console, columns, rows))


def show_looks(console: Console, looks: Sequence[Look]) -> None:
    """Print a line for each look."""
    if not looks:
        console.print(_("The trail has nothing about this person."))
        return
    columns = [Column(_("Time (UTC)")), Column(_("Who")), Column(_("Action"))]
    console.print(table(console, columns, [[_time(one.at_ms), one.actor, one.action] for one in looks]))


def _time(at_ms: int) -> str:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).strftime("%Y-%m-%d %H:%M")
