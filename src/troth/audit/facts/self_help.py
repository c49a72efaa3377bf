"""What customers can do themselves: find answers, see an order's status, register a return."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.words import words

Help = Literal["faq", "status", "returns"]
HELPS: tuple[Help, ...] = ("faq", "status", "returns")

_LONGEST = 80
_SIGNED_IN = re.compile(
    r"/(?:my-?)?(?:account|konto|kundenkonto|login|log-in|sign-?in|customer|inloggen|mein)(?:[/?.]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Offered:
    """A help that is offered, and where. `signed_in`: one has to sign in for it."""

    help: Help
    page: str
    quote: str
    selector: str
    signed_in: bool


@dataclass(frozen=True, slots=True)
class SelfHelp:
    """The helps that the first visit's pages lead to, each once; `pages`: ids of those looked at."""

    offered: tuple[Offered, ...]
    pages: tuple[str, ...]

    def of(self, help_: Help) -> Offered | None:
        """The best offer of one kind."""
        return next((one for one in self.offered if one.help == help_), None)


def self_help(site: Site) -> SelfHelp:
    """The links and buttons that help."""
    walled = {page.final_url.rstrip("/") for page in site.pages if _asks_to_sign_in(page)}
    found: dict[Help, Offered] = {}
    for page in site.pages:
        for one in _on(page, walled):
            known = found.get(one.help)
            if known is None or (known.signed_in and not one.signed_in):
                found[one.help] = one
    return SelfHelp(tuple(found.values()), tuple(page.id for page in site.pages))


def _on(page: Page, walled: set[str]) -> Iterator[Offered]:
    if page.seen is None:
        return
    for link in page.seen.links:
        if link.visible:
            signed_in = _needs_account(link.href, walled)
            for help_ in _named(link.text, HELPS):
                yield Offered(help_, page.id, link.text, link.selector, signed_in)
    for control in page.seen.controls:
        if control.visible and control.role == "button":
            for help_ in _named(control.name, ("status", "returns")):
                yield Offered(help_, page.id, control.name, control.selector, signed_in=False)
    if page.kind == "help":
        yield Offered("faq", page.id, page.seen.title, "", signed_in=False)


def _named(text: str, helps: tuple[Help, ...]) -> list[Help]:
    short = 0 < len(text) <= _LONGEST
    return [help_ for help_ in helps if short and text in words(f"help_{help_}")]


def _needs_account(href: str, walled: set[str]) -> bool:
    try:
        path = urlsplit(href).path
    except ValueError:
        return False
    return href.rstrip("/") in walled or _SIGNED_IN.search(path) is not None


def _asks_to_sign_in(page: Page) -> bool:
    fields = page.seen.fields if page.seen else ()
    return any(
        field.type == "password" and field.visible and field.region not in {"header", "footer"}
        for field in fields
    )


FACTS = (self_help,)
