"""No two customers wrote the same review.

What it checks
    The texts of all reviews of the products' pages, each against each: nearly the same words from different
    customers or days. Short ones are left out, and a review that is shown twice counts once.

Why it matters
    Whoever reads two reviews with the same sentences believes neither, nor the rest.

How to mend it
    Delete reviews that nobody wrote, and find out where they came from.

Sources
    Directive 2005/29/EC, Annex I no. 23c. An indication, no legal advice.
"""

from dataclasses import dataclass

from troth.audit.facts.reviews import Reviews
from troth.audit.parsing.shown_reviews import Shown
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy

_LEAST_LETTERS, _LEAST_WORDS = 40, 7
_ALIKE = 90.0
_MOST = 400


@dataclass(frozen=True, slots=True)
class _Text:
    page: str
    shown: Shown
    text: str


def judge(reviews: Reviews) -> Verdict:
    """Fails on the first pair that is alike."""
    texts = _texts(reviews)
    if len(texts) < 2:
        return not_applicable(_("There are too few reviews to compare."))
    proofs = [
        Proof(other.page, _("Nearly the same as another review."), other.shown.text[:200])
        for other in _copies(texts)
    ]
    if proofs:
        return failed(_("Different customers wrote nearly the same review."), *proofs, confidence="proved")
    return passed(_("No two reviews are alike."), confidence="proved")


def _texts(reviews: Reviews) -> list[_Text]:
    """Long enough to be told apart, each review once."""
    found: dict[tuple[str, object], _Text] = {}
    for product in reviews.products:
        for one in product.listed:
            text = " ".join(one.text.casefold().split())
            if len(text) >= _LEAST_LETTERS and len(text.split()) >= _LEAST_WORDS:
                found.setdefault((text, one.day), _Text(product.page, one, text))
    return list(found.values())[:_MOST]


def _copies(texts: list[_Text]) -> list[_Text]:
    """Each text that is like one before it."""
    from rapidfuzz import fuzz, process

    copies = []
    for place, one in enumerate(texts[1:], 1):
        before = [other.text for other in texts[:place]]
        best = process.extractOne(one.text, before, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        if best and not _same(one.shown, texts[best[2]].shown):
            copies.append(one)
    return copies


def _same(one: Shown, other: Shown) -> bool:
    """Whether it is one review, shown with another date or in two places."""
    return one.text == other.text and bool(one.author) and one.author == other.author


RULE = Rule(
    id="review-duplicates",
    category="reviews",
    touchpoint="product",
    mechanism="integrity",
    title=lazy("No two reviews are alike"),
    failure=lazy("Different customers wrote nearly the same review"),
    question=lazy("Did different customers write nearly the same review?"),
    advice=lazy("Delete reviews that nobody wrote, and find out where they came from."),
    sources=("ucpd-annex-23bc",),
    judge=judge,
)
