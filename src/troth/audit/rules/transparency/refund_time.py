"""It is said when money comes back, 14 days at most.

What it checks
    Sentences that say within which time a payment is given back.

Why it matters
    After a return the customer has neither goods nor money. A date that is named, and kept, is what makes
    the wait bearable.

How to mend it
    Say within how many days money is given back; 14 days is the longest that the law allows.

Sources
    Directive 2011/83/EU, Article 13.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.reasons import unjudgeable, unread
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, passed
from troth.texts import _, lazy

MOST_DAYS = 14


def judge(returns: Returns, passages: Passages, site: Site) -> Verdict:
    """Fails when nothing is said, or when every time named is longer than 14 days."""
    if (end := unjudgeable(passages, site, "crd-13")) is not None:
        return end
    if returns.refunds:
        quotes = [Proof(term.page, quote=term.quote) for term in returns.refunds[:3]]
        if all(term.days > MOST_DAYS for term in returns.refunds):
            reason = _("Money comes back later than after 14 days (an indication).")
            return failed(reason, *quotes, confidence="text")
        return passed(_("It is said when money comes back."), *quotes, confidence="text")
    if (end := unread(returns)) is not None:
        return end
    reason = _("Nothing says when money comes back.")
    return failed(reason, *(Proof(page) for page in returns.explained_on), confidence="text")


RULE = Rule(
    id="refund-time",
    category="transparency",
    touchpoint="terms",
    mechanism="reliability",
    title=lazy("It is said when money comes back"),
    failure=lazy("It is not said when money comes back"),
    question=lazy("Is it said when money comes back?"),
    advice=lazy("Say within how many days, 14 at most, a payment is given back."),
    sources=("crd-13",),
    judge=judge,
)
