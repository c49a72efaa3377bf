"""What the privacy policy says, point by point, and how one gets to it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from troth.audit.artifacts.page import Link
from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.words import words

POINTS = ("controller", "purposes", "rights", "complaint", "retention", "recipients")
"""What a policy has to speak of; each is a group of words, `privacy_…`."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point that is there, with the words that show it."""

    name: str
    page: str
    quote: str


@dataclass(frozen=True, slots=True)
class PrivacyPolicy:
    """The policy. `pages`: ids, empty when none was seen; `linked_from`: the front page with a link to one.

    `failed`: a page was found that could not be read. `cut`: a page was too long to be read to its end.
    `looked`: a front page was seen, so that a missing link means something.
    """

    pages: tuple[str, ...]
    points: tuple[Point, ...]
    linked_from: str
    linked_as: str
    failed: bool
    cut: bool
    looked: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The points that no page speaks of."""
        there = {point.name for point in self.points}
        return tuple(name for name in POINTS if name not in there)


def privacy_policy(site: Site) -> PrivacyPolicy:
    """The policy as the first visit read it."""
    pages = site.of("privacy")
    homes = site.of("home")
    link = next(((page, link) for page in homes if (link := _link(page))), None)
    return PrivacyPolicy(
        pages=tuple(page.id for page in pages if _readable(page)),
        points=tuple(point for name in POINTS if (point := _point(name, pages))),
        linked_from=link[0].id if link else "",
        linked_as=link[1].text or link[1].href if link else "",
        failed=any(not _readable(page) for page in pages),
        cut=any(page.seen is not None and "text" in page.seen.cut for page in pages),
        looked=any(_readable(page) for page in homes),
    )


def _readable(page: Page) -> bool:
    return page.seen is not None and page.status is not None and page.status < 400


def _link(page: Page) -> Link | None:
    if page.seen is None:
        return None
    group = words("privacy_link")
    said = (link for link in page.seen.links if len(link.text) < 80 and link.text in group)
    slugs = (
        link for link in page.seen.links if "privacy" in (path := _path(link.href)) or "datenschutz" in path
    )
    return next(said, None) or next(slugs, None)


def _path(href: str) -> str:
    try:
        return urlsplit(href).path.lower()
    except ValueError:
        return ""


def _point(name: str, pages: tuple[Page, ...]) -> Point | None:
    group = words(f"privacy_{name}")
    for page in pages:
        if page.seen and _readable(page) and (found := group.find(page.seen.text)):
            return Point(name, page.id, found.quote)
    return None


FACTS = (privacy_policy,)
