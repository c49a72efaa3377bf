"""What customers are quoted with on the front page, and who and when."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.parsing.quoted_people import Testimonial
from troth.audit.parsing.quoted_people import testimonials as read


@dataclass(frozen=True, slots=True)
class Quoted:
    """A testimonial and the page it stands on."""

    page: str
    said: Testimonial


@dataclass(frozen=True, slots=True)
class Testimonials:
    """Those that can be seen on the front page and on pages about the shop; `looked`: one was seen at all."""

    quoted: tuple[Quoted, ...]
    looked: bool


def testimonials(site: Site) -> Testimonials:
    """The testimonials of the first visit."""
    pages = site.of("home", "about", "reviews")
    return Testimonials(tuple(one for page in pages for one in _on(page)), bool(pages))


def _on(page: Page) -> list[Quoted]:
    if page.seen is None:
        return []
    there = _letters(page.seen.text)
    return [Quoted(page.id, one) for one in read(page.seen.html) if _letters(one.text)[:50] in there]


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


FACTS = (testimonials,)
