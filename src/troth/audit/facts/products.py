"""What each product's page tells: its name, price, availability, pictures, words and attributes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import unescape
from typing import Literal
from urllib.parse import urlsplit

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Page
from troth.audit.facts.prices import Prices, ShownPrice
from troth.audit.facts.site import Site
from troth.audit.facts.structured import Structured
from troth.audit.parsing.things import Offer, Product
from troth.audit.words import words

Availability = Literal["in", "out", ""]
_IN, _OUT = ("instock", "limitedavailability", "onlineonly"), ("outofstock", "soldout", "discontinued")
_REVIEWS = re.compile(r"review|bewertung|beoordeling|rezension|rating", re.IGNORECASE)
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class ShownProduct:
    """A product's page.

    `price`: the price asked, as a customer sees it; None where none is clear. `asked`: every amount of the
    page that may be it (variants, prices of other products). `struck`: amounts struck out. `marked`: what
    the structured data say. `pictures`: different ones of the product; `words`: of the description;
    `attributes`: rows that name a property and its value.
    """

    page: str
    name: str
    price: ShownPrice | None
    asked: tuple[ShownPrice, ...]
    struck: tuple[ShownPrice, ...]
    marked: Product | None
    availability: Availability
    pictures: int
    words: int
    attributes: int

    @property
    def offers(self) -> tuple[Offer, ...]:
        """The offers of the structured data."""
        return self.marked.offers if self.marked else ()


@dataclass(frozen=True, slots=True)
class Products:
    """The pages of products, in the order of the visit."""

    all: tuple[ShownProduct, ...]

    def of(self, page: str) -> ShownProduct | None:
        """The product of the page with this id."""
        return next((product for product in self.all if product.page == page), None)


def products(site: Site, prices: Prices, structured: Structured) -> Products:
    """Each page of a product in the first visit."""
    return Products(
        tuple(
            _product(page, page.seen, prices, structured.of(page.id).products)
            for page in site.of("product")
            if page.seen
        )
    )


def _product(page: Page, seen: Seen, prices: Prices, marked: Sequence[Product]) -> ShownProduct:
    said = heading(seen)
    own = next((product for product in marked if _same(product.name, said)), None)
    own = own or (marked[0] if len(marked) == 1 else None)
    shown = [price for price in prices.of(page.id) if price.region in ("main", "dialog")]
    asked = tuple(price for price in shown if price.role == "price")
    return ShownProduct(
        page.id,
        said or (own.name if own else ""),
        main_price(asked),
        asked,
        tuple(price for price in shown if price.struck),
        own,
        _availability(seen, own),
        max(_pictures(seen, page.final_url), own.images if own else 0),
        max(_words(seen), len(own.description.split()) if own else 0),
        max(_attributes(seen.html), own.attributes if own else 0),
    )


def heading(seen: Seen) -> str:
    """The first headline of the page, empty when it has none."""
    match = _HEADING.search(seen.html)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", match[1])).split()) if match else ""


def main_price(asked: Sequence[ShownPrice]) -> ShownPrice | None:
    """The price in the largest letters, the first of these; amounts within running text do not compete."""
    alone = [price for price in asked if len(price.text) * 3 >= len(price.quote)] or list(asked)
    with_sign = [price for price in alone if price.currency] or alone
    return max(with_sign, key=lambda price: price.size, default=None)


def values(offers: Sequence[Offer]) -> tuple[Decimal, ...]:
    """The prices that offers name: the asked ones, and the upper ends of ranges."""
    return tuple(price for offer in offers for price in (offer.price, offer.highest) if price is not None)


def _same(left: str, right: str) -> bool:
    return bool(left) and " ".join(left.casefold().split()) == " ".join(right.casefold().split())


def _availability(seen: Seen, marked: Product | None) -> Availability:
    told = {offer.availability.lower() for offer in marked.offers} if marked else set[str]()
    text = "\n".join(run.text for run in seen.runs if run.region == "main" and len(run.text) < 100)
    if told & set(_IN) or text in words("in_stock"):
        return "in"
    return "out" if told & set(_OUT) or text in words("buying-out_of_stock") else ""


def _pictures(seen: Seen, url: str) -> int:
    """Different pictures in the main part, 100 pixels wide or more, that lead to no other page."""
    own = urlsplit(url)._replace(query="", fragment="")
    found = set()
    for image in seen.images:
        target = urlsplit(image.linked_to)._replace(query="", fragment="")
        leads_away = bool(image.linked_to) and target != own and not _is_picture(target.path)
        large = min(image.natural_width, image.natural_height) >= 100
        if image.region == "main" and large and not leads_away:
            found.add(urlsplit(image.src).path)
    return len(found)


def _is_picture(path: str) -> bool:
    return path.lower().endswith((".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".svg"))


def _words(seen: Seen) -> int:
    """Words of the main part's paragraphs, without those of reviews."""
    paragraphs = [
        block.text.split()
        for block in seen.blocks
        if block.region == "main" and not _REVIEWS.search(block.selector)
    ]
    return sum(len(paragraph) for paragraph in paragraphs if len(paragraph) >= 12)


def _attributes(html: str) -> int:
    """Rows of tables with two cells, pairs of description lists, and list items such as `Material: steel`."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    main = tree.css_first("main") or tree.body
    if main is None:
        return 0
    rows = sum(len(row.css("td, th")) == 2 for row in main.css("tr")[:500])
    pairs = len(main.css("dl > dt, dl > div > dt")[:500])
    items = [" ".join(item.text(deep=True).split()) for item in main.css("ul > li")[:500]]
    named = sum(re.fullmatch(r"[^:]{2,40}: ?\S.{0,80}", item) is not None for item in items)
    return rows + pairs + (named if named >= 2 else 0)


FACTS = (products,)
