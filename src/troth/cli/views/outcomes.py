"""How well trust ranks outcomes."""

from collections.abc import Sequence

from rich.console import Console

from troth.blueprint.schema import Blueprint
from troth.cli.views.names import Names
from troth.cli.views.tables import Column, table
from troth.insight.estimate import Estimate
from troth.insight.outcomes import OutcomeRanking
from troth.report.page import words
from troth.texts import _


def show_outcomes(console: Console, rankings: Sequence[OutcomeRanking], blueprint: Blueprint) -> None:
    """Print each outcome: how often it happened, and how well trust and the baseline rank it."""
    names = Names(blueprint)
    if not rankings:
        console.print(_("The blueprint names no outcome."))
    for ranking in rankings:
        _show(console, ranking, names.outcome(ranking.outcome))


def _show(console: Console, ranking: OutcomeRanking, name: str) -> None:
    console.print(name, style="bold")
    console.print(
        _("%(cases)s cases, it happened in %(positives)s; without earlier evidence: %(share)s")
        % {
            "cases": words.number(ranking.records),
            "positives": words.number(ranking.positives),
            "share": words.share(ranking.without_evidence),
        }
    )
    if ranking.auc is None:
        console.print(_("Too few cases to rank.") + "\n", style="dim")
        return
    columns = [
        Column(""),
        Column(_("AUC"), "right"),
        Column(_("Interval of %(level)s") % {"level": words.share(ranking.level)}, "right"),
        Column(""),
    ]
    rows = [[_("Trust known before"), *_figures(ranking.auc), words.direction(ranking)]]
    if ranking.baseline_auc:
        rows.append([_("Baseline of the blueprint"), *_figures(ranking.baseline_auc), ""])
    if ranking.difference:
        rows.append([_("Difference"), *_figures(ranking.difference, signed=True), ""])
    console.print(table(console, columns, rows))
    console.print()


def _figures(estimate: Estimate, *, signed: bool = False) -> list[str]:
    write = words.signed if signed else words.number
    interval = _("%(low)s to %(high)s") % {"low": write(estimate.low, 3), "high": write(estimate.high, 3)}
    return [write(estimate.value, 3), interval]
