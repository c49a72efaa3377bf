"""What lies over a page when a customer arrives, apart from the question of consent."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts.site import Site, visited
from troth.audit.words import words

_LARGE = 0.3


@dataclass(frozen=True, slots=True)
class Covering:
    """Something that covers more than three tenths of the window.

    `asks`: for age, country or the like; `late`: it came within ten seconds, without the visitor's doing.
    """

    page: str
    text: str
    selector: str
    share: float
    asks: bool
    late: bool


@dataclass(frozen=True, slots=True)
class Coverings:
    """What covers home and product page.

    `looked`: how many such pages were seen; `watched`: how many were seen once more, ten seconds later.
    """

    looked: int
    watched: int
    found: tuple[Covering, ...]


def coverings(artifacts: Artifacts, site: Site) -> Coverings:
    """The large overlays of the first visit, and those that came later, that do not ask for consent."""
    consent = artifacts.consent.selector if artifacts.consent else ""
    pages = [page for page in site.of("home", "product") if page.seen]
    later = visited(artifacts, "late")
    at_once = [one for page in pages for one in _on(page, consent)]
    known = {(one.selector, one.text) for one in at_once}
    then = [one for page in later for one in _on(page, consent) if (one.selector, one.text) not in known]
    return Coverings(len(pages), len(later), (*at_once, *then))


def _on(page: Page, consent: str) -> list[Covering]:
    return [
        Covering(
            page.id,
            overlay.text[:200],
            overlay.selector,
            overlay.share,
            asks=overlay.text in words("overlay-spared"),
            late=page.visit == "late",
        )
        for overlay in (page.seen.overlays if page.seen else ())
        if overlay.share > _LARGE
        and overlay.selector != consent
        and overlay.text not in words("consent-subject")
        and overlay.text.strip()
    ]


FACTS = (coverings,)
