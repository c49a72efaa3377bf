"""Outcomes as a table."""

from collections.abc import Sequence

from rich.console import Console

from troth.blueprint.schema import Blueprint
from troth.cli.views.names import Names
from troth.cli.views.tables import Column, table
from troth.insight.estimate import Estimate
from troth.insight.outcomes import OutcomeRanking
from troth.report.page import words
from troth.texts import _

_NONE = "–"


def show_outcomes(console: Console, rankings: Sequence[OutcomeRanking], blueprint: Blueprint) -> None:
    """Print how well trust ranks each outcome, beside its baseline."""
    names = Names(blueprint)
    columns = [
        Column(_("Outcome")),
        Column(_("Cases"), "right", spare=1),
        Column(_("Happened"), "right", spare=1),
        Column(_("AUC of trust"), "right"),
        Column(_("AUC of the baseline"), "right"),
        Column(_("Difference"), "right"),
        Column(_("Without evidence"), "right", spare=2),
    ]
    rows = [
        [
            names.outcome(ranking.outcome),
            words.number(ranking.records),
            words.number(ranking.positives),
            _figure(ranking.auc),
            _figure(ranking.baseline_auc),
            _figure(ranking.difference, signed=True),
            words.share(ranking.without_evidence),
        ]
        for ranking in rankings
    ]
    console.print(table(console, columns, rows))


def _figure(estimate: Estimate | None, *, signed: bool = False) -> str:
    if estimate is None:
        return _NONE
    write = words.signed if signed else words.number
    return f"{write(estimate.value, 3)} ({write(estimate.low, 3)} … {write(estimate.high, 3)})"
