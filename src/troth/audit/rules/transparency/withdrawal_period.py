"""Goods can be given back for at least 14 days, and it is said from when.

What it checks
    Sentences that grant a period for withdrawing or returning, on every page but privacy and imprint: the
    number of days, in figures or words, and when they begin. Spans for refunds, exchanges, damage and
    processing are left out.

Why it matters
    The right to change one's mind is what makes buying unseen goods a small risk. A shorter period than
    the law grants tells a customer that the shop counts on their not knowing.

How to mend it
    Grant at least 14 days from the day the goods arrive, and say so in one sentence.

Sources
    Directive 2011/83/EU, Article 9.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.reasons import no_returns_page, unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, passed
from troth.texts import _, lazy

DUE_DAYS = 14


def judge(returns: Returns, passages: Passages, site: Site) -> Verdict:
    """Fails when every period named is shorter than 14 days; a contradiction is left to a person."""
    if (end := unjudgeable(passages, site, "crd-9")) is not None:
        return end
    if not returns.explained_on or not returns.periods:
        return _nothing_said(returns)
    proofs = [Proof(term.page, quote=term.quote) for term in returns.periods]
    short = [term for term in returns.periods if term.days < DUE_DAYS]
    if short:
        reason = _("A period of %(days)d days for returning goods is named; 14 days are due (an indication).")
        reason %= {"days": min(term.days for term in short)}
        quotes = [Proof(term.page, quote=term.quote) for term in short]
        if len(short) == len(returns.periods):
            return failed(reason, *quotes, confidence="text")
        return needs_review(reason + " " + _("Other sentences grant more."), *quotes, confidence="text")
    if not returns.starts and not any(term.starts for term in returns.periods):
        return needs_review(_("It is not said from when the period runs."), *proofs, confidence="text")
    days = min(term.days for term in returns.periods)
    return passed(_("Goods can be returned for %(days)d days.") % {"days": days}, *proofs, confidence="text")


def _nothing_said(returns: Returns) -> Verdict:
    if not returns.explained_on:
        return no_returns_page()
    proofs = [Proof(page) for page in returns.explained_on]
    if returns.exceptions:
        proofs = [Proof(said.page, quote=said.quote) for said in returns.exceptions]
    return needs_review(_("No period for returning goods was found in the text."), *proofs, confidence="text")


RULE = Rule(
    id="withdrawal-period",
    category="transparency",
    touchpoint="terms",
    mechanism="reciprocity",
    title=lazy("Goods can be returned for at least 14 days"),
    failure=lazy("The period for returning goods is too short"),
    question=lazy("Can goods be returned for at least 14 days?"),
    advice=lazy("Grant at least 14 days from the arrival of the goods, and say so."),
    sources=("crd-9",),
    judge=judge,
)
