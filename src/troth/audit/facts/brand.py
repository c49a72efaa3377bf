"""How the shop looks from page to page: its logo, fonts, colours, header and footer."""

from dataclasses import dataclass
from math import log2
from urllib.parse import urlsplit

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.words import words

_TOP_PX = 250
"""How far down a shop's name may stand to be its sign; as far as the collector looks for the picture."""
_SAME_PICTURE = 6
"""Bits of 64 by which two perceptual hashes of one picture may differ (audit.md; imagehash's own advice)."""


@dataclass(frozen=True, slots=True)
class Look:
    """One page beside the home page.

    `logo`: whether its logo is the same picture, or the same name in letters; None where either has none.
    `home_link`: the logo leads home. `fonts`, `colours`: Jensen-Shannon distance (0 the same, 1 nothing in
    common). `header`, `footer`: share of the home page's links there that are here, too (0 to 1); None where
    it has none.
    """

    page: str
    kind: str
    logo: bool | None
    home_link: bool | None
    fonts: float
    colours: float
    header: float | None
    footer: float | None


@dataclass(frozen=True, slots=True)
class Brand:
    """The home page's id, whether it shows a logo, and every other page of the first visit beside it.

    The shop's name in letters that lead home is a logo, too, where there is no picture.
    """

    home: str
    has_logo: bool
    looks: tuple[Look, ...]


def brand(site: Site) -> Brand:
    """Each page beside the home page."""
    home = next(iter(site.of("home")), None)
    if home is None or home.seen is None:
        return Brand("", has_logo=False, looks=())
    others = [page for page in site.pages if page.id != home.id and page.seen]
    title = home.seen.title.casefold()
    letters = "" if home.logo_hash else next((name for name in _names(home.seen, home) if name in title), "")
    return Brand(
        home.id,
        has_logo=bool(home.logo_hash or letters),
        looks=tuple(_look(page, page.seen, home, home.seen, letters) for page in others if page.seen),
    )


def _look(page: Page, seen: Seen, home: Page, home_seen: Seen, letters: str) -> Look:
    shown = (letters in _names(seen, home)) or None
    return Look(
        page.id,
        page.kind,
        shown if letters else _same_logo(page.logo_hash, home.logo_hash),
        shown if letters else _leads_home(seen),
        distance(seen.fonts, home_seen.fonts),
        distance(seen.colours, home_seen.colours),
        _shared(seen, home_seen, "header"),
        _shared(seen, home_seen, "footer"),
    )


def distance(one: dict[str, float], other: dict[str, float]) -> float:
    """The Jensen-Shannon distance (base 2) of two distributions; weights need not add up to 1.

    >>> distance({"a": 1}, {"a": 7}), distance({"a": 1}, {"b": 1})
    (0.0, 1.0)
    """
    whole, others = sum(one.values()), sum(other.values())
    if not whole or not others:
        return 0.0 if whole == others else 1.0
    divergence = 0.0
    for name in {*one, *other}:
        p, q = one.get(name, 0.0) / whole, other.get(name, 0.0) / others
        middle = (p + q) / 2
        divergence += sum(share / 2 * log2(share / middle) for share in (p, q) if share)
    return float(max(0.0, divergence) ** 0.5)


def _names(seen: Seen, home: Page) -> list[str]:
    """What the links at the page's top that lead home say, case-folded, where no picture is the logo."""
    if seen.logo is not None:
        return []
    root = urlsplit(home.final_url).netloc
    return [
        name
        for link in seen.links
        if link.visible
        and link.place[1] <= _TOP_PX
        and _address(link.href) in {root, _address(home.final_url)}
        if (name := " ".join(link.text.split()).casefold()) and not words("home_link").whole(name)
    ]


def _same_logo(one: str, other: str) -> bool | None:
    if not one or not other:
        return None
    return (int(one, 16) ^ int(other, 16)).bit_count() <= _SAME_PICTURE


def _leads_home(seen: Seen) -> bool | None:
    """Whether the picture at the logo's place is in a link to the shop's first page."""
    if seen.logo is None:
        return None
    linked = next((image.linked_to for image in seen.images if image.selector == seen.logo), None)
    if linked is None:
        linked = next((link.href for link in seen.links if seen.logo.startswith(link.selector)), "")
    return len([part for part in urlsplit(linked).path.split("/") if part]) <= 1 if linked else False


def _shared(seen: Seen, home: Seen, region: str) -> float | None:
    theirs = {_address(link.href) for link in home.links if link.region == region}
    if not theirs:
        return None
    return len(theirs & {_address(link.href) for link in seen.links}) / len(theirs)


def _address(href: str) -> str:
    parts = urlsplit(href)
    return f"{parts.netloc}{parts.path.rstrip('/')}"


FACTS = (brand,)
