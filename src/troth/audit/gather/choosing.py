"""What the walk takes next, chosen from what a page shows: pure functions of `Seen`.

Scores are small whole numbers that only order candidates of one page; nothing else rests on them.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from troth.audit.artifacts.page import Control, Field, Image, Link, Place, Seen
from troth.audit.artifacts.shape import Kind, Page
from troth.audit.gather.kinds import POLICIES, add_controls, is_account, link_kinds
from troth.audit.parsing.addresses import (
    changes_something,
    is_file,
    names_category,
    names_product,
    plain,
    same_site,
)
from troth.audit.parsing.declared import declared
from troth.audit.parsing.money import has_price
from troth.audit.words import words

_NUMBERED = re.compile(r"[-_/]p?\d{3,}(?:[-_./]|$)|\.html?$", re.IGNORECASE)
_READING_SLUG = re.compile(
    r"/(?:blogs?|news|nieuws|magazin\w*|stories|inspirati\w+|ratgeber|jobs|vacatures)(?:/|$)", re.IGNORECASE
)
_TURNING = re.compile(
    r"[?&](?:page|p|sort|order|orderby|filter\w*|limit|view|dir|size|color)=|/page/\d+", re.IGNORECASE
)
_TONGUE = re.compile(r"^(?:en|de|nl|fr|es|it|english|deutsch|nederlands|français|español)$", re.IGNORECASE)
_ENOUGH = 2
_CARD_BELOW, _CARD_ABOVE = 260, 60
_CLICKED = {"button", "submit", "link"}


def products(seen: Seen, url: str) -> list[str]:
    """Addresses of what look like products' pages, the surest first."""
    listed = {plain(item) for item in declared(seen.html, url).listed}
    priced = [
        run.place for run in seen.runs if has_price(run.text) and run.region not in {"header", "footer"}
    ]
    pictured = {plain(image.linked_to) for image in seen.images if image.linked_to and _is_large(image)}
    scores: dict[str, int] = {}
    often = Counter(plain(link.href) for link in seen.links if link.region != "footer")
    for link in _own(seen, url, {"main"}):
        address = plain(link.href)
        score = (
            4 * (address in listed)
            + 3 * names_product(address)
            + bool(_NUMBERED.search(address))
            + 2 * (has_price(link.text) or any(_near(link.place, place) for place in priced))
            + (often[address] > 1)
            + (address in pictured)
            - 3 * (names_category(address) and not names_product(address))
            - 3 * bool(_TURNING.search(address))
            - 3 * (link.text in words("buying-out_of_stock"))
            - 4 * bool(_READING_SLUG.search(address))
        )
        scores[address] = max(score, scores.get(address, score))
    return _best(scores, _ENOUGH)


def categories(seen: Seen, url: str) -> list[str]:
    """Addresses of what look like lists of products, the likeliest first."""
    goods = set(products(seen, url))
    scores: dict[str, int] = {}
    for link in _own(seen, url, {"header", "nav", "main"}):
        address = plain(link.href)
        path = urlsplit(address).path
        if _TONGUE.match(link.text.strip()) or _TONGUE.match(path.strip("/")):
            continue
        score = (
            3 * words("pages-category").whole(link.text)
            + 3 * names_category(address)
            + 2 * (link.region in {"nav", "header"})
            + link.visible
            + (path.strip("/").count("/") == 0)
            - 4 * (address in goods)
            - 5 * bool(_READING_SLUG.search(path))
            - 3 * bool(_TURNING.search(address))
        )
        scores[address] = max(score, scores.get(address, score))
    return _best(scores, 1)


def basket_link(seen: Seen, shop: str) -> str | None:
    """The address of the basket, as the page names it."""
    return next((link.href for link in seen.links if _leads(link, "basket", shop)), None)


def _leads(link: Link, kind: Kind, shop: str) -> bool:
    return (
        same_site(link.href, shop)
        and not changes_something(link.href)
        and kind in link_kinds(link.text, link.href)
        and plain(link.href) != plain(shop)
    )


def add_control(seen: Seen) -> Control | None:
    """The control that puts this page's product into the basket: the plain word only where nothing else is.

    A button that says just `buy` is taken only where the page asks for nothing personal.
    """
    sure = [control for control in add_controls(seen) if control.region in {"main", "dialog"}] or list(
        add_controls(seen)
    )
    if sure:
        return _first(sure)
    if any(
        field.visible and _is_personal(field.type, field.autocomplete)
        for field in seen.fields
        if field.region == "main"
    ):
        return None
    plain_words = words("buying-add_plain")
    return _first([c for c in clickable(seen) if c.region == "main" and plain_words.whole(c.name)])


