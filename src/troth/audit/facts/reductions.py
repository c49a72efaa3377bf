"""Prices that are struck out, and what is said of the price they are compared with."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from troth.audit.facts.prices import Prices, ShownPrice
from troth.audit.facts.site import Site

_ONE_CARD_PX = 170
"""How far below or above each other the amounts of one product stand."""


@dataclass(frozen=True, slots=True)
class Reduction:
    """A struck price. `lowest`: the lowest of the last 30 days that is named beside it, None without one.

    `is_list`: a recommended price, not an earlier one of the shop. `asked`: the price that stands nearest to
    it, None where there is none or two are as near.
    """

    page: str
    struck: Decimal
    lowest: Decimal | None
    is_list: bool
    quote: str
    selector: str
    asked: ShownPrice | None = None

    @property
    def basis(self) -> Decimal:
        """The least that the shop says was asked in the 30 days before."""
        return self.struck if self.lowest is None else min(self.struck, self.lowest)


@dataclass(frozen=True, slots=True)
class Reductions:
    """All struck prices of categories and products; `pages` were looked at."""

    all: tuple[Reduction, ...]
    pages: tuple[str, ...]


def reductions(site: Site, prices: Prices) -> Reductions:
    """The struck prices of the first visit."""
    pages = site.of("home", "category", "product")
    found = [
        _reduction(price, shown)
        for page in pages
        for shown in [prices.of(page.id)]
        for price in shown
        if price.struck and price.role in ("was", "list", "lowest")
    ]
    return Reductions(tuple(found), tuple(page.id for page in pages))


def _reduction(struck: ShownPrice, shown: Sequence[ShownPrice]) -> Reduction:
    """The struck price with the note that stands nearest to it, within one product's card."""
    notes = [
        price
        for price in shown
        if price.role == "lowest" and not price.struck and _gap(struck, price) is not None
    ]
    nearest = min(notes, key=lambda price: _gap(struck, price) or 0.0, default=None)
    lowest = struck.value if struck.role == "lowest" else nearest.value if nearest else None
    quote = f"{struck.quote} … {nearest.quote}" if nearest else struck.quote
    return Reduction(
        struck.page, struck.value, lowest, struck.role == "list", quote[:240], struck.selector,
        _asked(struck, shown),
    )  # fmt: skip


def _asked(struck: ShownPrice, shown: Sequence[ShownPrice]) -> ShownPrice | None:
    """The price of the same product: the nearest one that is asked."""
    gaps = [
        (gap, price)
        for price in shown
        if price.role == "price" and not price.struck and (gap := _gap(struck, price)) is not None
    ]
    least = min((gap for gap, _price in gaps), default=0.0)
    nearest = [price for gap, price in gaps if gap <= least]
    return nearest[0] if len({price.value for price in nearest}) == 1 else None


def _gap(one: ShownPrice, other: ShownPrice) -> float | None:
    """The pixels between two prices of one card; None when they stand too far apart."""
    (x, y, width, height), (other_x, other_y, other_width, other_height) = one.place, other.place
    down = max(other_y - (y + height), y - (other_y + other_height), 0.0)
    aside = max(other_x - (x + width), x - (other_x + other_width), 0.0)
    return down + aside if down <= _ONE_CARD_PX and aside <= _ONE_CARD_PX else None


FACTS = (reductions,)
