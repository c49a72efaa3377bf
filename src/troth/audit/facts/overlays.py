"""What lies over a page when a customer arrives, apart from the question of consent."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts
from troth.audit.facts.site import Site
from troth.audit.words import words

_LARGE = 0.3


@dataclass(frozen=True, slots=True)
class Covering:
    """Something that covers more than three tenths of the window; `asks`: for age, country or the like."""

    page: str
    text: str
    selector: str
    share: float
    asks: bool


@dataclass(frozen=True, slots=True)
class Coverings:
    """What covers home and product page; `looked`: how many such pages were seen."""

    looked: int
    found: tuple[Covering, ...]


def coverings(artifacts: Artifacts, site: Site) -> Coverings:
    """The large overlays of the first visit that do not ask for consent."""
    consent = artifacts.consent.selector if artifacts.consent else ""
    pages = [page for page in site.of("home", "product") if page.seen]
    found = [
        Covering(
            page.id,
            overlay.text[:200],
            overlay.selector,
            overlay.share,
            overlay.text in words("overlay-spared"),
        )
        for page in pages
        for overlay in (page.seen.overlays if page.seen else ())
        if overlay.share > _LARGE
        and overlay.selector != consent
        and overlay.text not in words("consent-subject")
        and overlay.text.strip()
    ]
    return Coverings(len(pages), tuple(found))


FACTS = (coverings,)
