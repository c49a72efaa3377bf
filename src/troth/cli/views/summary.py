"""The summary: one screen of 80 columns that says where trust stands and on what that rests."""

from rich.console import Console

from troth.blueprint.schema import Blueprint
from troth.cli.views.moments import show_moments
from troth.cli.views.names import Names
from troth.cli.views.scale import scale
from troth.cli.views.tables import Column, table
from troth.insight.company import Company, Standing
from troth.insight.estimate import Estimate
from troth.insight.quality import DataQuality, KindQuality
from troth.report.page import words
from troth.texts import _, ngettext
from troth.workspace import Summary

MOST_MOMENTS = 5


def show_summary(console: Console, summary: Summary, blueprint: Blueprint) -> None:
    """Print it."""
    names = Names(blueprint)
    console.print(names.journey, style="bold", end="")
    console.print("  " + _("as of %(day)s") % {"day": words.short_day(summary.at)}, style="dim")
    console.print()
    _show_trust(console, summary.company, names)
    console.print()
    _show_account(console, summary.company)
    console.print()
    if summary.critical.ranked:
        console.print(_("Critical moments: what the index would gain without them"), style="bold")
        show_moments(console, summary.critical, blueprint, limit=MOST_MOMENTS)
    else:
        console.print(_("No critical moment is known well enough to be ranked."))
    console.print()
    _show_data(console, summary.data, names)


def _show_trust(console: Console, company: Company, names: Names) -> None:
    ascii_only = console.options.ascii_only

    def row(title: str, score: Estimate | None, *, known: bool) -> list[str]:
        line = scale(score, ascii_only=ascii_only)
        if score is None:
            return [title, "–", _("unknown"), line]
        return [title, words.points(score), words.interval(score) if known else _("unknown"), line]

    columns = [
        Column(_("Trust")),
        Column(_("Score"), "right"),
        Column(_("Interval"), "right"),
        Column(_("0 to 100, neutral is 50")),
    ]
    rows = [row(_("Company index"), company.trust.index, known=company.trust.known)]
    rows += [
        row("  " + names.word(part.precondition), part.score, known=part.known)
        for part in company.trust.preconditions
    ]
    console.print(table(console, columns, rows))


def _show_account(console: Console, company: Company) -> None:
    evidence, trend = company.trust.evidence, company.trend
    if trend.change is not None and trend.compared_with is not None:
        console.print(
            _("Change since %(day)s: %(points)s points (%(interval)s).")
            % {
                "day": words.short_day(trend.compared_with),
                "points": words.signed(trend.change.value, words.digits(trend.change)),
                "interval": words.signed_interval(trend.change),
            }
        )
    console.print(
        _("Balance %(balance)s good experiences; owed to level it: %(owed)s.")
        % {"balance": words.signed(evidence.balance), "owed": words.number(evidence.owed)}
    )
    console.print(_standing(company.standing))
    if company.concentration.notable:
        console.print(words.concentration(company.concentration))


def _standing(standing: Standing) -> str:
    return ngettext(
        "One customer: %(above)s above neutral, %(below)s below, %(unknown)s unknown.",
        "%(total)s customers: %(above)s above neutral, %(below)s below, %(unknown)s unknown.",
        standing.total,
    ) % {
        "total": words.number(standing.total),
        "above": words.number(standing.above),
        "below": words.number(standing.below),
        "unknown": words.number(standing.unknown),
    }


def _show_data(console: Console, data: DataQuality, names: Names) -> None:
    columns = [Column(_("Records")), Column(_("In the ledger"), "right"), Column(_("In quarantine"), "right")]
    console.print(table(console, columns, [_kind(kind) for kind in data.kinds]))
    if data.touchpoints_not_observed:
        unseen = ", ".join(names.touchpoint(id_) for id_ in data.touchpoints_not_observed)
        console.print(_("Not observed: %(touchpoints)s.") % {"touchpoints": unseen}, style="dim")


def _kind(kind: KindQuality) -> list[str]:
    held = sum(reason.rows for reason in kind.reasons)
    return [kind.kind, words.number(kind.records), words.number(held)]
