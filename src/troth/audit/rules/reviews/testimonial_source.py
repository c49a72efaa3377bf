"""Who is quoted is named, with a date.

What it checks
    Quotations of customers on the front page and the pages about the shop: each names someone, and a date or
    a link to where it was said.

Why it matters
    Praise without a name and a date may be anyone's; readers take it for the shop's own.

How to mend it
    Put a name, a place or an initial, and a date beside each quotation, or link it to the review it is from.

Sources
    Stanford Guidelines for Web Credibility, 1; Mathur et al. (2019), testimonials of uncertain origin.
"""

from troth.audit.facts.testimonials import Quoted, Testimonials
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(testimonials: Testimonials) -> Verdict:
    """Half a point for who, half for when or where."""
    if not testimonials.looked:
        return not_applicable(_("The front page could not be seen."))
    if not testimonials.quoted:
        return not_applicable(_("Nobody is quoted."))
    points = [_points(one) for one in testimonials.quoted]
    score = sum(points) / len(points)
    proofs = [_proof(one) for one, point in zip(testimonials.quoted, points, strict=True) if point < 1]
    reason = (
        _("Quotations name who said them, and when.") if score == 1 else _("Quotations lack who or when.")
    )
    return graded(score, reason, proofs)


def _points(one: Quoted) -> float:
    return 0.5 * bool(one.said.author) + 0.5 * bool(one.said.when or one.said.link)


def _proof(one: Quoted) -> Proof:
    return Proof(
        one.page, _("It lacks a date.") if one.said.author else _("It lacks a name."), one.said.text[:200]
    )


RULE = Rule(
    id="testimonial-source",
    category="reviews",
    touchpoint="arrival",
    mechanism="reputation",
    title=lazy("Quotations name who said them, and when"),
    failure=lazy("Quotations do not name who said them, or when"),
    question=lazy("Do quotations name who said them, and when?"),
    advice=lazy("Put a name and a date beside each quotation, or link it to the review it is from."),
    sources=("stanford-1", "mathur-2019-testimonials"),
    judge=judge,
)
