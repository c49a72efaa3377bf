"""Critical moments as a table, for `troth moments` and the summary."""

from rich.console import Console

from troth.blueprint.schema import Blueprint
from troth.cli.views.names import Names
from troth.cli.views.tables import Column, table
from troth.insight.critical import CriticalMoment, CriticalMoments
from troth.report.page import words
from troth.texts import _, ngettext


def show_moments(
    console: Console,
    moments: CriticalMoments,
    blueprint: Blueprint,
    *,
    limit: int | None = None,
    examples: bool = False,
) -> None:
    """Print the ranked moments, at most `limit`, and name what is not known well enough."""
    names = Names(blueprint)
    shown = moments.ranked[:limit]
    columns = [
        Column("#", "right"),
        Column(_("Touchpoint")),
        Column(_("Mechanism")),
        Column(_("Points"), "right"),
        Column(_("Interval"), "right"),
        Column(_("Score"), "right", spare=3),
        Column(_("Customers"), "right", spare=1),
        Column(_("Course"), spare=2),
    ]
    console.print(table(console, columns, [_row(moment, names) for moment in shown]))
    if hidden := len(moments.ranked) - len(shown):
        console.print(
            ngettext("and %(n)s more", "and %(n)s more", hidden) % {"n": words.number(hidden)}, style="dim"
        )
    if not all(moment.certain for moment in shown):
        console.print(_("(?) the interval reaches zero"), style="dim")
    if examples:
        for moment in shown:
            _show_examples(console, moment, names)
    if moments.unknown:
        cells = "; ".join(
            f"{names.touchpoint(c.touchpoint)} · {names.word(c.mechanism)}" for c in moments.unknown
        )
        console.print(_("Not enough evidence to rank: %(cells)s.") % {"cells": cells}, style="dim")


def _row(moment: CriticalMoment, names: Names) -> list[str]:
    return [
        str(moment.rank),
        names.touchpoint(moment.touchpoint),
        names.word(moment.mechanism),
        words.points(moment.cost),
        words.interval(moment.cost) + ("" if moment.certain else " (?)"),
        words.points(moment.score),
        words.number(moment.customers),
        words.coded(moment.course, words.COURSES),
    ]


def _show_examples(console: Console, moment: CriticalMoment, names: Names) -> None:
    console.print(f"\n{moment.rank}. {names.touchpoint(moment.touchpoint)} · {names.word(moment.mechanism)}")
    for example in moment.examples:
        record = f"{example.kind or 'experiences'} {example.record} ({example.source})"
        console.print(f"   S{example.severity}  {words.short_day(example.at)}  {record}")
