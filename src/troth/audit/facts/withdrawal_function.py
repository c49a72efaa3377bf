"""The function to withdraw from a contract: where it is linked, and whether it opens without signing in."""

from dataclasses import dataclass

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import plain, same_site
from troth.audit.words import words

_SIDES = ("header", "nav", "footer")


@dataclass(frozen=True, slots=True)
class Way:
    """A link or button to the function."""

    page: str
    text: str
    href: str
    selector: str


@dataclass(frozen=True, slots=True)
class WithdrawalFunction:
    """The ways to it. `opens`: the page behind, empty when it was not seen.

    `usable`: it has a form or a button that withdraws.
    `asks_to_sign_in`: the page behind shows a password field.
    """

    ways: tuple[Way, ...]
    opens: str
    usable: bool
    asks_to_sign_in: bool


def withdrawal_function(site: Site) -> WithdrawalFunction:
    """The function as the first visit's pages offer it."""
    named = words("withdrawal_function")
    ways = [
        Way(page.id, link.text, link.href, link.selector)
        for page in site.pages
        for link in (page.seen.links if page.seen else ())
        if len(link.text) <= 80 and link.text in named and same_site(link.href, site.shop)
    ]
    ways += [
        Way(page.id, control.name, page.final_url, control.selector)
        for page in site.pages
        for control in (page.seen.controls if page.seen else ())
        if control.role in ("button", "submit") and control.visible and control.name in named
    ]
    targets = {plain(way.href) for way in ways}
    behind = [page for page in site.pages if targets & {plain(page.url), plain(page.final_url)}]
    page = next((page for page in behind if _usable(page)), behind[0] if behind else None)
    return WithdrawalFunction(
        tuple(ways),
        page.id if page else "",
        page is not None and _usable(page),
        page is not None and _signs_in(page),
    )


def _usable(page: Page) -> bool:
    """Whether a form or a button of the page's own part withdraws."""
    if page.seen is None or _signs_in(page):
        return False
    forms = {field.form for field in page.seen.fields if field.region not in _SIDES and field.visible}
    named = words("withdrawal_function")
    buttons = [
        control
        for control in page.seen.controls
        if control.role in ("button", "submit") and control.visible and control.region not in _SIDES
    ]
    return any(control.name in named for control in buttons) or bool(forms - {None})


def _signs_in(page: Page) -> bool:
    fields = page.seen.fields if page.seen else ()
    return any(field.type == "password" and field.visible and field.region not in _SIDES for field in fields)


FACTS = (withdrawal_function,)
