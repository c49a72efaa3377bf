"""One customer's experiences and what they add up to."""

from typing import Any

from rich.console import Console

from troth.blueprint.parameters import resolve
from troth.blueprint.schema import Blueprint
from troth.cli.views.names import Names
from troth.cli.views.tables import Column, table
from troth.insight.days import time_of
from troth.ledger.answers import ExplainedExperience, Explanation, TrustRow
from troth.ledger.arithmetic import ENOUGH
from troth.report.page import words
from troth.texts import _

DIGITS = 3


def as_json(explanation: Explanation) -> dict[str, Any]:
    """The answer of `troth explain --json`: in good experiences, and as exact integers of `unit`."""
    unit = explanation.unit
    return {
        "customer": explanation.customer,
        "at": time_of(explanation.at.at_ms),
        "balance": explanation.balance / unit,
        "balance_exact": explanation.balance,
        "unit": unit,
        "trust": explanation.trust,
        "experiences": [
            {
                "id": experience.id,
                "at": time_of(experience.at_ms),
                "touchpoint": experience.touchpoint,
                "mechanism": experience.mechanism,
                "source": experience.source,
                "record": experience.record,
                "severity": experience.severity,
                "weight": experience.weight,
                "remaining": experience.remaining * 1000 / unit,
                "share": experience.share / unit,
                "share_exact": experience.share,
                "quote": experience.quote,
            }
            for experience in explanation.experiences
        ],
    }


def show(console: Console, explanation: Explanation, blueprint: Blueprint) -> None:
    """Print the experiences, oldest first, and the balance below them."""
    names = Names(blueprint)
    day = words.short_day(time_of(explanation.at.at_ms))
    console.print(explanation.customer, style="bold", end="")
    console.print("  " + _("as of %(day)s") % {"day": day}, style="dim")
    console.print()
    shares = words.apportioned(
        [experience.share for experience in explanation.experiences], explanation.unit, DIGITS
    )
    columns = [
        Column(_("Day")),
        Column(_("Touchpoint")),
        Column(_("Mechanism")),
        Column(_("Severity"), spare=1),
        Column(_("Weight"), "right"),
        Column(_("Remaining"), "right"),
        Column(_("Balance"), "right"),
        Column(_("From"), spare=2),
    ]
    rows = [
        _cells(experience, share, explanation.unit, names)
        for experience, share in zip(explanation.experiences, shares, strict=True)
    ]
    rows.append([_("Balance"), "", "", "", "", "", _thousandths(sum(shares)), ""])
    console.print(table(console, columns, rows))
    console.print()
    _show_quotes(console, explanation, names)
    _show_trust(console, explanation.trust, blueprint)


def _show_quotes(console: Console, explanation: Explanation, names: Names) -> None:
    """What the customer wrote, sentence by sentence, each once."""
    told: dict[tuple[str, str, str], ExplainedExperience] = {}
    for one in explanation.experiences:
        if one.quote and one.quote.text:
            told.setdefault((one.source, one.record, one.quote.text), one)
    if not told:
        return
    console.print(_("In the customer's own words"), style="bold")
    for (_source, _record, text), one in told.items():
        day = words.short_day(time_of(one.at_ms))
        told_of = f"{day}  {names.touchpoint(one.touchpoint)}"
        console.print(f"{told_of}: “{words.quoted(text)}”", markup=False, highlight=False)
        if one.quote and one.quote.contradicts:
            console.print("  " + _("Stars and words contradict each other."), style="dim")
    console.print()


def _show_trust(console: Console, trust: TrustRow, blueprint: Blueprint) -> None:
    ratios = {ratio / 1000 for ratio in resolve(blueprint.parameters).ratio_milli}
    if len(ratios) == 1:
        value = ratios.pop()
        ratio = words.number(value, 0 if value.is_integer() else 1)
        console.print(_("In the balance a bad experience counts %(ratio)s times.") % {"ratio": ratio})
    console.print(
        _("Score %(score)s, owed to level the balance: %(owed)s good experiences.")
        % {"score": words.number(100 * trust.score, 1), "owed": words.number(trust.owed, 1)}
    )
    if trust.unknown > ENOUGH:
        console.print(
            _("Not enough evidence to judge by: the uncertainty is %(share)s.")
            % {"share": words.share(trust.unknown)}
        )


def _cells(experience: ExplainedExperience, share: int, unit: int, names: Names) -> list[str]:
    return [
        words.short_day(time_of(experience.at_ms)),
        names.touchpoint(experience.touchpoint),
        names.word(experience.mechanism),
        f"S{experience.severity}" if experience.severity else "",
        words.signed(experience.weight / 1000, 1),
        words.signed(experience.remaining * 1000 / unit, DIGITS),
        _thousandths(share),
        f"{experience.source} {experience.record}",
    ]


def _thousandths(value: int) -> str:
    return words.signed(value / 10**DIGITS, DIGITS)
