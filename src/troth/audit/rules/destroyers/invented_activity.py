"""The numbers of pieces left, of people looking and of those who just bought are real.

What it checks
    Such claims on product pages, in several visits seconds apart. One that differs though no answer of the
    server brings it, and that stands still once the page's dice always fall the same way, is made by the page
    itself. So is a stock smaller than the one in the page's own structured data. Words alone ("almost gone")
    are told, not counted.

Why it matters
    People follow people. Who invents them borrows the trust of customers that do not exist.

How to mend it
    Show numbers that the stock or the statistics deliver, or none.

Sources
    Mathur et al. (2019); guidelines of the Netherlands Authority for Consumers and Markets; Directive
    2005/29/EC, Articles 6 and 7.
"""

from collections.abc import Sequence

from troth.audit.facts.activity import Claim
from troth.audit.facts.dark_texts import DarkText, DarkTexts
from troth.audit.facts.site import Site
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, needs_review, not_applicable, passed
from troth.texts import _, lazy, number


def judge(activity: tuple[Claim, ...], site: Site, dark_texts: DarkTexts) -> Verdict:
    """Fails on a number that the page itself makes, or that its own data contradict."""
    if not site.of("product"):
        return not_applicable(_("No product page could be seen."))
    invented = [one for one in activity if one.course == "invented"]
    if invented:
        reason = _("The page makes these numbers itself: nothing that the server sent carries them.")
        return failed(reason, *map(_differing, invented), confidence="proved")
    false = [one for one in activity if one.course == "contradicted"]
    if false:
        return failed(
            _("The page's own data name a larger stock."), *map(_against, false), confidence="proved"
        )
    return _uncertain(activity) or _sound(activity, dark_texts.of("scarcity", "social"))


def _uncertain(activity: Sequence[Claim]) -> Verdict | None:
    unknown = [one for one in activity if one.course == "unknown"]
    if any(one.others for one in unknown):
        reason = _("These numbers differ between visitors, and it cannot be seen where they come from.")
        return needs_review(reason, *map(_differing, unknown))
    loose = [one for one in activity if one.course == "unknown" or _unsourced(one)]
    if loose:
        return informative(
            _("Where these claims come from could not be seen."), *_quoted(loose), confidence="text"
        )
    return None


def _sound(activity: Sequence[Claim], pressing: Sequence[DarkText]) -> Verdict:
    if activity:
        return passed(_("The numbers agree between visitors or come from the server."), *_quoted(activity))
    if pressing:
        proofs = [Proof(one.page, quote=one.text, selector=one.selector) for one in pressing]
        reason = _("Texts press with a small stock or with other customers: look whether they are true.")
        return informative(reason, *proofs, confidence="text")
    return not_applicable(_("No number of pieces left, of people looking or of buyers was seen."))


def _unsourced(claim: Claim) -> bool:
    """A count of people that never changes proves nothing; a stock that does not change is to be expected."""
    return claim.course == "steady" and claim.about != "stock"


def _differing(claim: Claim) -> Proof:
    values = ", ".join(dict.fromkeys([claim.value, *claim.others]))
    return Proof(claim.page, _("Said in several visits: %(values)s.") % {"values": values}, claim.quote)


def _against(claim: Claim) -> Proof:
    level = number(claim.inventory or 0)
    return Proof(claim.page, _("In stock by the structured data: %(level)s.") % {"level": level}, claim.quote)


def _quoted(claims: Sequence[Claim]) -> list[Proof]:
    return [Proof(one.page, quote=one.quote) for one in claims]


RULE = Rule(
    id="invented-activity",
    category="destroyers",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("Numbers of stock and of other customers are real"),
    failure=lazy("Numbers of stock or of other customers are invented"),
    question=lazy("Are numbers of stock and of other customers real?"),
    advice=lazy("Show numbers that the stock or the statistics deliver, or none."),
    sources=("mathur-2019", "acm-online-protection", "ucpd-7"),
    judge=judge,
)
