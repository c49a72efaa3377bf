"""The product's page says how long delivery takes.

What it checks
    On products' pages: a span of days, a date or 'ordered today, there tomorrow', in the text or in the
    structured data. Products that cannot be had are left out.

Why it matters
    When it comes is the second question after what it costs. A promise that is named can be kept.

How to mend it
    Write the delivery time near the button that buys.

Sources
    Directive 2011/83/EU, Article 6(1)(g); Baymard Institute (2023): 24 % left because delivery was too
    slow.
"""

from troth.audit.facts.delivery import Delivery, dated_lines
from troth.audit.facts.passages import Passages
from troth.audit.facts.products import Products
from troth.audit.facts.site import Site
from troth.audit.reasons import no_product_page, unknown_language
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import _, lazy


def judge(delivery: Delivery, products: Products, passages: Passages, site: Site) -> Verdict:
    """Scores the share of products' pages that say it."""
    if not passages.understood:
        return unknown_language()
    if not delivery.products:
        return no_product_page()
    to_be_had = [product for product in products.all if product.availability != "out"]
    if not to_be_had:
        return not_applicable(_("The products that were seen cannot be had now."))
    quotes = {time.page: time.quote for time in reversed(delivery.times)}
    for page in site.of("product"):
        if page.id not in quotes and (dated := dated_lines(page)):
            quotes[page.id] = dated[0]
    lacking = [Proof(product.page) for product in to_be_had if product.page not in quotes]
    if lacking:
        reason = _("A product's page does not say how long delivery takes.")
        return graded(1 - len(lacking) / len(to_be_had), reason, lacking, confidence="text")
    proofs = [_proof(product.page, quotes[product.page]) for product in to_be_had]
    return graded(1.0, _("Products' pages say how long delivery takes."), proofs, confidence="text")


def _proof(page: str, quote: str) -> Proof:
    return Proof(page, quote=quote) if quote else Proof(page, _("It stands in the structured data."))


RULE = Rule(
    id="delivery-time",
    category="transparency",
    touchpoint="product",
    mechanism="reliability",
    title=lazy("Products' pages say how long delivery takes"),
    failure=lazy("It is not said how long delivery takes"),
    question=lazy("Do products' pages say how long delivery takes?"),
    advice=lazy("Write the delivery time near the button that buys."),
    sources=("crd-6-1", "baymard-delivery"),
    judge=judge,
)
