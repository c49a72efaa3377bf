"""The libraries that the pages load, told by the addresses of scripts and the banners of inline ones."""

from dataclasses import dataclass
from urllib.parse import urljoin

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.hosts import owner
from troth.audit.libraries import Library, by_address, by_banner
from troth.audit.parsing.addresses import registered_domain

_INLINE_CHARACTERS = 20_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """A library in use: the first page that has it, and the script's address, empty for an inline one."""

    library: Library
    page: str
    url: str


@dataclass(frozen=True, slots=True)
class Scripts:
    """Libraries whose version is told, each version once. `pages`: how many pages could be looked at."""

    libraries: tuple[Loaded, ...]
    pages: int


def scripts(site: Site) -> Scripts:
    """The libraries of the first visit's pages; what a provider loads in its own frame is not the shop's."""
    found: dict[tuple[str, str], Loaded] = {}
    for page in site.pages:
        for one in _on(page, site):
            found.setdefault((one.library.name, one.library.version), one)
    return Scripts(tuple(found.values()), len(site.pages))


def _on(page: Page, site: Site) -> list[Loaded]:
    from selectolax.lexbor import LexborHTMLParser

    if page.seen is None:
        return []
    tree = LexborHTMLParser(page.seen.html)
    found = []
    for node in tree.css("script"):
        if source := node.attributes.get("src"):
            url = _joined(page.final_url, source)
            library = by_address(url)
            if library and not _others(url, site):
                found.append(Loaded(library, page.id, url))
        else:
            text = node.text()[:_INLINE_CHARACTERS]
            found += [Loaded(library, page.id, "") for library in by_banner(text)]
    return found


def _others(url: str, site: Site) -> bool:
    """Whether the script belongs to a known provider, who keeps it himself: a chat, a payment, a seal."""
    known = owner(url)
    if known is None or known.purpose in {"cdn", "shop-system", "fonts", "media"}:
        return False
    return registered_domain(url.split("/")[2] if "//" in url else "") != site.domain


def _joined(base: str, source: str) -> str:
    try:
        return urljoin(base, source.strip())
    except ValueError:
        return ""


FACTS = (scripts,)
