"""Addresses: which belong to the shop, which are the same page, and which change something when asked for."""

import re
from functools import cache
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

if TYPE_CHECKING:
    from tldextract import TLDExtract

_TRACKING = re.compile(r"^(?:utm_\w+|gclid|fbclid|msclkid|mc_[ce]id|srsltid|_gl|ref)$")
_CHANGES = re.compile(
    r"(?:^|[/_=&?.-])(?:log-?out|sign-?out|abmelden|uitloggen|add-to-(?:cart|basket|bag|wishlist)|addtocart"
    r"|add_product|unsubscribe|afmelden|abbestellen|cancel-order|empty-?cart)(?:$|[/_=&?.-])"
    r"|(?:^|[/=&?])(?:add|remove|delete|clear|cancel)(?:$|[/=&?])",
    re.IGNORECASE,
)
_PRODUCT = re.compile(r"/(?:products?|produkte?n?|producten|artikel|items?|p|dp|pd)/[^/]+/?$", re.IGNORECASE)
_CATEGORY = re.compile(
    r"/(?:c|cat|categor(?:y|ies|ie|ieen)|kategorien?|collections?|product-category|catalogu?e?|shop|winkel"
    r"|assortiment|sortiment)(?:/|$)",
    re.IGNORECASE,
)
_FILE = re.compile(
    r"\.(?:pdf|zip|docx?|xlsx?|csv|jpe?g|png|gif|webp|avif|svg|mp[34]|webm|ics|vcf|xml|rss|exe|dmg|apk|gz)$",
    re.IGNORECASE,
)


@cache
def registered_domain(host: str) -> str:
    """`shop.example.co.uk` → `example.co.uk`, by the public suffix list that tldextract brings.

    Below an ending that the list does not know, the last two labels; an address is its own.
    """
    try:
        return str(ip_address(host.strip("[]")))
    except ValueError:
        return _extract()(host).top_domain_under_public_suffix or ".".join(host.split(".")[-2:])


@cache
def _extract() -> "TLDExtract":
    """By the list that the package brings; nothing is fetched."""
    import tldextract

    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def same_site(url: str, shop: str) -> bool:
    """Whether `url` is a page of the shop: the same registered domain, for a bare address the same port too.

    >>> same_site("https://www.shop.example/a", "https://shop.example/")
    True
    """
    there, here = urlsplit(url), urlsplit(shop)
    if there.scheme not in {"http", "https"} or not there.hostname or not here.hostname:
        return False
    if there.hostname == here.hostname:
        return _port(url) == _port(shop) or {_port(url), _port(shop)} == {80, 443}
    ours, theirs = registered_domain(here.hostname), registered_domain(there.hostname)
    return ours == theirs and ours != here.hostname.rpartition(".")[2]


def _port(url: str) -> int | None:
    parts = urlsplit(url)
    try:
        return parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return None


def plain(url: str) -> str:
    """The address without its fragment and without the marks of advertising."""
    parts = urlsplit(url)
    query = [
        (key, value)
        for key, value in parse_qsl(parts.query, keep_blank_values=True)
        if not _TRACKING.match(key)
    ]
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path or "/", urlencode(query), ""))


def template(url: str) -> str:
    """The shape of the address: pages of one template have the same.

    >>> template("https://shop.example/product/red-shoe-42") == template("https://shop.example/product/hat")
    True
    """
    parts = urlsplit(url)
    head, _slash, last = parts.path.rstrip("/").rpartition("/")
    keys = ",".join(sorted({key for key, _value in parse_qsl(parts.query)}))
    ending = last.rpartition(".")[2] if "." in last else ""
    folders = re.sub(r"\d+", "#", head)
    return f"{parts.netloc}{folders}/*{ending}?{keys}"


def is_file(url: str) -> bool:
    """Whether the address names a file to fetch rather than a page to see."""
    return _FILE.search(urlsplit(url).path) is not None


def changes_something(url: str) -> bool:
    """Whether asking for `url` may sign out, fill or empty something: such a link is left alone.

    >>> changes_something("https://shop.example/?add-to-cart=7"), changes_something("https://shop.example/address")
    (True, False)
    """
    parts = urlsplit(url)
    return _CHANGES.search(unquote(f"{parts.path}?{parts.query}")) is not None


def names_product(url: str) -> bool:
    """Whether the address has the shape of a product's page: `/product/red-shoe`, `/dp/B0011`."""
    return _PRODUCT.search(urlsplit(url).path) is not None


def names_category(url: str) -> bool:
    """Whether the address has the shape of a list of products: `/collections/shoes`, `/kategorie/7`."""
    return _CATEGORY.search(urlsplit(url).path) is not None
