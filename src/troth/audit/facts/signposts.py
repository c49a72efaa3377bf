"""What tells a customer where in the shop one is: search, navigation, breadcrumb."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.facts.structured import Structured


@dataclass(frozen=True, slots=True)
class Signposts:
    """Pages (ids) where each was looked for, and those where it was missing."""

    looked: tuple[str, ...]
    without_search: tuple[str, ...]
    without_navigation: tuple[str, ...]
    below: tuple[str, ...]
    without_breadcrumb: tuple[str, ...]


def signposts(site: Site, structured: Structured) -> Signposts:
    """Search and navigation on home, category and product page; a breadcrumb on the latter two."""
    pages, below = site.of("home", "category", "product"), site.of("category", "product")
    return Signposts(
        tuple(page.id for page in pages),
        tuple(page.id for page in pages if not _has(page, "search")),
        tuple(page.id for page in pages if not _has(page, "navigation")),
        tuple(page.id for page in below),
        tuple(
            page.id for page in below if not (_has(page, "breadcrumb") or structured.of(page.id).breadcrumbs)
        ),
    )


def _has(page: Page, landmark: str) -> bool:
    return bool(page.seen and landmark in page.seen.landmarks)


FACTS = (signposts,)
