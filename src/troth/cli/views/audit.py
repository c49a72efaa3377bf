"""An audit in a terminal: the score, its categories, what to mend first, what changed."""

from collections.abc import Sequence

from rich.console import Console

from troth.audit import names
from troth.audit.result.comparison import Change, Comparison
from troth.audit.result.shape import AuditResult, Finding, Shown
from troth.cli.views.tables import Column, hanging, table
from troth.errors import TrothError
from troth.report.page import words
from troth.texts import _, ngettext

MOST_FINDINGS = 10
_MOST_CHANGES = 10
_CELLS = 31
_MARGIN = " " * 11
"""As wide as a finding's number and points."""


def show_audit(console: Console, result: AuditResult, *, limit: int = MOST_FINDINGS) -> None:
    """One screen: where the shop stands, and the findings that mending brings most of."""
    _show_heading(console, result)
    for remark in _remarks(result):
        console.print(remark)
    console.print()
    _show_categories(console, result)
    console.print()
    _show_findings(console, result, limit)
    _show_rest(console, result)


def show_shops(console: Console, outcomes: Sequence[tuple[str, AuditResult | TrothError]]) -> None:
    """Several shops side by side: the score and every category, one column a shop; why one has none below."""
    columns = [Column(_("Category")), *(Column(_short(shop), "right") for shop, _found in outcomes)]
    scores = [found.score if isinstance(found, AuditResult) else None for _shop, found in outcomes]
    rows = [[_("Trust score"), *(_points(score.value if score else None) for score in scores)]]
    for id_, name in names.CATEGORIES.items():
        rows.append([str(name), *(_points(score.of(id_) if score else None) for score in scores)])
    console.print(table(console, columns, rows))
    for shop, found in outcomes:
        if isinstance(found, TrothError):
            why = _("Could not be audited.")
            console.print(hanging("  ", f"{_short(shop)}: {why} {found.message} [{found.code}]"))


def show_news(console: Console, result: AuditResult, comparison: Comparison) -> None:
    """One round of a watch: which shop, where it stands, and what changed."""
    _show_heading(console, result)
    console.print()
    show_comparison(console, comparison)
    console.print()


def show_comparison(console: Console, comparison: Comparison) -> None:
    """What got better and what got worse since the earlier audit."""
    if comparison.points is not None:
        line = _("Change since %(time)s: %(points)s points.")
        points = words.signed(comparison.points, 1)
        console.print(line % {"time": words.iso_moment(comparison.before), "points": points}, style="bold")
    if not comparison.changes:
        console.print(_("No rule says anything else than before."))
    for title, way in ((_("Better:"), "better"), (_("Worse:"), "worse"), (_("Different:"), "other")):
        _show_changes(console, title, comparison.of(way))
    if comparison.gone:
        console.print(_("Pages that are gone: %(pages)s.") % {"pages": ", ".join(comparison.gone)})


def _show_changes(console: Console, title: str, changes: Sequence[Change]) -> None:
    if not changes:
        return
    console.print(title)
    for change in changes[:_MOST_CHANGES]:
        before, after = (
            words.coded(state, names.STATES) if state else "–" for state in (change.before, change.after)
        )
        console.print(hanging("  ", f"{change.title} [{change.rule}]: {before} → {after}"))
    _show_hidden(console, len(changes) - _MOST_CHANGES)


def _show_heading(console: Console, result: AuditResult) -> None:
    console.print(result.shop, style="bold", end="")
    console.print(f"  {words.iso_moment(result.taken_at)}", style="dim")
    console.print()
    console.print(_score(result), style="bold")


def _score(result: AuditResult) -> str:
    if result.score.value is None:
        return _("Nothing could be scored.")
    stability = result.stability
    line = _("Trust score %(score)s of 100 (%(limits)s if every weight were half as much again or less).")
    return line % {
        "score": words.number(result.score.value),
        "limits": words.limits(stability.low or 0.0, stability.high or 0.0, 0),
    }


def _remarks(result: AuditResult) -> list[str]:
    found = []
    penalty = sum(result.score.penalty.values())
    if penalty and result.score.value is not None:
        found.append(
            _("Trust destroyers take %(points)s points off it.") % {"points": words.number(penalty, 1)}
        )
    if not result.complete:
        found.append(_("It is not complete: some rules could not be judged or need a person's look."))
    stopped = next((step for step in result.walk if not step.reached), None)
    if stopped:
        found.append(
            _("The walk stopped before “%(step)s”: %(note)s")
            % {"step": words.coded(stopped.name, names.KINDS), "note": stopped.note}
        )
    return found


def _show_categories(console: Console, result: AuditResult) -> None:
    columns = [
        Column(_("Category")),
        Column(_("Score"), "right"),
        Column(_("0 to 100"), spare=1),
        Column(_("Capped by"), spare=2),
    ]
    rows = [
        [
            str(names.CATEGORIES[category.id]),
            _points(category.value),
            _bar(category.value, ascii_only=console.options.ascii_only),
            ", ".join(category.capped_by),
        ]
        for category in result.score.categories
    ]
    console.print(table(console, columns, rows))


def _show_findings(console: Console, result: AuditResult, limit: int) -> None:
    failed = [finding for finding in result.findings if finding.state == "failed"]
    if not failed:
        console.print(_("No rule failed."))
        return
    console.print(_("What to mend first, by the points it brings"), style="bold")
    for place, finding in enumerate(failed[:limit], 1):
        _show_finding(console, place, finding)
    _show_hidden(console, len(failed) - limit)


def _show_finding(console: Console, place: int, finding: Finding) -> None:
    gain = words.signed(finding.gain, 1)
    console.print(hanging(f"{place:>2}. {gain:>5}  ", f"{finding.title} [{finding.rule}]"))
    console.print(hanging(_MARGIN, finding.reason), style="dim")
    for proof in finding.proofs[:1]:
        console.print(hanging(_MARGIN, _proof(proof)), style="dim")


def _proof(proof: Shown) -> str:
    """Where it is and the shop's own words in quotes, else what Troth says of the place."""
    said = _("“%(quote)s”") % {"quote": proof.quote} if proof.quote else proof.note or proof.selector
    return f"{proof.url}: {said}" if said else proof.url


def _show_rest(console: Console, result: AuditResult) -> None:
    for state in ("review", "error"):
        open_ = [finding for finding in result.findings if finding.state == state]
        if open_:
            console.print()
            console.print(f"{words.coded(state, names.STATES).capitalize()}:", style="bold")
        for finding in open_:
            console.print(hanging("  ", f"{finding.title} [{finding.rule}]: {finding.reason}"))
    if result.failures:
        console.print()
        console.print(_("Could not be visited:"), style="bold")
    for failure in result.failures:
        console.print(hanging("  ", f"{failure.where}: {failure.message} [{failure.code}]"))


def _show_hidden(console: Console, hidden: int) -> None:
    if hidden > 0:
        line = ngettext("and %(n)s more", "and %(n)s more", hidden)
        console.print(line % {"n": words.number(hidden)}, style="dim")


def _points(value: float | None) -> str:
    return "–" if value is None else words.number(value)


def _bar(value: float | None, *, ascii_only: bool) -> str:
    full, empty = ("#", ".") if ascii_only else ("█", "░")
    cells = 0 if value is None else round(value / 100 * _CELLS)
    return full * cells + empty * (_CELLS - cells)


def _short(shop: str) -> str:
    return shop.split("://", 1)[-1].strip("/")
