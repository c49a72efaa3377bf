"""The shop at a glance: its pages by kind, its host, the language it speaks and the law it sells under."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import Artifacts, Kind, Page, Visit
from troth.audit.parsing.addresses import registered_domain

_COUNTRY_OF_ENDING = {"de": "DE", "at": "AT", "ch": "CH", "nl": "NL", "be": "BE", "uk": "GB", "ie": "IE"}
_COUNTRY_OF_LANGUAGE = {"de": "DE", "nl": "NL"}


@dataclass(frozen=True, slots=True)
class Site:
    """The pages of the first visit that could be seen, and what is known of the whole.

    `language`: the one most pages declare (`en`, `de`, `nl` or another two letters, empty when none does).
    `country`: two letters, by the host's ending, else by the language; empty when neither tells.
    `domain`: the registered domain, for a bare address the address.
    """

    shop: str
    host: str
    domain: str
    language: str
    country: str
    pages: tuple[Page, ...]

    def of(self, *kinds: Kind) -> tuple[Page, ...]:
        """The pages of these kinds, in the order of the visit."""
        return tuple(page for page in self.pages if page.kind in kinds)

    def page(self, id_: str) -> Page | None:
        """The page with this id."""
        return next((page for page in self.pages if page.id == id_), None)


def site(artifacts: Artifacts) -> Site:
    """The shop as the first visit saw it."""
    pages = visited(artifacts, "first")
    host = urlsplit(artifacts.shop).hostname or ""
    languages = [page.seen.language[:2].lower() for page in pages if page.seen and page.seen.language]
    language = max(sorted(set(languages)), key=languages.count, default="")
    domain = registered_domain(host)
    ending = domain.rpartition(".")[2]
    country = _COUNTRY_OF_ENDING.get(ending) or _COUNTRY_OF_LANGUAGE.get(language, "")
    return Site(artifacts.shop, host, domain, language, country, pages)


def visited(artifacts: Artifacts, visit: Visit) -> tuple[Page, ...]:
    """The pages of one visit that could be seen."""
    return tuple(page for page in artifacts.pages if page.visit == visit and page.seen is not None)


FACTS = (site,)
