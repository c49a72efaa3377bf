"""The cookies and stored names of each visit: what was there before a choice, after "no", after "yes"."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from troth.audit.artifacts.shape import Artifacts, Page, Visit
from troth.audit.catalogue.loading import read
from troth.audit.facts.site import Site
from troth.audit.hosts import TRACKING, owner
from troth.audit.parsing.addresses import registered_domain

Need = Literal["necessary", "tracking", "unknown"]


@dataclass(frozen=True, slots=True)
class Kept:
    """Something a visit left in the browser, with the first page that had it.

    `need` by the catalogue of names and by whose host it is; `entity` who is behind it, empty when unknown.
    `stored`: in the page's storage, no cookie.
    """

    name: str
    domain: str
    need: Need
    entity: str
    page: str
    stored: bool = False


@dataclass(frozen=True, slots=True)
class CookieJar:
    """What was kept, by visit; `visits` are those in which a page could be looked at."""

    kept: dict[Visit, tuple[Kept, ...]]
    visits: frozenset[Visit]

    def tracking(self, visit: Visit) -> tuple[Kept, ...]:
        """What tracks and was in the jar of this visit."""
        return tuple(one for one in self.kept.get(visit, ()) if one.need == "tracking")


def cookie_jar(artifacts: Artifacts, site: Site) -> CookieJar:
    """The jars of all visits."""
    pages = [page for page in artifacts.pages if page.seen is not None]
    found: dict[Visit, dict[tuple[str, str, bool], Kept]] = {}
    for page in pages:
        jar = found.setdefault(page.visit, {})
        for one in _kept(page, site):
            jar.setdefault((one.name, one.domain, one.stored), one)
    kept = {visit: tuple(jar.values()) for visit, jar in found.items()}
    return CookieJar(kept, frozenset(page.visit for page in pages))


def need_of(name: str, domain: str, own: str) -> tuple[Need, str]:
    """What a cookie is for and who is behind it: by its name, else by its domain when that is another's."""
    for need, patterns in _names():
        for entity, pattern in patterns:
            if pattern.match(f"{name}@{domain}" if "@" in pattern.pattern else name):
                return need, entity if need == "tracking" else ""
    known = owner(f"https://{domain.lstrip('.')}/") if registered_domain(domain.lstrip(".")) != own else None
    if known and known.purpose in TRACKING:
        return "tracking", known.entity
    return "unknown", known.entity if known else ""


def _kept(page: Page, site: Site) -> list[Kept]:
    cookies = [
        Kept(cookie.name, cookie.domain, *need_of(cookie.name, cookie.domain, site.domain), page.id)
        for cookie in page.cookies
    ]
    stored = [
        Kept(name, site.host, *need_of(name, site.host, site.domain), page.id, stored=True)
        for name in page.storage
    ]
    return cookies + stored


@cache
def _names() -> tuple[tuple[Need, tuple[tuple[str, re.Pattern[str]], ...]], ...]:
    lists = read("cookies.yaml")
    return tuple(
        (
            need,
            tuple(
                (entity, re.compile(pattern, re.IGNORECASE))
                for entity, patterns in lists[need].items()
                for pattern in patterns
            ),
        )
        for need in ("tracking", "necessary")
    )


FACTS = (cookie_jar,)
