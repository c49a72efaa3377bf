"""Customers' reviews can be read where one decides.

What it checks
    How many reviews a product's page shows, in its text or in its structured data, of the best product page
    of the walk. A product that says it has none yet is not judged; one with fewer than five is only told of.

Why it matters
    What other customers say is believed before what the shop says. The first five reviews do most of it.

How to mend it
    Ask customers for a review some days after delivery, and show all of them on the product's page.

Sources
    Spiegel Research Center (2017).
"""

from troth.audit.facts.journey import Journey
from troth.audit.facts.reviews import Reviews
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, informative, needs_review, not_applicable, passed
from troth.texts import _, lazy, ngettext

ENOUGH = 5


def judge(reviews: Reviews, journey: Journey) -> Verdict:
    """Passes from five reviews on one product on; fails where no product page has any or says why."""
    if not reviews.products:
        return not_applicable(journey.end)
    best = max(reviews.products, key=lambda product: product.count)
    if best.count:
        reason = ngettext(
            "The product shows %(n)d review.", "The product shows %(n)d reviews.", best.count
        ) % {"n": best.count}
        proof = Proof(best.page, quote=best.listed[0].text[:200] if best.listed else "")
        if best.count >= ENOUGH:
            return passed(reason, proof)
        enough = _("From five on they help to decide.")
        return informative(f"{reason} {enough}", proof)
    none = [Proof(one.page, quote=one.none_yet) for one in reviews.products if one.none_yet]
    if none:
        return not_applicable(_("The product says that it has no reviews yet."))
    if reviews.providers or reviews.shown:
        names = ", ".join(reviews.providers)
        reason = _("Reviews may be shown in a part of the page that could not be read.")
        return needs_review(reason, *(Proof(one.page, quote=names) for one in reviews.products))
    return failed(_("No reviews are shown."), *(Proof(one.page) for one in reviews.products))


RULE = Rule(
    id="reviews-present",
    category="reviews",
    touchpoint="product",
    mechanism="reputation",
    title=lazy("Products show reviews"),
    failure=lazy("Products show no reviews"),
    question=lazy("Do products show reviews?"),
    advice=lazy("Ask customers for a review after delivery, and show all of them on the product's page."),
    sources=("spiegel-2017",),
    judge=judge,
)
