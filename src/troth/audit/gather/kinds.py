"""What a page or a link is for: told by its words first, then its address, then what the page declares.

Pure functions. Words stand in `catalogue/words/pages-*.yaml`, in Dutch, German and English.
"""

import re
from urllib.parse import parse_qsl, unquote, urlsplit

from troth.audit.artifacts.page import Control, Seen
from troth.audit.artifacts.shape import Kind
from troth.audit.parsing.addresses import names_category, names_product
from troth.audit.parsing.declared import Declared, declared
from troth.audit.parsing.money import has_price
from troth.audit.words import words

POLICIES: tuple[Kind, ...] = (
    "withdrawal", "returns", "shipping", "payment", "imprint", "contact", "privacy", "terms", "about",
    "reviews", "guarantee", "help",
)  # fmt: skip
"""Kinds of pages that a footer leads to; where a link fits several, the earlier is meant first."""

_WHOLE: tuple[Kind, ...] = ("basket", "checkout")
_LONGEST_LINK = 60
_ADDRESS_AUTOCOMPLETE = re.compile(r"address-line|street|postal-code|family-name|cc-number")
_ADDRESS_NAME = re.compile(
    r"street|stra(?:ss|ß)e|straat|post_?code|postal|plz|zip|city|woonplaats|ort\b|huisnummer", re.IGNORECASE
)
_PRODUCTS = frozenset({"Product", "ProductGroup", "ProductModel", "IndividualProduct"})
_LISTS = frozenset({"ItemList", "CollectionPage", "SearchResultsPage", "OfferCatalog"})


def link_kinds(text: str, url: str) -> tuple[Kind, ...]:
    """Every kind that a link may lead to, the likeliest first; by its text, else by its address.

    >>> link_kinds("Versand und Rückgabe", "https://shop.example/info/7")
    ('returns', 'shipping')
    >>> link_kinds("", "https://shop.example/pages/privacy-policy")
    ('privacy',)
    """
    said = " ".join(text.split())
    if 0 < len(said) <= _LONGEST_LINK and (kinds := _kinds(said)):
        return kinds
    return _kinds(slug_words(url))


def _kinds(text: str) -> tuple[Kind, ...]:
    if words("consent-settings").whole(text):
        return ()  # a button that opens the settings of consent, not a page
    whole = tuple(kind for kind in _WHOLE if words(f"pages-{kind}").whole(text))
    return whole or tuple(kind for kind in POLICIES if text in words(f"pages-{kind}"))


def is_account(text: str, url: str) -> bool:
    """Whether a link signs in, signs up or out, or opens a wish list."""
    account = words("pages-account")
    return account.whole(text) or account.whole(slug_words(url))


def slug_words(url: str) -> str:
    """The last parts of an address as words: `/pages/about-us.html` → `about us`."""
    parts = urlsplit(url)
    named = [value for key, value in parse_qsl(parts.query) if key in {"route", "page", "view", "controller"}]
    path = unquote(named[0] if named else parts.path).rstrip("/")
    last = re.sub(r"\.(?:html?|php|aspx?|jsp)$", "", path.rpartition("/")[2], flags=re.IGNORECASE)
    return re.sub(r"[-_+.~\s]+", " ", last).strip()


def page_kind(seen: Seen, url: str) -> Kind:
    """What the page at `url` is, by all that it shows."""
    path = urlsplit(url).path
    if asks_for_address(seen):
        return "checkout"
    if names_basket(url):
        return "basket"
    if path in {"", "/"} and not urlsplit(url).query:
        return "home"
    said = declared(seen.html, url)
    if (kind := _goods(seen, said, url)) is not None:
        return kind
    named = link_kinds(heading(seen), url)
    return named[0] if named else "other"


def names_basket(url: str) -> bool:
    """Whether the address is called a basket: `/cart`, `/winkelwagen`."""
    return words("pages-basket").whole(slug_words(url))


def _goods(seen: Seen, said: Declared, url: str) -> Kind | None:
    products = sum(said.types[name] for name in _PRODUCTS)
    lists = any(said.types[name] for name in _LISTS)
    adds = len(add_controls(seen))
    if products == 1 and (adds or has_price(seen.text)) and not said.types["CollectionPage"]:
        return "product"
    if products > 2 or lists or adds > 2:
        return "category"
    if has_price(seen.text):
        if adds or names_product(url):
            return "product"
        if names_category(url):
            return "category"
    return None


def add_controls(seen: Seen) -> tuple[Control, ...]:
    """The visible controls that put something into the basket."""
    group = words("buying-add")
    return tuple(
        control
        for control in seen.controls
        if control.visible and control.role in {"button", "link", "submit"} and group.whole(control.name)
    )


def asks_for_address(seen: Seen) -> bool:
    """Whether a visible form asks where to send the goods: two fields at least."""
    fields = [field for field in seen.fields if field.visible and field.region != "footer"]
    asked = [
        field
        for field in fields
        if _ADDRESS_AUTOCOMPLETE.search(field.autocomplete)
        or _ADDRESS_NAME.search(f"{field.name} {field.label}")
    ]
    return len(asked) >= 2


def asks_to_sign_in(seen: Seen) -> bool:
    """Whether the page shows a password field in its main part."""
    return any(
        field.type == "password" and field.visible and field.region not in {"header", "footer"}
        for field in seen.fields
    )


def heading(seen: Seen) -> str:
    """The page's first headline, else its title up to the shop's name."""
    match = re.search(r"<h1\b[^>]*>(.*?)</h1>", seen.html, re.IGNORECASE | re.DOTALL)
    said = " ".join(re.sub(r"<[^>]+>", " ", match[1]).split()) if match else ""
    return said or re.split(r"\s[|–—·-]\s", seen.title)[0].strip()
