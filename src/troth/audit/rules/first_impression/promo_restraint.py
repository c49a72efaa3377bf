"""Nothing but the question of consent lies over the page when a customer arrives.

What it checks
    Whether something covers more than three tenths of the window of home or product page, once it has loaded
    and ten seconds later; the page's own clock is run ahead for it. The dialog for consent is spared; a
    question for age, country or store is left for a person to judge.

Why it matters
    An offer thrown in the way before anything was read serves the shop and not the customer. Restraint with
    promotion is one of the ten guidelines for credible sites.

How to mend it
    Show the offer beside the content or at its end, or not before the customer has looked around.

Sources
    Stanford Guidelines for Web Credibility, 9 (restraint with promotion).
"""

from troth.audit.facts.overlays import Covering, Coverings
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy, percent


def judge(coverings: Coverings) -> Verdict:
    """Fails on any overlay that is promotion; asks for a look where one asks for age or country."""
    if not coverings.looked:
        return not_applicable(_("Neither home nor product page was seen."))
    proofs = [
        Proof(
            one.page,
            _share(one),
            one.text,
            one.selector,
        )
        for one in coverings.found
    ]
    if any(not one.asks for one in coverings.found):
        return failed(_("Something lies over the page when a customer arrives."), *proofs)
    if proofs:
        return needs_review(_("A question for age, country or store lies over the page."), *proofs)
    if coverings.watched:
        return passed(_("For ten seconds nothing but the question of consent lies over the page."))
    return passed(_("Nothing but the question of consent lies over the page."))


def _share(covering: Covering) -> str:
    told = {"share": percent(covering.share)}
    if covering.late:
        return _("covers %(share)s of the window, within ten seconds") % told
    return _("covers %(share)s of the window") % told


RULE = Rule(
    id="promo-restraint",
    category="first-impression",
    touchpoint="arrival",
    mechanism="benevolence",
    title=lazy("No promotion lies over the page"),
    failure=lazy("Promotion lies over the page"),
    question=lazy("Does promotion lie over the page?"),
    advice=lazy("Show the offer beside the content, not over it."),
    sources=("stanford-9",),
    judge=judge,
)
