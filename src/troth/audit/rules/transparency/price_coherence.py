"""The price is the same in the structured data, on the page and in the basket.

What it checks
    The price that a product's page gives to machines is looked for among the amounts it shows, and the
    price of the product's line in the basket among those of its page. Struck amounts do not count; other
    currencies are not compared.

Why it matters
    A price that changes on the way is the surest way to lose trust, whether a mistake or a lure for
    search engines.

How to mend it
    Fill both prices from one source, and mark up the price that customers see.

Sources
    Directive 2005/29/EC, Article 6(1)(d); search engines' guidelines for merchant listings.
"""

from collections.abc import Iterator
from decimal import Decimal

from troth.audit.facts.basket_prices import BasketPrices
from troth.audit.facts.lines import alike
from troth.audit.facts.prices import Prices
from troth.audit.facts.products import Products, ShownProduct
from troth.audit.rule import Rule
from troth.audit.verdict import Proof, Verdict, failed, not_applicable, passed
from troth.texts import _, lazy

_CENT = Decimal("0.01")


def judge(products: Products, prices: Prices, basket_prices: BasketPrices) -> Verdict:
    """Fails when a page shows no amount that its structured data, or the basket, name."""
    compared, apart = 0, list[Proof]()
    for product in products.all:
        marked = tuple(_marked(product))
        if marked and product.price is not None:
            compared += 1
            if not set(_agreeing(marked, _shown(product, prices))):
                apart += _proofs(product, marked)
    proof = _in_basket(products, prices, basket_prices)
    if proof is not None:
        compared += 1
        apart += proof
    if not compared:
        return not_applicable(_("No product's price was told twice, so nothing could be compared."))
    if apart:
        return failed(_("A product's price differs from place to place."), *apart, confidence="proved")
    return passed(_("A product's price is the same wherever it is told."), confidence="proved")


def _marked(product: ShownProduct) -> Iterator[Decimal]:
    """The prices of the structured data in the currency that the page shows."""
    shown = product.price.currency if product.price else ""
    for offer in product.offers:
        if not shown or not offer.currency or offer.currency == shown:
            yield from (price for price in (offer.price, offer.highest) if price)


def _shown(product: ShownProduct, prices: Prices) -> tuple[Decimal, ...]:
    return tuple(price.value for price in prices.of(product.page) if not price.struck)


def _agreeing(marked: tuple[Decimal, ...], shown: tuple[Decimal, ...]) -> Iterator[Decimal]:
    """The marked prices that are shown; `1.299` for 1,299.00 is a slip of the pen, no other price."""
    for price in marked:
        slip = price * 1000 if price.as_tuple().exponent == -3 else price
        if any(abs(amount - candidate) < _CENT for amount in shown for candidate in (price, slip)):
            yield price


def _proofs(product: ShownProduct, marked: tuple[Decimal, ...]) -> list[Proof]:
    assert product.price is not None  # noqa: S101 - only called with one
    told = ", ".join(str(price) for price in marked)
    note = _("The structured data say %(price)s.") % {"price": told}
    return [Proof(product.page, note, product.price.text, product.price.selector)]


def _in_basket(products: Products, prices: Prices, basket: BasketPrices) -> list[Proof] | None:
    """Where the basket's price is not one of the product's page; None when there is nothing to compare."""
    own = [product for product in products.all if product.price and alike(basket.added, product.name)]
    if basket.price is None or not own:
        return None
    shown = {amount for product in own for amount in _shown(product, prices)}
    if any(abs(amount - basket.price) < _CENT for amount in shown):
        return []
    first = own[0]
    assert first.price is not None  # noqa: S101 - filtered above
    return [
        Proof(basket.page, quote=basket.quote, selector=basket.selector),
        Proof(first.page, quote=first.price.text, selector=first.price.selector),
    ]


RULE = Rule(
    id="price-coherence",
    category="transparency",
    touchpoint="basket",
    mechanism="integrity",
    title=lazy("A price is the same wherever it is told"),
    failure=lazy("A price differs from place to place"),
    question=lazy("Is a price the same wherever it is told?"),
    advice=lazy("Fill the price on the page, in the structured data and in the basket from one source."),
    sources=("ucpd-6", "structured-price-guideline"),
    judge=judge,
)
