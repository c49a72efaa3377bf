"""A product page says what the product is.

What it checks
    Seven things on each product page: a name, a price, its currency, whether it can be had, at least three
    pictures, at least 60 words that describe it, and at least three attributes (such as size or material).
    Structured data count as well as the visible page. The score is the mean share over the product pages.

Why it matters
    Without a shop assistant the page has to answer. What is left out is what a customer fears to find in
    the parcel.

How to mend it
    Add what is named as missing, on the template and in the product data.

Sources
    Consumer Rights Directive 2011/83/EU, Article 6(1)(a); Google's merchant listing data.
"""

from troth.audit.facts.products import Products, ShownProduct
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, graded, not_applicable
from troth.texts import Lazy, _, lazy

_PICTURES, _WORDS, _ATTRIBUTES = 3, 60, 3


def judge(products: Products) -> Verdict:
    """The mean share of the seven things."""
    if not products.all:
        return not_applicable(_("No product page was seen."))
    missing = {product.page: _missing(product) for product in products.all}
    proofs = [
        Proof(page, _("missing: %(what)s") % {"what": ", ".join(map(str, parts))})
        for page, parts in missing.items()
        if parts
    ]
    score = sum(1 - len(parts) / 7 for parts in missing.values()) / len(missing)
    reason = _("Product pages leave things out.") if proofs else _("Product pages say what the product is.")
    return graded(score, reason, proofs)


def _missing(product: ShownProduct) -> list[Lazy]:
    offers, price = product.offers, product.price
    told = {
        lazy("name"): bool(product.name),
        lazy("price"): price is not None or any(offer.price is not None for offer in offers),
        lazy("currency"): bool(price and price.currency) or any(offer.currency for offer in offers),
        lazy("availability"): bool(product.availability),
        lazy("three pictures"): product.pictures >= _PICTURES,
        lazy("60 words of description"): product.words >= _WORDS,
        lazy("three attributes"): product.attributes >= _ATTRIBUTES,
    }
    return [name for name, is_told in told.items() if not is_told]


RULE = Rule(
    id="product-facts",
    category="first-impression",
    touchpoint="product",
    mechanism="clarity",
    title=lazy("Product pages say what the product is"),
    failure=lazy("Product pages leave things out"),
    question=lazy("Do product pages say what the product is?"),
    advice=lazy("Add what is named as missing to the product page."),
    sources=("product-information", "merchant-listing"),
    judge=judge,
)
