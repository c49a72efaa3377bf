"""The reviews look like those of many customers: some are critical, and they came over time.

What it checks
    With ten reviews or more: the share of those with five stars (or the average, where not all are listed),
    and how many of them come from the same three days. Below ten nothing is judged.

Why it matters
    An average of 4.0 to 4.7 sells better than 5.0: too good is not believed. And reviews that all came within
    days were asked for, or bought, in one go.

How to mend it
    Show critical reviews too, and ask each customer some days after delivery, not all at once.

Sources
    Spiegel Research Center (2017).
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from troth.audit.facts.reviews import ProductReviews, Reviews
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, informative, not_applicable
from troth.texts import _, lazy, ngettext, percent

ENOUGH = 10
_ALL = 0.8


def judge(reviews: Reviews) -> Verdict:
    """Scores stars and days, half each; the product with the most reviews counts."""
    if not reviews.shown:
        return not_applicable(_("No reviews are shown."))
    product = max(reviews.products, key=lambda one: (len(one.listed), one.count))
    stars = [one.stars for one in product.listed if one.stars is not None]
    days = [one.day for one in product.listed if one.day is not None]
    if len(stars) < ENOUGH:
        return informative(
            ngettext(
                "%(n)d review is too few to judge how they spread.",
                "%(n)d reviews are too few to judge how they spread.",
                len(stars),
            )
            % {"n": len(stars)}
        )
    parts = [_of_stars(product, stars)]
    if len(days) >= ENOUGH and len(days) >= _ALL * product.count:
        parts.append(_of_days(days))
    score = sum(part for part, _note in parts) / len(parts)
    proofs = [Proof(product.page, note) for _score, note in parts]
    reason = _("The reviews are spread over stars and days.")
    if score < 1:
        reason = _("The reviews look too much alike in stars or in days.")
    return graded(score, reason, proofs)


def _of_stars(product: ProductReviews, stars: Sequence[float]) -> tuple[float, str]:
    """Up to nine tenths with all stars are well; of a list that is a part, the average tells."""
    marked = [one.average for one in product.stated if one.marked and one.average.count > len(stars)]
    if marked:
        average = marked[0].value
        note = _("Average: %(average)s") % {"average": f"{average:.1f}"}
        return _falling(average, 4.85, 5.0), note
    share = sum(star > 4.75 for star in stars) / len(stars)
    return _falling(share, 0.9, 1.0), _("With five stars: %(share)s") % {"share": percent(share)}


def _of_days(days: Sequence[date]) -> tuple[float, str]:
    """Half of them from three days are well, four fifths are not."""
    busiest = sum(count for _day, count in Counter(days).most_common(3))
    share = busiest / len(days)
    return _falling(share, 0.5, 0.8), _("From the same three days: %(share)s") % {"share": percent(share)}


def _falling(value: float, good: float, bad: float) -> float:
    return min(1.0, max(0.0, (bad - value) / (bad - good)))


RULE = Rule(
    id="review-spread",
    category="reviews",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("Reviews are spread over stars and days"),
    failure=lazy("Reviews look too much alike"),
    question=lazy("Are reviews spread over stars and days?"),
    advice=lazy("Show critical reviews too, and ask each customer some days after delivery."),
    sources=("spiegel-2017",),
    judge=judge,
)
