"""What this audit saw asked for each product, in the shape that later audits compare with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from troth.audit.artifacts.price import SeenPrice
from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts.cards import Card, Cards
from troth.audit.facts.prices import ShownPrice
from troth.audit.facts.products import Products, ShownProduct, values
from troth.audit.facts.reductions import Reduction, Reductions
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import plain
from troth.audit.words import words

_JUST_BEFORE = 14


@dataclass(frozen=True, slots=True)
class Sighting:
    """A price as seen, and the struck prices of its page that belong to it; all of them strike the same."""

    price: SeenPrice
    reductions: tuple[Reduction, ...]


@dataclass(frozen=True, slots=True)
class Sightings:
    """The prices of this audit. What is in doubt is left out: a range, a price told in two ways."""

    all: tuple[Sighting, ...]

    @property
    def prices(self) -> tuple[SeenPrice, ...]:
        """The price of each series, once."""
        return tuple({one.price.series: one.price for one in self.all}.values())


def sightings(
    artifacts: Artifacts, site: Site, products: Products, cards: Cards, reductions: Reductions
) -> Sightings:
    """The prices of products' pages, and of cards in lists."""
    at_ms = artifacts.taken_at_ms
    struck = [one for one in reductions.all if not one.is_list]
    found = [
        *(one for product in products.all for one in _of_page(product, site, struck, at_ms)),
        *(one for card in cards.all for one in _of_card(card, struck, at_ms)),
    ]
    said: dict[tuple[str, ...], set[tuple[Decimal, Decimal | None]]] = {}
    for one in found:
        said.setdefault(one.price.series, set()).add((one.price.value, one.price.struck))
    return Sightings(tuple(one for one in found if len(said[one.price.series]) == 1))


def _of_page(
    product: ShownProduct, site: Site, struck: Sequence[Reduction], at_ms: int
) -> Iterator[Sighting]:
    """A product's own page, where its structured data name the same price and no range."""
    page, shown, marked = site.page(product.page), product.price, set(values(product.offers))
    if page is None or shown is None or (marked and marked != {shown.value}):
        return
    there = [one for one in struck if one.page == page.id]
    own = [one for one in there if one.asked == shown]
    if any(one.asked is None or one.asked.value == shown.value for one in there if one not in own):
        return  # it may be this product's or another's
    said = product.marked
    sku = (said.sku or said.gtin) if said else ""
    currency = shown.currency or next((offer.currency for offer in product.offers if offer.currency), "")
    seen = _seen(plain(page.final_url), product.name, "page", sku, shown, currency, own, at_ms)
    if seen is not None:
        yield Sighting(seen, tuple(own))


def _of_card(card: Card, struck: Sequence[Reduction], at_ms: int) -> Iterator[Sighting]:
    """A card with one price that is asked."""
    asked = [price for price in card.prices if price.role == "price" and not price.struck]
    if len({(price.value, price.currency) for price in asked}) != 1:
        return
    places = {price.selector for price in card.prices if price.struck}
    own = [one for one in struck if one.page == card.page and one.selector in places]
    shown = asked[0]
    seen = _seen(card.product, card.name, "card", "", shown, shown.currency, own, at_ms)
    if seen is not None:
        yield Sighting(seen, tuple(own))


def _seen(  # noqa: PLR0913, PLR0917 - the fields of what it makes
    product: str,
    name: str,
    place: Literal["page", "card"],
    sku: str,
    shown: ShownPrice,
    currency: str,
    own: Sequence[Reduction],
    at_ms: int,
) -> SeenPrice | None:
    """The price; None for the least of a range, and where two earlier prices are struck beside it."""
    bases = {one.struck for one in own}
    if len(bases) > 1 or _is_least(shown):
        return None
    return SeenPrice(
        product, name, place, sku, shown.value, currency, next(iter(bases), None), shown.text, at_ms, at_ms
    )


def _is_least(shown: ShownPrice) -> bool:
    """Whether the amount is what prices begin at: `ab 19,90 €`."""
    before = shown.quote.partition(shown.text)[0].rstrip()
    found = words("sum_from").find_all(before[-_JUST_BEFORE:])
    return any(one.end == len(before[-_JUST_BEFORE:]) for one in found)


FACTS = (sightings,)
