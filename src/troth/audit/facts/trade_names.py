"""Under which names the shop goes: in titles, in what it tells machines, and in its e-mail addresses."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import unquote, urlsplit

from troth.audit.catalogue.loading import read
from troth.audit.facts.site import Site
from troth.audit.facts.structured import Structured
from troth.audit.parsing.addresses import registered_domain

Where = Literal["title", "site-name", "organization", "email"]

_SEPARATOR = re.compile(r"\s+[|–—·»:-]\s+")


@dataclass(frozen=True, slots=True)
class TradeName:
    """One name, where it stands and on which page first. An e-mail's name is its registered domain."""

    name: str
    where: Where
    page: str
    quote: str


@dataclass(frozen=True, slots=True)
class TradeNames:
    """Every distinct name by its kind of place; `free`: addresses at a provider where anyone gets one."""

    names: tuple[TradeName, ...]
    free: tuple[TradeName, ...]


def trade_names(site: Site, structured: Structured) -> TradeNames:
    """The names of the first visit's pages."""
    found: dict[tuple[Where, str], TradeName] = {}

    def note(name: str, where: Where, page: str, quote: str) -> None:
        tidy = " ".join(name.split())
        if tidy:
            found.setdefault((where, tidy.casefold()), TradeName(tidy, where, page, quote[:160]))

    shared = _shared_part(page.seen.title for page in site.pages if page.seen)
    for page in site.pages:
        if page.seen is None:
            continue
        if shared and shared in _SEPARATOR.split(page.seen.title):
            note(shared, "title", page.id, page.seen.title)
        marked = structured.of(page.id)
        note(marked.opengraph.get("og:site_name", ""), "site-name", page.id, "og:site_name")
        for organization in marked.organizations:
            note(organization.name, "organization", page.id, organization.name)
        for address in _addresses(link.href for link in page.seen.links):
            note(registered_domain(address.rpartition("@")[2].lower()), "email", page.id, address)
    names = tuple(found.values())
    free = tuple(name for name in names if name.where == "email" and name.name in free_providers())
    return TradeNames(tuple(name for name in names if name not in free), free)


@cache
def free_providers() -> frozenset[str]:
    """Domains where anyone gets an address for nothing."""
    return frozenset(read("free_mail.yaml"))


def _shared_part(titles: Iterable[str]) -> str:
    """The part that at least half of the titles share, beside what each says of its page; empty when none."""
    parts = [set(_SEPARATOR.split(title.strip())) for title in titles if title.strip()]
    counts = Counter(part for one in parts for part in one)
    often = [part for part, count in counts.most_common() if count > 1 and 2 * count >= len(parts)]
    return often[0] if often else ""


def _addresses(hrefs: Iterable[str]) -> list[str]:
    return [
        unquote(urlsplit(href).path).split(",")[0].strip()
        for href in hrefs
        if href.lower().startswith("mailto:") and "@" in href
    ]


FACTS = (trade_names,)
