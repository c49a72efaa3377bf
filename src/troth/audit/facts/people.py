"""What the shop tells of the people behind it: who, since when, where."""

import re
from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.facts.structured import Structured
from troth.audit.gather.kinds import link_kinds
from troth.audit.parsing import identity
from troth.audit.words import words

_YEAR = re.compile(r"(?<!\d)(?:1[89]\d\d|20[0-4]\d)(?!\d)")


@dataclass(frozen=True, slots=True)
class People:
    """Quotes of the page about the shop, empty where nothing was found.

    `page`: empty when none was seen. `linked_on`: a page that links to one.
    """

    page: str
    linked_on: str
    who: str
    history: str
    place: str


def people(site: Site, passages: Passages, structured: Structured) -> People:
    """What the page about the shop says."""
    pages = site.of("about")
    linked = next((page.id for page in site.pages if _links(page)), "")
    if not pages:
        return People("", linked, "", "", "")
    told = list(passages.of("about"))
    own = [passage.text for passage in told if not _is_chrome(passage.text)]
    persons = [name for page in pages for name in structured.of(page.id).people]
    roles = [hit.quote for text in own if (hit := words("person_role").find(text))]
    history = [text for text in own if text in words("history") and _YEAR.search(text)]
    addresses = [identity.address(page.seen.text, site.country) for page in pages if page.seen]
    place = next((found for found in addresses if found), None)
    return People(
        pages[0].id,
        linked,
        next(iter([*persons, *roles]), ""),
        next(iter(history), "")[:240],
        f"{place.street}, {place.city}" if place else "",
    )


def _links(page: Page) -> bool:
    return page.seen is not None and any(
        "about" in link_kinds(link.text, link.href) for link in page.seen.links
    )


def _is_chrome(text: str) -> bool:
    """A line such as `© 2026 Shop GmbH`, which every page has."""
    return text.startswith("©") or "copyright" in text.lower()


FACTS = (people,)
