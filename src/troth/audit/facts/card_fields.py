"""Where card data are typed: in the shop's own page, in a provider's frame, or on a provider's page."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from troth.audit.artifacts.page import Field
from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.hosts import owner
from troth.audit.parsing.addresses import registered_domain
from troth.audit.words import words

_SECRET = {"cc-number", "cc-csc"}
_BUTTONS = {"PayPal", "Amazon Pay", "Apple Pay", "Google Pay", "Klarna", "Shopify Payments"}
_TYPED = {"text", "tel", "number", "password", ""}


@dataclass(frozen=True, slots=True)
class CardField:
    """A field for a card's number or code in the shop's own page."""

    page: str
    label: str
    selector: str


@dataclass(frozen=True, slots=True)
class CardFields:
    """What the pages of the checkout ask for.

    `own`: fields in the shop's pages; `providers`: (page, name) of payment providers whose frame or page
    takes the data, a mere button of theirs aside; `choice`: the id of a page on which a means of payment is
    chosen, empty when none was seen. `unread`: (page, address) of the shop's own frames: nothing is known of
    them.
    """

    own: tuple[CardField, ...]
    providers: tuple[tuple[str, str], ...]
    choice: str
    unread: tuple[tuple[str, str], ...]
    pages: tuple[str, ...]


def card_fields(site: Site) -> CardFields:
    """The checkout's pages of the first visit, as far as it was walked."""
    pages = site.of("checkout")
    shops = [page for page in pages if not _provider(page.final_url)]
    return CardFields(
        own=tuple(field for page in (*site.of("basket"), *shops) for field in _fields(page)),
        providers=tuple(dict.fromkeys(found for page in pages for found in _providers(page))),
        choice=next((page.id for page in pages if _chooses(page)), ""),
        unread=tuple(found for page in shops for found in _own_frames(page, site)),
        pages=tuple(page.id for page in pages),
    )


def _provider(url: str) -> str:
    known = owner(url)
    return known.entity if known and known.purpose == "payment" else ""


def _providers(page: Page) -> list[tuple[str, str]]:
    """The provider's page, or its frames: a wallet's button stands on pages where nobody pays yet."""
    if page.seen is None:
        return []
    frames = [name for frame in page.seen.frames if frame.visible and (name := _provider(frame.src))]
    named = [_provider(page.final_url), *(name for name in frames if name not in _BUTTONS or _chooses(page))]
    return [(page.id, name) for name in named if name]


def _fields(page: Page) -> list[CardField]:
    fields = page.seen.fields if page.seen else ()
    return [
        CardField(page.id, field.label or field.name, field.selector)
        for field in fields
        if _takes_card(field)
    ]


def _takes_card(field: Field) -> bool:
    """By the standard's own name; by its words only where it shows."""
    if _SECRET & set(field.autocomplete.split()):
        return True
    said = f"{field.label} {field.name}".replace("_", " ").replace("-", " ")
    return field.visible and field.type in _TYPED and said in words("card_number")


def _chooses(page: Page) -> bool:
    if page.seen is None:
        return False
    means = words("payment_choice")
    named = [field.label for field in page.seen.fields if field.type == "radio" and field.label in means]
    named += [
        one.name for one in page.seen.controls if one.role in {"radio", "button", "tab"} and one.name in means
    ]
    return bool(named)


def _own_frames(page: Page, site: Site) -> list[tuple[str, str]]:
    frames = page.seen.frames if page.seen else ()
    return [
        (page.id, frame.src)
        for frame in frames
        if frame.visible and frame.src.startswith("http") and _domain(frame.src) == site.domain
    ]


def _domain(url: str) -> str:
    try:
        return registered_domain(urlsplit(url).hostname or "")
    except ValueError:
        return ""


FACTS = (card_fields,)
