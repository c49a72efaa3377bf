"""The cost of shipping, or where it is explained, stands beside the price.

What it checks
    On products' pages, near the price: an amount, 'free shipping', or a link to the page on shipping
    costs.

Why it matters
    Costs that show up late are the reason most often given for leaving a checkout.

How to mend it
    Write the amount, or a link to the page on shipping costs, right below the price.

Sources
    Germany, § 6 PAngV; Directive 2011/83/EU, Article 6(1)(e); Baymard Institute (2023): 47 % left for
    extra costs.
"""

from troth.audit.facts.delivery import Cost, Delivery
from troth.audit.facts.passages import Passages
from troth.audit.reasons import no_product_page, unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded
from troth.texts import _, lazy

_BESIDE = {"amount": 1.0, "link": 1.0, "words": 0.7}
_APART = 0.5


def judge(delivery: Delivery, passages: Passages) -> Verdict:
    """Scores the worst product page: 1 an amount or link beside the price, 0.7 words, 0.5 elsewhere."""
    if not passages.understood:
        return unknown_language()
    if not delivery.products:
        return no_product_page()
    best = {page: _best(page, delivery) for page in delivery.products}
    scores = {page: _score(cost) for page, cost in best.items()}
    worst = min(scores.values())
    if worst == 0 and delivery.in_basket:
        worst = _APART
    proofs = [
        Proof(page, quote=cost.quote, selector=cost.selector) if cost else Proof(page)
        for page, cost in best.items()
    ]
    if worst == 1:
        return graded(worst, _("The cost of shipping stands beside the price."), proofs)
    lacking = [proof for proof in proofs if scores[proof.page] < 1]
    return graded(worst, _("The cost of shipping, or a link to it, is missing beside a price."), lacking)


def _best(page: str, delivery: Delivery) -> Cost | None:
    return max((cost for cost in delivery.costs if cost.page == page), key=_score, default=None)


def _score(cost: Cost | None) -> float:
    if cost is None:
        return 0.0
    return _BESIDE[cost.says] if cost.beside else _APART


RULE = Rule(
    id="shipping-cost-early",
    category="transparency",
    touchpoint="product",
    mechanism="clarity",
    title=lazy("The cost of shipping stands beside the price"),
    failure=lazy("The cost of shipping is not named beside the price"),
    question=lazy("Does the cost of shipping stand beside the price?"),
    advice=lazy("Write the cost of shipping, or a link to it, right below the price."),
    sources=("pangv-6", "crd-6-1", "baymard-costs"),
    judge=judge,
)
