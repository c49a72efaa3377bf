"""Every price that a page shows: its amount, where it stands, and what it is the price of."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

from troth.audit.artifacts.page import Place, Region, TextRun
from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.parsing.money import Money, amounts, bare_amount
from troth.audit.words import words

Role = Literal["price", "was", "list", "lowest", "unit", "shipping", "saving"]
"""What an amount is: `price`: what is asked; `was`: asked before; `list`: a recommended price; `lowest`: the
lowest of the last 30 days; `unit`: for a kilogram or so; `shipping`: of shipping, or the sum it is free from;
`saving`: what is saved, or a voucher's worth."""

_ROLES: tuple[Role, ...] = ("lowest", "list", "shipping", "unit", "saving", "was")
_PIECE = re.compile(r"(?:[\d.,\s'’€£$–—-]|EUR|CHF|GBP|USD|Fr\.|kr){1,14}\*?", re.IGNORECASE)
_CENTS = re.compile(r"[.,]?\d{2}")
_LONG_TEXT = 160


@dataclass(frozen=True, slots=True)
class ShownPrice:
    """One price: `currency` is ISO's, empty where the page writes none beside it; `size` in CSS pixels."""

    page: str
    value: Decimal
    currency: str
    role: Role
    struck: bool
    text: str
    quote: str
    selector: str
    region: Region
    size: float
    place: Place


@dataclass(frozen=True, slots=True)
class Prices:
    """The prices of all pages of the first visit, in the order of the pages and their text."""

    all: tuple[ShownPrice, ...]

    def of(self, page: str, *roles: Role) -> tuple[ShownPrice, ...]:
        """The prices on the page with this id, of these roles (of all when none is named)."""
        return tuple(price for price in self.all if price.page == page and (not roles or price.role in roles))


def prices(site: Site) -> Prices:
    """The prices that the pages show."""
    return Prices(tuple(price for page in site.pages for price in shown_prices(page)))


def shown_prices(page: Page) -> Iterator[ShownPrice]:
    """The prices in the visible text of a page; one drawn in pieces (`59` `,90` `€`) is put together."""
    runs = page.seen.runs if page.seen else ()
    place = 0
    while place < len(runs):
        run, used = _joined(runs, place)
        before = runs[place - 1] if place and _same_block(runs[place - 1], run) else None
        place += used
        found = list(amounts(run.text)) or [bare for bare in [bare_amount(run.text)] if bare]
        for money in found:
            yield _shown(page.id, run, money, before)


def _shown(page: str, run: TextRun, money: Money, before: TextRun | None) -> ShownPrice:
    near = run.text[max(0, money.start - _LONG_TEXT) : money.end + _LONG_TEXT]
    if before is not None and len(run.text) < 60:
        near = f"{before.text[-80:]} {near}"
    role: Role = next((role for role in _ROLES if near in words(f"price_{role}")), "price")
    if role == "price" and run.struck:
        role = "was"
    return ShownPrice(
        page, money.value, money.currency, role, run.struck, money.text.strip(), near.strip(), run.selector,
        run.region, run.size, run.place,
    )  # fmt: skip


def _joined(runs: Sequence[TextRun], start: int) -> tuple[TextRun, int]:
    """The run at `start` with the pieces after it that make one price with it, and how many these are."""
    first = runs[start]
    if not _PIECE.fullmatch(first.text) or not any(mark.isdigit() or mark in "€£$" for mark in first.text):
        return first, 1
    text, used, last = first.text.strip(), 1, first
    for run in runs[start + 1 : start + 4]:
        if not (_PIECE.fullmatch(run.text) and _adjacent(last, run) and run.struck == first.struck):
            break
        piece = run.text.strip()
        if (
            _CENTS.fullmatch(piece)
            and re.search(r"\d\s*[€£$]?$", text)
            and not re.search(r"[.,]\d{2}\D*$", text)
        ):
            mark = "" if piece[0] in ".," else ","
            text = re.sub(r"(\d)(\s*[€£$]?)$", rf"\g<1>{mark}{piece}\g<2>", text)
        elif re.search(r"[.,]\d{2}\D*$", text) and piece[0].isdigit():
            break  # the next price begins
        elif any(mark in "€£$" for mark in text) and any(mark in "€£$" for mark in piece):
            break
        else:
            text = f"{text} {piece}" if not piece.startswith((".", ",")) else f"{text}{piece}"
        used, last = used + 1, run
    if used == 1 or len(list(amounts(text))) != 1:
        return first, 1
    biggest = max(runs[start : start + used], key=lambda run: run.size)
    return replace(biggest, text=text), used


def _adjacent(left: TextRun, right: TextRun) -> bool:
    """Whether two pieces stand in one line, next to or in each other."""
    (x, y, width, height), (right_x, right_y, _width, right_height) = left.place, right.place
    in_line = y - 2 <= right_y + right_height and right_y <= y + height + 2
    return in_line and x - 2 <= right_x <= x + width + max(left.size, right.size)


def _same_block(left: TextRun, right: TextRun) -> bool:
    """Whether the text before belongs to a price: in its line, and not far."""
    (x, y, width, height), (right_x, right_y, _width, right_height) = left.place, right.place
    in_line = y <= right_y + right_height / 2 <= y + height
    return (in_line and -4 <= right_x - (x + width) <= 40) or (in_line and x <= right_x <= x + width)


FACTS = (prices,)
