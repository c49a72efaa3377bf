"""Which means of payment the shop names before the checkout, in words or as pictures."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Kind, Page
from troth.audit.facts.site import Site
from troth.audit.parsing.sentences import sentences
from troth.audit.words import Found, words

_BEFORE: tuple[Kind, ...] = ("home", "category", "product", "basket", "payment", "shipping", "help", "terms")


@dataclass(frozen=True, slots=True)
class PaymentMethod:
    """A means of payment as named, and where; `selector` of the picture, empty for words."""

    name: str
    page: str
    quote: str
    selector: str


@dataclass(frozen=True, slots=True)
class PaymentMethods:
    """The means named on `pages`, each once a page."""

    pages: tuple[str, ...]
    named: tuple[PaymentMethod, ...]


def payment_methods(site: Site) -> PaymentMethods:
    """The means of payment that the first visit's pages name before the checkout."""
    pages = [page for page in site.of(*_BEFORE) if page.seen]
    found = [method for page in pages if page.seen for method in _named(page, page.seen)]
    once = {(method.page, method.name): method for method in reversed(found)}
    return PaymentMethods(tuple(page.id for page in pages), tuple(reversed(once.values())))


def _named(page: Page, seen: Seen) -> Iterator[PaymentMethod]:
    for image in seen.images:
        file = re.sub(r"[-_.]", " ", unquote(urlsplit(image.src).path).rpartition("/")[2])
        for said in (image.alt, file):
            if image.visible and (hit := _mark(said)):
                yield PaymentMethod(hit.text.lower(), page.id, said[:120], image.selector)
                break
    for control in seen.controls:
        if control.role == "img" and control.visible and (hit := _mark(control.name)):
            yield PaymentMethod(hit.text.lower(), page.id, control.name[:120], control.selector)
    for text in sentences(seen.text):
        for hit in words("payment_method").find_all(text):
            yield PaymentMethod(hit.text.lower(), page.id, hit.quote, "")


def _mark(said: str) -> Found | None:
    """The means of payment that a picture is named after."""
    return words("payment_method").find(said) or words("payment_mark").find(said)


FACTS = (payment_methods,)
