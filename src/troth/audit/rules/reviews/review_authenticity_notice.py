"""Where reviews are shown, it is said whether and how they are checked.

What it checks
    Words on any page of the walk that say whether reviews come from customers: how they are checked, that
    they are marked as verified, or that they are not checked.

Why it matters
    Everybody knows that reviews can be bought. Who says how they come about lets the reader judge them. Since
    28 May 2022 it has to be said.

How to mend it
    Write beside the reviews, or one link away, whether you check that they come from buyers, and how.

Sources
    Directive 2005/29/EC, Article 7(6) (§ 5b(3) UWG, 6:193e BW). An indication, no legal advice.
"""

from troth.audit.facts.passages import Passages
from troth.audit.facts.reviews import Reviews
from troth.audit.facts.site import Site
from troth.audit.reasons import unjudgeable
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, needs_review, not_applicable, passed
from troth.texts import _, lazy


def judge(reviews: Reviews, passages: Passages, site: Site) -> Verdict:
    """Fails where reviews are shown and no page says a word on them."""
    shown = [product for product in reviews.products if product.listed or product.stated]
    if not shown and not reviews.providers:
        return not_applicable(_("No reviews are shown."))
    if reviews.notices:
        proofs = [Proof(notice.page, quote=notice.quote) for notice in reviews.notices]
        return passed(_("It is said how reviews are checked."), *proofs, confidence="text")
    if (unknown := unjudgeable(passages, site, "ucpd-7-6")) is not None:
        return unknown
    reason = _("Nothing says whether or how reviews are checked.")
    if reviews.providers:
        names = ", ".join(reviews.providers)
        return needs_review(reason, Proof(reviews.products[0].page, quote=names), confidence="text")
    return failed(reason, *(Proof(product.page) for product in shown), confidence="text")


RULE = Rule(
    id="review-authenticity-notice",
    category="reviews",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("It is said how reviews are checked"),
    failure=lazy("Nothing says how reviews are checked"),
    question=lazy("Is it said how reviews are checked?"),
    advice=lazy("Write beside the reviews whether you check that they come from buyers, and how."),
    sources=("ucpd-7-6",),
    judge=judge,
)
