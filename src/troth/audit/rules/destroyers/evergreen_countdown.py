"""A countdown ends at one moment, the same for everyone, and what it counts down to then happens.

What it checks
    Every countdown on the home, category and product pages. Two new visitors, some seconds apart, have to
    read the same end from it. Then the page's clock is set past that end: the countdown may not begin again.
    Times until which an order leaves the same day begin again rightly. Words alone ("only today") are told,
    not counted.

Why it matters
    An end that never comes is a lie that anyone can check by coming back. Those who do are the customers
    one had won.

How to mend it
    Let the countdown run to one fixed moment that the server names, and let the offer end there. Otherwise
    leave it out.

Sources
    Directive 2005/29/EC, Annex I no. 7; Netherlands Authority for Consumers and Markets (2023); European
    Commission's sweep (2023).
"""

from collections.abc import Sequence

from troth.audit.facts.countdowns import Countdown
from troth.audit.facts.dark_texts import DarkText, DarkTexts
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, needs_review, not_applicable, passed
from troth.texts import _, lazy, number


def judge(countdowns: tuple[Countdown, ...], dark_texts: DarkTexts) -> Verdict:
    """Fails on a countdown whose end moves with the visitor, or that begins again when it is over."""
    moving = [one for one in countdowns if one.course == "moves"]
    if moving:
        reason = _("A countdown names another end to each visitor.")
        return failed(reason, *map(_moved, moving), confidence="proved")
    again = [one for one in countdowns if one.course == "restarts" and not one.cutoff]
    if any(not one.on_the_hour for one in again):
        return failed(_("A countdown begins again when it is over."), *_quoted(again), confidence="proved")
    if again:
        reason = _("A countdown to a full hour begins again when it is over: look whether the offer ends.")
        return needs_review(reason, *_quoted(again))
    fixed = any(one.course == "fixed" for one in countdowns)
    # A page that the second visitor did not come to says nothing against one that two visitors read alike.
    alone = [one for one in countdowns if one.moved_ms is None and fixed]
    unknown = [one for one in countdowns if one.course == "unknown" and one not in alone]
    return _uncertain(unknown) or _sound(countdowns, dark_texts.of("urgency"))


def _uncertain(unknown: Sequence[Countdown]) -> Verdict | None:
    if any(one.resolution_ms == 1000 for one in unknown):
        return needs_review(_("A countdown could not be compared between two visitors."), *_quoted(unknown))
    if unknown:
        reason = _("A time that runs out is written too roughly to be compared.")
        return informative(reason, *_quoted(unknown), confidence="text")
    return None


def _sound(countdowns: Sequence[Countdown], pressing: Sequence[DarkText]) -> Verdict:
    if countdowns:
        reason = _("Every countdown that two visitors read names the same end to both.")
        return passed(reason, *_quoted(countdowns), confidence="proved")
    if pressing:
        proofs = [Proof(one.page, quote=one.text, selector=one.selector) for one in pressing]
        reason = _("Texts press for time without a countdown: look whether they are true.")
        return informative(reason, *proofs, confidence="text")
    return not_applicable(_("No countdown was seen."))


def _moved(one: Countdown) -> Proof:
    note = _("Read %(apart)s seconds later by another visitor, its end was %(moved)s seconds later.") % {
        "apart": number((one.apart_ms or 0) / 1000, 1),
        "moved": number((one.moved_ms or 0) / 1000, 1),
    }
    return Proof(one.page, note, one.quote)


def _quoted(countdowns: Sequence[Countdown]) -> list[Proof]:
    return [Proof(one.page, quote=one.quote) for one in countdowns]


RULE = Rule(
    id="evergreen-countdown",
    category="destroyers",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("A countdown ends at one fixed moment"),
    failure=lazy("A countdown has no real end"),
    question=lazy("Does a countdown have a real end?"),
    advice=lazy("Let the countdown run to one moment that the server names, or leave it out."),
    sources=("ucpd-annex-7", "acm-2023", "eu-sweep-2023"),
    judge=judge,
)
