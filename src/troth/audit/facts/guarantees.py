"""What is said of the legal guarantee, and whether the Union's notice of it is shown."""

import re
from dataclasses import dataclass

from troth.audit.facts.passages import Passages
from troth.audit.facts.site import Site
from troth.audit.parsing.sentences import shortened
from troth.audit.words import words

_NOTICE_LINK = re.compile(
    r"^https?://(?:[\w.-]+\.)?europa\.eu/.*(?:guarantee|garant|gew(?:ae|%C3%A4|ä)hr)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Saying:
    """A sentence, link or picture."""

    page: str
    quote: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Guarantees:
    """Sentences on the legal guarantee; `notices`: the harmonised notice by its link, name or picture.

    `pages`: ids of the pages of goods, basket, checkout and terms that were looked at.
    """

    sayings: tuple[Saying, ...]
    notices: tuple[Saying, ...]
    pages: tuple[str, ...]


def guarantees(site: Site, passages: Passages) -> Guarantees:
    """What the first visit's pages say of the legal guarantee."""
    legal, notice = words("legal_guarantee"), words("guarantee_notice")
    looked = site.of("product", "basket", "checkout", "terms", "guarantee", "returns", "help")
    told = list(passages.but("privacy", "reviews"))
    return Guarantees(
        tuple(
            Saying(passage.page, shortened(passage.text, hit.start, hit.end))
            for passage in told
            if (hit := legal.find(passage.text))
        ),
        (
            *(Saying(passage.page, passage.text[:240]) for passage in told if passage.text in notice),
            *(
                Saying(page.id, link.text or link.href, link.selector)
                for page in site.pages
                for link in (page.seen.links if page.seen else ())
                if _NOTICE_LINK.match(link.href)
            ),
            *(
                Saying(page.id, image.alt, image.selector)
                for page in site.pages
                for image in (page.seen.images if page.seen else ())
                if image.alt in notice or image.alt in legal
            ),
        ),
        tuple(page.id for page in looked),
    )


FACTS = (guarantees,)
