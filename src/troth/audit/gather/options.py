"""What an audit is to gather, and how much of it."""

from dataclasses import dataclass, field

from troth.audit.artifacts.shape import Visit
from troth.audit.browser.options import Options as BrowserOptions

FURTHER: tuple[Visit, ...] = ("second", "forwarded", "pinned", "late", "reject", "accept", "small")


@dataclass(frozen=True, slots=True)
class Options:
    """What to gather of a shop.

    Args:
        browser: How the browser is started and how it behaves: private addresses, authorities, robots.txt.
        walk_checkout: Whether forms of the checkout are filled, with data that anyone sees is made up.
            Nothing is ever bought or sent either way.
        further: The visits beside the first; each is made only where there is something for it to see.
        axe: Whether axe-core is run, once for each kind of page.
        pages: At most so many pages, all visits together.
        products: At most so many products' pages in the first visit.
        links: Whether the links of menus and policy pages are asked for.
        seconds: Until the audit stops and says what was left out.
        language: Two letters that the browser asks for pages in; empty: the shop's own choice.
    """

    browser: BrowserOptions = field(default_factory=BrowserOptions)
    walk_checkout: bool = False
    further: tuple[Visit, ...] = FURTHER
    axe: bool = True
    pages: int = 60
    products: int = 2
    links: bool = True
    seconds: float = 180.0
    language: str = ""
