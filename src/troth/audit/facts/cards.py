"""The cards of products in lists: which product's page a price in a list belongs to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from troth.audit.artifacts.shape import Page
from troth.audit.facts.prices import Prices, ShownPrice
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import changes_something, is_file, names_product, plain, same_site
from troth.audit.parsing.money import amounts

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_MOST_STEPS = 8
_MOST_LINKS = 12


@dataclass(frozen=True, slots=True)
class Card:
    """A product in a list: where its links lead, what it is called, and the prices that stand there."""

    page: str
    product: str
    name: str
    prices: tuple[ShownPrice, ...]


@dataclass(frozen=True, slots=True)
class Cards:
    """The cards of the first visit; a price whose product is not beyond doubt is on none."""

    all: tuple[Card, ...]


def cards(site: Site, prices: Prices) -> Cards:
    """The cards of front pages, categories and products' pages."""
    pages = site.of("home", "category", "product")
    return Cards(tuple(card for page in pages for card in _cards(page, prices.of(page.id))))


def _cards(page: Page, shown: tuple[ShownPrice, ...]) -> Iterator[Card]:
    from selectolax.lexbor import LexborHTMLParser

    if page.seen is None or not shown:
        return
    tree = LexborHTMLParser(page.seen.html)
    found: dict[tuple[str, str], list[ShownPrice]] = {}
    for price in shown:
        if price.region in ("main", "dialog") and (whose := _product_of(tree, price, page)):
            found.setdefault(whose, []).append(price)
    names = Counter(address for address, _name in found)
    for (address, name), own in found.items():
        if names[address] == 1:
            yield Card(page.id, address, name, tuple(own))


def _product_of(tree: "LexborHTMLParser", price: ShownPrice, page: Page) -> tuple[str, str] | None:
    """The address and the name of the product around a price: in the least part that has a picture and links.

    None where that part leads to several products or to none.
    """
    try:
        part = tree.css_first(price.selector)
    except ValueError:  # a selector that the parser does not know
        return None
    for _step in range(_MOST_STEPS):
        if part is None or part.tag in ("main", "body", "html"):
            return None
        links = [part] if part.tag == "a" else part.css("a[href]")
        if len(links) > _MOST_LINKS:
            return None
        if (said := _said(links, page)) and part.css_first("img, picture, svg, video") is not None:
            products = [address for address in said if names_product(address)] if len(said) > 1 else [*said]
            return (products[0], _name(part, said[products[0]])) if len(products) == 1 else None
        part = part.parent
    return None


def _said(links: "list[LexborNode]", page: Page) -> dict[str, str]:
    """The pages that links lead to, with the longest they say; what changes something is left out."""
    found: dict[str, str] = {}
    for link in links:
        try:
            address = plain(urljoin(page.final_url, (link.attributes.get("href") or "").strip()))
            leads_on = same_site(address, page.final_url) and not changes_something(address)
        except ValueError:
            continue
        if leads_on and not is_file(address) and address != plain(page.final_url):
            found[address] = max(found.get(address, ""), _text(link), key=len)
    return found


def _name(part: "LexborNode", said: str) -> str:
    """What the product is called: the headline, else what the link says when no price is part of it."""
    heading = part.css_first("h1, h2, h3, h4, h5, h6")
    if heading is not None and (text := _text(heading)):
        return text
    if said and next(amounts(said), None) is None:
        return said
    picture = part.css_first("img[alt]")
    return " ".join((picture.attributes.get("alt") or "").split())[:120] if picture is not None else ""


def _text(node: "LexborNode") -> str:
    return " ".join(node.text(separator=" ").split())[:120]


FACTS = (cards,)
