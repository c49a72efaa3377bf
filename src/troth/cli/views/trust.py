"""Rows of trust, for people, JSON and CSV."""

import csv
import io
from collections.abc import Sequence

import click
from rich.console import Console

from troth.blueprint.schema import Blueprint
from troth.cli.views.names import Names
from troth.cli.views.tables import Column, table
from troth.insight.days import time_of
from troth.insight.estimate import Estimate
from troth.ledger.answers import Moment, TrustRow
from troth.ledger.arithmetic import ENOUGH
from troth.report.page import words
from troth.texts import _, ngettext

FIGURES = ("good", "bad", "balance", "owed", "score", "low", "high", "unknown", "n")
"""The columns of figures, as machines read them."""


def as_json(rows: Sequence[TrustRow], by: Sequence[str], moment: Moment) -> dict[str, object]:
    """The answer of `troth trust --json`."""
    return {"at": time_of(moment.at_ms), "by": list(by), "rows": [_flat(row) for row in rows]}


def write_csv(rows: Sequence[TrustRow], by: Sequence[str]) -> None:
    """Print the rows as CSV, with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, [*by, *FIGURES], lineterminator="\n")
    writer.writeheader()
    writer.writerows(_flat(row) for row in rows)
    click.echo(text.getvalue(), nl=False)


def show(
    console: Console, rows: Sequence[TrustRow], by: Sequence[str], blueprint: Blueprint, hidden: int
) -> None:
    """Print the rows as a table; `hidden` more were left out."""
    names = Names(blueprint)
    intervals = any(row.low is not None for row in rows)
    columns = [
        *(Column(names.dimension(dimension)) for dimension in by),
        Column(_("Score"), "right"),
        *([Column(_("Interval"), "right")] if intervals else []),
        Column(_("Balance"), "right"),
        Column(_("Owed"), "right", spare=2),
        Column(_("Good"), "right", spare=4),
        Column(_("Bad"), "right", spare=4),
        Column(_("Unknown"), "right", spare=1),
        Column(_("Experiences"), "right", spare=3),
    ]
    console.print(table(console, columns, [_cells(row, by, names, intervals=intervals) for row in rows]))
    if hidden:
        console.print(
            ngettext("and %(n)s more row", "and %(n)s more rows", hidden) % {"n": words.number(hidden)}
        )
    if any(row.unknown > ENOUGH for row in rows):
        console.print(
            _("(?) not enough evidence: an uncertainty above %(share)s") % {"share": words.share(ENOUGH)},
            style="dim",
        )


def _flat(row: TrustRow) -> dict[str, object]:
    return {**row.group, **{name: getattr(row, name) for name in FIGURES}}


def _cells(row: TrustRow, by: Sequence[str], names: Names, *, intervals: bool) -> list[str]:
    score = words.number(100 * row.score, 1)
    return [
        *(names.group(dimension, row.group[dimension]) for dimension in by),
        f"(?) {score}" if row.unknown > ENOUGH else score,
        *([_interval(row)] if intervals else []),
        words.signed(row.balance, 1),
        words.number(row.owed, 1),
        words.number(row.good, 1),
        words.number(row.bad, 1),
        words.share(row.unknown),
        words.number(row.n),
    ]


def _interval(row: TrustRow) -> str:
    if row.low is None or row.high is None:
        return "–"
    return words.interval(Estimate(100 * row.score, 100 * row.low, 100 * row.high))