def checkout_control(seen: Seen) -> Control | None:
    """The control that leads from the basket to the checkout."""
    group = words("pages-checkout")
    found = [control for control in clickable(seen) if group.whole(control.name)]
    return _first([control for control in found if control.region in {"main", "dialog"}] or found)


def guest_control(seen: Seen) -> Control | None:
    """The control that goes on without an account."""
    return _first([control for control in clickable(seen) if words("buying-guest").whole(control.name)])


def guest_choice(seen: Seen) -> Field | None:
    """The radio button that chooses to go on without an account, where the checkout asks who one is."""
    guest = words("buying-guest")
    return next((f for f in seen.fields if f.type == "radio" and f.visible and f.label in guest), None)


def continue_control(seen: Seen) -> Control | None:
    """The control that leads to the checkout's next step; never one that may buy, sign up or send."""
    return _first(
        [c for c in clickable(seen) if words("buying-continue").whole(c.name) and not is_final(c.name)]
    )


def is_final(name: str) -> bool:
    """Whether a button with this name may buy, sign up or send something.

    >>> is_final("Zahlungspflichtig bestellen"), is_final("Weiter zur Zahlung")
    (True, False)
    """
    return words("buying-final").whole(name)


def has_final(seen: Seen) -> bool:
    """Whether the page shows the button that buys."""
    return any(is_final(control.name) for control in clickable(seen) if control.region in {"main", "dialog"})


def clickable(seen: Seen) -> list[Control]:
    """The visible controls one can click."""
    return [control for control in seen.controls if control.visible and control.role in _CLICKED]


def policies(pages: Iterable[Page], shop: str) -> dict[Kind, str]:
    """For each kind of policy page the address that footers and headers name, each address once.

    A link that fits one kind alone goes before one that fits several: `Versand und Rückgabe` is the page on
    returns only where no other is. Main parts of pages are read for kinds that no footer names.
    """
    offers: dict[Kind, list[tuple[int, int, str]]] = {}
    for page in pages:
        for link in page.seen.links if page.seen else ():
            if not same_site(link.href, shop) or is_file(link.href) or changes_something(link.href):
                continue
            if plain(link.href) == plain(shop):
                continue
            kinds = [kind for kind in link_kinds(link.text, link.href) if kind in POLICIES]
            if link.region in {"main", "dialog"} and not any(
                words(f"pages-{kind}").whole(link.text) for kind in kinds
            ):
                continue
            far = (link.region in {"main", "dialog"}) + 2 * (link.text in words("pages-doing"))
            for place, kind in enumerate(kinds):
                offers.setdefault(kind, []).append((far, place + len(kinds), plain(link.href)))
    chosen: dict[Kind, str] = {}
    for _far, _fit, kind, address in sorted(
        (far, fit, kind, address) for kind, found in offers.items() for far, fit, address in found
    ):
        if kind not in chosen and address not in chosen.values():
            chosen[kind] = address
    return {kind: chosen[kind] for kind in POLICIES if kind in chosen}


def _own(seen: Seen, url: str, regions: set[str]) -> list[Link]:
    here = plain(url)
    return [
        link
        for link in seen.links
        if link.region in regions
        and same_site(link.href, url)
        and plain(link.href) != here
        and urlsplit(link.href).path.strip("/")
        and not is_file(link.href)
        and not changes_something(link.href)
        and not is_account(link.text, link.href)
        and not (link_kinds(link.text, link.href) and not has_price(link.text))
    ]


def _near(link: Place, price: Place) -> bool:
    """Whether a price stands in the link's own column, a little above or not far below it."""
    x, y, width, height = link
    left, right = x - 20, x + max(width, 120) + 20
    beside = left <= price[0] <= right or left <= price[0] + price[2] / 2 <= right
    return beside and y - _CARD_ABOVE <= price[1] <= y + height + _CARD_BELOW


def _is_large(image: Image) -> bool:
    return image.place[2] >= 60 and image.place[3] >= 60


def _is_personal(type_: str, autocomplete: str) -> bool:
    return type_ in {"email", "tel", "password"} or autocomplete.startswith(("cc-", "street", "address"))


def _best(scores: dict[str, int], least: int) -> list[str]:
    order = {address: place for place, address in enumerate(scores)}
    return sorted((a for a, s in scores.items() if s >= least), key=lambda a: (-scores[a], order[a]))


def _first(controls: Sequence[Control]) -> Control | None:
    return controls[0] if controls else None
