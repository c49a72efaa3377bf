"""Whether one can order without an account, as far as the checkout was walked."""

import re
from dataclasses import dataclass

from troth.audit.artifacts.page import Field
from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts.site import Site
from troth.audit.words import words

_ADDRESS = re.compile(
    r"address-line|street|postal-code|family-name|stra(?:ss|ß)e|straat|post_?code|plz|\bzip|city|woonplaats|\bort\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """Words or a field on a page."""

    page: str
    quote: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Guest:
    """What the checkout asks who wants to buy.

    `offer`: words that offer the way without an account; `address`: a form that asks where to send the goods,
    without a password that must be given; `wall`: it asks to sign in or to sign up, with its words. `pages`:
    ids of the checkout's pages.
    """

    offer: Said | None
    address: Said | None
    wall: Said | None
    pages: tuple[str, ...]


def guest(artifacts: Artifacts, site: Site) -> Guest:
    """The checkout of the first visit."""
    pages = site.of("checkout")
    walls = [_wall(page) for page in pages]
    step = next((one for one in artifacts.walk if one.name == "checkout" and one.code == "login-wall"), None)
    if step and not any(walls):
        walls.append(Said(pages[0].id if pages else "", step.note))
    return Guest(
        offer=next((said for page in pages if (said := _offer(page))), None),
        address=next((said for page in pages if (said := _address(page))), None),
        wall=next(filter(None, walls), None),
        pages=tuple(page.id for page in pages),
    )


def _offer(page: Page) -> Said | None:
    found = words("buying-guest").find(page.seen.text) if page.seen else None
    return Said(page.id, found.quote) if found else None


def _address(page: Page) -> Said | None:
    fields = [one for one in _fields(page) if _ADDRESS.search(f"{one.autocomplete} {one.name} {one.label}")]
    if len(fields) < 2 or _demands_password(page):
        return None
    return Said(page.id, fields[0].label or fields[0].name, fields[0].selector)


def _wall(page: Page) -> Said | None:
    passwords = [field for field in _fields(page) if field.type == "password"]
    if page.seen is None or _address(page) is not None:
        return None
    needed = words("account_needed").find(page.seen.text)
    if not passwords and needed is None:
        return None
    field = passwords[0] if passwords else None
    quote = needed.quote if needed else (field.label or field.name) if field else ""
    return Said(page.id, quote, field.selector if field else "")


def _demands_password(page: Page) -> bool:
    return any(field.type == "password" and field.required for field in _fields(page))


def _fields(page: Page) -> list[Field]:
    fields = page.seen.fields if page.seen else ()
    return [field for field in fields if field.visible and field.region not in {"header", "footer", "dialog"}]


FACTS = (guest,)
