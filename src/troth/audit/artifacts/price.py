"""The price of a product as an audit saw it, kept so that later audits know what was asked before."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Literal

DAY_MS = 86_400_000
CLOSE_MS = 8 * DAY_MS
"""Sightings at most so far apart leave no time for another price to matter: a week and a day of grace."""


@dataclass(frozen=True, slots=True)
class SeenPrice:
    """What was asked for a product, by one audit or by several in a row that saw the same.

    Attributes:
        product: The address of its page, without fragment and marks of advertising.
        name: What it is called there.
        place: `page`: its own page; `card`: its card among others, where a range's least price may stand.
        sku: Its number by the structured data, which tells variants apart; may be empty.
        value: The price asked.
        currency: ISO's letters, empty where neither the page nor its structured data name one.
        struck: The shop's earlier price that is struck beside it, None where the price is not reduced.
        text: The price as written.
        first_ms: When it was first seen so, UTC epoch milliseconds.
        last_ms: When it was last seen so; between the two never more than `CLOSE_MS` unseen.
    """

    product: str
    name: str
    place: Literal["page", "card"]
    sku: str
    value: Decimal
    currency: str
    struck: Decimal | None
    text: str
    first_ms: int
    last_ms: int

    @property
    def series(self) -> tuple[str, str, str, str, str]:
        """What must be the same for two prices to be compared."""
        return self.product, self.place, self.name, self.sku, self.currency


def joined(prices: Iterable[SeenPrice]) -> tuple[SeenPrice, ...]:
    """The same by series and time, those in a row that say the same put together.

    >>> day = [SeenPrice("a", "A", "page", "", Decimal(9), "EUR", None, "9 €", n, n) for n in (3, 1, 2)]
    >>> [(price.first_ms, price.last_ms) for price in joined(day)]
    [(1, 3)]
    """
    found: list[SeenPrice] = []
    for price in sorted(prices, key=lambda one: (one.series, one.first_ms, one.last_ms)):
        last = found[-1] if found else None
        if last is not None and _goes_on(last, price):
            found[-1] = replace(last, last_ms=max(last.last_ms, price.last_ms))
        else:
            found.append(price)
    return tuple(found)


def _goes_on(last: SeenPrice, price: SeenPrice) -> bool:
    same = last.series == price.series and (last.value, last.struck) == (price.value, price.struck)
    return same and price.first_ms - last.last_ms <= CLOSE_MS
