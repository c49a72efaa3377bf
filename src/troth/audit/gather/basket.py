"""Putting a product into the basket, and reading what a basket or an order's summary then holds."""

from dataclasses import dataclass

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Line, Page
from troth.audit.gather import choosing
from troth.audit.gather.acting import click, script
from troth.audit.gather.kinds import heading
from troth.audit.gather.visit import PLAIN, Visit, Wants
from troth.audit.parsing.money import PRICE
from troth.audit.words import words

_FREE = "gratis|free|kostenlos|kostenfrei|versandkostenfrei"
_MOST_LINES = 100


@dataclass(frozen=True, slots=True)
class Put:
    """A product that was put into the basket: its name, what was chosen for it, where the click led."""

    name: str
    chosen: tuple[str, ...]
    page: Page


async def put(visit: Visit, seen: Seen, wants: Wants = PLAIN) -> Put | None:
    """Put the product on the live page into the basket; None when there is no control for it.

    Sizes and the like that are left open are chosen first. What is in the basket then, only the basket says.
    """
    control = choosing.add_control(seen)
    if control is None:
        return None
    sold_out = words("buying-out_of_stock").pattern().pattern
    chosen = await script(visit, "variants", selector=control.selector, soldOut=sold_out)
    page = await click(visit, control.selector, "basket", wants)
    return None if page is None else Put(heading(seen), tuple(map(str, chosen or ())), page)


async def lines(visit: Visit, added: str = "") -> tuple[Line, ...] | None:
    """The lines of goods, sums and fees on the live page, in their order; None when it could not be read.

    `added` is the name of the product that was put in: a line that names it is a line of goods.
    """
    remove = words("buying-remove").pattern().pattern
    found = await script(visit, "rows", price=PRICE.pattern, free=_FREE, remove=remove, added=added)
    if found is None:
        return None
    return tuple(
        Line(str(row["text"]), str(row["price"]), str(row["selector"]), item=bool(row["item"]))
        for row in found[:_MOST_LINES]
    )
