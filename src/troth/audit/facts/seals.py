"""Trust marks on the pages, whose they are, and whether one can look the shop up at the issuer."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from troth.audit.artifacts.page import Image, Link
from troth.audit.artifacts.shape import Page
from troth.audit.catalogue.loading import read
from troth.audit.facts.site import Site
from troth.audit.facts.third_parties import ThirdParties
from troth.audit.parsing.addresses import registered_domain

Leads = Literal["profile", "other-shop", "front", "own-page", "elsewhere", "nowhere"]
"""Where a mark leads: to a page of the issuer's (that names another shop, that is its front page), to a page
of the shop's own, to someone else, or nowhere."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues a mark: patterns of its names and files, and the hosts of certificates."""

    name: str
    said: re.Pattern[str]
    file: re.Pattern[str]
    hosts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seal:
    """A mark, once for each issuer and place it leads to.

    `widget`: the issuer's own script or frame is on the page, which shows the mark only to whom it belongs.
    """

    issuer: str
    page: str
    selector: str
    shown_as: str
    link: str
    leads: Leads
    widget: bool


@dataclass(frozen=True, slots=True)
class Seals:
    """The marks of the first visit's pages; `pages`: how many could be looked at."""

    seals: tuple[Seal, ...]
    pages: int


def seals(site: Site, third_parties: ThirdParties) -> Seals:
    """Pictures and links that show a known issuer's mark."""
    widgets = {
        (page, issuer.name)
        for party in third_parties.of()
        if (issuer := _of_host(party.host)) and not party.first_party
        for page in party.pages
    }
    ways = {
        issuer.name for page in site.pages for link in _links(page) if (issuer := _of_link(link.href, site))
    }
    found: dict[tuple[str, Leads, str], Seal] = {}
    for page in site.pages:
        for image in page.seen.images if page.seen else ():
            issuer = _of_image(image)
            if issuer is not None and _drawn(image):
                seal = _seal(issuer, page, image, site, ways, widget=(page.id, issuer.name) in widgets)
                found.setdefault((issuer.name, seal.leads, seal.link), seal)
    return Seals(tuple(found.values()), len(site.pages))


def leads_to(link: str, issuer: Issuer, site: Site) -> Leads:
    """Where `link` leads, for a mark of `issuer`."""
    parts = _split(link)
    host = registered_domain(parts[0])
    if not link or not host:
        return "nowhere"
    if host == site.domain:
        return "own-page" if parts[1].strip("/") else "nowhere"
    if host not in issuer.hosts:
        return "elsewhere"
    said = f"{parts[1]}?{parts[2]}"
    if not re.search(r"[\w-]{4,}", re.sub(r"^/(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?|\.(?:html?|php)$", "", said)):
        return "front"
    named = {
        registered_domain(name) for name in re.findall(r"(?<![\w.-])(?:[\w-]+\.)+[a-z]{2,12}(?![\w-])", said)
    }
    others = {name for name in named if "." in name and not re.search(r"\.(?:html?|php|aspx?|jsp)$", name)}
    own = site.domain.partition(".")[0]
    if others and not any(name == site.domain or name.partition(".")[0] == own for name in others):
        return "other-shop"
    return "profile"


def _seal(issuer: Issuer, page: Page, image: Image, site: Site, ways: set[str], *, widget: bool) -> Seal:
    leads = leads_to(image.linked_to, issuer, site)
    if leads in {"own-page", "elsewhere"} and issuer.name in ways:
        leads = "profile"  # the page that explains the mark, or another place, goes on to the issuer
    shown = image.alt or urlsplit(image.src).path.rpartition("/")[2]
    return Seal(issuer.name, page.id, image.selector, shown[:200], image.linked_to, leads, widget)


def _drawn(image: Image) -> bool:
    return image.visible and image.place[2] >= 20 and image.place[3] >= 12


def _of_image(image: Image) -> Issuer | None:
    address = unquote(_split(image.src)[1])
    host = registered_domain(_split(image.src)[0])
    for issuer in issuers():
        if issuer.said.search(image.alt) or issuer.file.search(address) or host in issuer.hosts:
            return issuer
    return None


def _of_host(host: str) -> Issuer | None:
    domain = registered_domain(host)
    return next((issuer for issuer in issuers() if domain in issuer.hosts), None)


def _of_link(href: str, site: Site) -> Issuer | None:
    """The issuer of the profile that a link leads to."""
    issuer = _of_host(_split(href)[0])
    return issuer if issuer and leads_to(href, issuer, site) == "profile" else None


def _links(page: Page) -> tuple[Link, ...]:
    return page.seen.links if page.seen else ()


def _split(url: str) -> tuple[str, str, str]:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return "", "", ""
    return host if parts.scheme in {"http", "https"} else "", parts.path, parts.query


@cache
def issuers() -> tuple[Issuer, ...]:
    """The table `catalogue/issuers.yaml`."""
    return tuple(
        Issuer(
            name,
            re.compile(rf"(?<!\w)(?:{'|'.join(entry['names'])})(?!\w)", re.IGNORECASE),
            re.compile("|".join(entry["files"]), re.IGNORECASE),
            frozenset(entry["hosts"]),
        )
        for name, entry in read("issuers.yaml").items()
    )


FACTS = (seals,)
