"""The average that is shown follows from the reviews.

What it checks
    On each product's page the average that is stated against the reviews listed: where all are listed, their
    mean; where a part is, whether that average is possible at all. And the average told to machines against
    the one written for people, where both name the same number of reviews. Rounding is allowed for.

Why it matters
    A better average than the reviews give is the plainest way to mislead, and the easiest to catch.

How to mend it
    Compute the average from all published reviews, at one place, and let page and structured data read it
    there.

Sources
    Directive 2005/29/EC, Annex I nos. 23b and 23c. An indication, no legal advice.
"""

from collections.abc import Iterator

from troth.audit.facts.reviews import ProductReviews, Reviews
from troth.audit.parsing.shown_reviews import Average
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy

_SLACK = 0.05
_LEAST, _MOST = 1.0, 5.0


def judge(reviews: Reviews) -> Verdict:
    """Fails on the first average that its reviews cannot give."""
    compared, proofs = 0, []
    for product in reviews.products:
        found = list(_faults(product))
        compared += len(found)
        proofs += [proof for proof in found if proof]
    if proofs:
        return failed(_("An average does not follow from the reviews."), *proofs, confidence="proved")
    if not compared:
        return not_applicable(_("No average could be held against reviews."))
    return passed(_("The averages follow from the reviews."), confidence="proved")


def _faults(product: ProductReviews) -> Iterator[Proof | None]:
    """One for each comparison: the proof of a fault, None where all is well."""
    marked = [one.average for one in product.stated if one.marked]
    written = [one.average for one in product.stated if not one.marked]
    for average in marked:
        yield from _against_list(product, average)
        same = [one for one in written if one.count == average.count]
        if same:
            fits = any(abs(one.value - average.value) <= _room(one, average) for one in same)
            yield None if fits else _proof(product, same[0], average.value)
    if not marked:
        stars = _stars(product)
        own = [one for one in written if stars and one.count == len(stars)]
        if own:
            mean = sum(stars) / len(stars)
            fits = any(abs(one.value - mean) <= one.within + _SLACK for one in own)
            yield None if fits else _proof(product, own[0], mean)


def _against_list(product: ProductReviews, average: Average) -> Iterator[Proof | None]:
    stars = _stars(product)
    if not stars or average.count < len(stars):
        return
    unseen = average.count - len(stars)
    low = (sum(stars) + unseen * _LEAST) / average.count
    high = (sum(stars) + unseen * _MOST) / average.count
    room = average.within + _SLACK
    if low - room <= average.value <= high + room:
        yield None
    else:
        yield _proof(product, average, low if average.value < low else high)


def _stars(product: ProductReviews) -> list[float]:
    """The stars of the reviews listed; none where one of them does not tell."""
    stars = [one.stars for one in product.listed if one.stars is not None]
    return stars if len(stars) == len(product.listed) else []


def _room(one: Average, other: Average) -> float:
    return one.within + other.within + 1e-9


def _proof(product: ProductReviews, stated: Average, possible: float) -> Proof:
    note = _("Stated: %(stated)s. The reviews allow %(given)s.") % {
        "stated": f"{stated.value:.1f}",
        "given": f"{possible:.2f}",
    }
    return Proof(product.page, note, stated.quote)


RULE = Rule(
    id="review-arithmetic",
    category="reviews",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("The average follows from the reviews"),
    failure=lazy("The average does not follow from the reviews"),
    question=lazy("Does the average follow from the reviews?"),
    advice=lazy("Compute the average from all published reviews, at one place, for page and machines."),
    sources=("ucpd-annex-23bc",),
    judge=judge,
)
