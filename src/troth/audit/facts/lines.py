"""Reading the lines of a basket or an order's summary: what each is for, and its amount. Pure functions."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Literal

from troth.audit.artifacts.shape import Line
from troth.audit.words import words

For = Literal[
    "product", "subtotal", "total", "discount", "shipping", "tax", "deposit", "fee", "add-on", "other"
]
_GROUPS: tuple[tuple[For, str], ...] = (
    ("subtotal", "line_subtotal"),
    ("total", "line_total"),
    ("discount", "line_discount"),
    ("fee", "line_fee"),
    ("add-on", "add_on"),
    ("shipping", "line_shipping"),
    ("tax", "line_tax"),
    ("deposit", "line_deposit"),
)
CENT = Decimal("0.01")
_MOST_EXTRAS = 6
_SHORT = 60
_ALIKE = 85


@dataclass(frozen=True, slots=True)
class Item:
    """A line that was read. `amount` None where it names no price; below zero for what is taken off."""

    line: Line
    is_for: For
    amount: Decimal | None


def read(lines: tuple[Line, ...], added: str) -> tuple[Item, ...]:
    """Each line with what it is for; `added` is the product that the visitor put into the basket."""
    return tuple(Item(line, kind_of(line.text, added), amount_of(line)) for line in lines)


def kind_of(text: str, added: str) -> For:
    """What a line is for, by its likeness to the product first and by its words second."""
    if added and alike(added, text):
        return "product"
    if len(text) > _SHORT:
        # A long line is goods or something sold with them; the words of sums stand in short ones.
        return "add-on" if text[:_SHORT] in words("add_on") else "other"
    return next((kind for kind, group in _GROUPS if text in words(group)), "other")


def alike(added: str, text: str) -> bool:
    """Whether a line names the product: all of it, or nearly, anywhere in the line."""
    from rapidfuzz import fuzz

    one, other = added.casefold(), text.casefold()
    shorter = min(len(one), len(other))
    return shorter > 2 and (
        fuzz.partial_ratio(one, other) >= _ALIKE
        if len(one) <= len(other)
        else fuzz.token_set_ratio(one, other) >= _ALIKE
    )


def total_of(items: tuple[Item, ...], *kinds: For) -> Decimal:
    """The sum of the lines that are for these."""
    amounts = (item.amount for item in items if item.is_for in kinds and item.amount is not None)
    return sum(amounts, Decimal(0))


def making(sum_: Decimal, base: Decimal, items: Sequence[Item]) -> tuple[Item, ...] | None:
    """The smallest set of `items` that, added to `base`, makes `sum_` to the cent; None when none does."""
    for count in range(min(len(items), _MOST_EXTRAS) + 1):
        for chosen in combinations(items, count):
            if abs(base + total_of(chosen, *(item.is_for for item in chosen)) - sum_) <= CENT:
                return chosen
    return None


def amount_of(line: Line) -> Decimal | None:
    """The line's price as a number; below zero for a discount written with a minus."""
    return amount(line.price)


def amount(price: str) -> Decimal | None:
    """A price as written: `€ 1.299,-` → 1299; None when there is none; 0 for "free"."""
    from price_parser import Price

    said = price.strip()
    if not said:
        return None
    if said in words("line_free"):
        return Decimal(0)
    found = Price.fromstring(said).amount
    if found is None:
        return None
    value = Decimal(found)
    minus = said.lstrip("€$£ ").startswith(("-", "−", "–")) and not said.endswith(("-", "–"))
    return -value if minus and value > 0 else value


FACTS = ()
