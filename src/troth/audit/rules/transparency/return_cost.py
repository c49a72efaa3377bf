"""It is said who pays for sending goods back.

What it checks
    Sentences on the cost of returns on every page but privacy and imprint.

Why it matters
    A return that costs money is a risk of buying. Who is told beforehand can weigh it, who finds out
    later feels cheated; free returns raise purchases more than they raise returns.

How to mend it
    Say in one sentence who pays for returns, on the page on returns and on products' pages.

Sources
    Directive 2011/83/EU, Article 6(1)(i); Janakiraman, Syrdal and Freling (2016).
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site
from troth.audit.reasons import unjudgeable, unread
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, passed
from troth.texts import _, lazy


def judge(returns: Returns, passages: Passages, site: Site) -> Verdict:
    """Passes when it is said, whoever pays."""
    if (end := unjudgeable(passages, site, "crd-6-1")) is not None:
        return end
    if returns.payers:
        first = {payer.who: payer for payer in reversed(returns.payers)}
        quotes = [Proof(payer.page, quote=payer.quote) for payer in first.values()]
        if set(first) == {"named"}:
            reason = _("The cost of returns is spoken of, not who pays it.")
            return needs_review(reason, *quotes, confidence="text")
        return passed(_("It is said who pays for returns."), *quotes, confidence="text")
    if (end := unread(returns)) is not None:
        return end
    reason = _("Nothing says who pays for sending goods back.")
    return failed(reason, *(Proof(page) for page in returns.explained_on), confidence="text")


RULE = Rule(
    id="return-cost",
    category="transparency",
    touchpoint="terms",
    mechanism="reciprocity",
    title=lazy("It is said who pays for returns"),
    failure=lazy("It is not said who pays for returns"),
    question=lazy("Is it said who pays for returns?"),
    advice=lazy("Say who pays for sending goods back."),
    sources=("crd-6-1", "janakiraman-2016"),
    judge=judge,
)
