"""What the order costs at the end, beside what was shown on the way there."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from troth.audit.artifacts.shape import Artifacts, Kind, Line
from troth.audit.facts.lines import CENT, Item, making, read, total_of
from troth.audit.facts.site import Site
from troth.audit.words import words

_BEFORE: tuple[Kind, ...] = ("home", "category", "product", "basket", "shipping", "payment")
_EXTRAS = frozenset({"fee", "add-on", "other", "tax", "deposit"})


@dataclass(frozen=True, slots=True)
class Extra:
    """A line of the checkout that costs money; `shown` where its amount stood before, empty when nowhere."""

    text: str
    price: str
    selector: str
    shown: str


@dataclass(frozen=True, slots=True)
class Fees:
    """The checkout's costs. `page`: the checkout's id, empty when it was not reached (`stopped` says why).

    `extras`: lines beyond goods and way that the total contains, or any that are fees where no total tells;
    `estimated`: the basket called its freight an estimate;
    `shipping`: the freight, `shipping_before` the basket's, None where none was named; `unexplained`: what
    the total holds beyond its lines, None when it adds up or could not be added.
    """

    page: str
    stopped: str
    lines: int
    extras: tuple[Extra, ...] = ()
    shipping: Extra | None = None
    shipping_before: Decimal | None = None
    shipping_amount: Decimal | None = None
    total: str = ""
    unexplained: Decimal | None = None
    estimated: bool = False


def fees(artifacts: Artifacts, site: Site) -> Fees:
    """The costs in the order's summary, each looked for on the pages before."""
    stop = next((step for step in artifacts.walk if not step.reached), None)
    stopped = f"{stop.name}: {stop.note}".rstrip(": ") if stop else ""
    page = next((page.id for page in site.of("checkout")), "")
    items = read(artifacts.summary, artifacts.added)
    if not page or not items:
        return Fees(page, stopped, len(items))
    earlier = read(artifacts.basket, artifacts.added)
    total = next((item for item in reversed(items) if item.is_for == "total" and item.amount), None)
    inside, unexplained = _composed(items, total)
    freight = next((item for item in items if item.is_for == "shipping" and item.amount), None)
    before = next(
        (item.amount for item in earlier if item.is_for == "shipping" and item.amount is not None), None
    )
    return Fees(
        page=page,
        stopped=stopped,
        lines=len(items),
        extras=tuple(_extra(item, artifacts.basket, site) for item in inside),
        shipping=_extra(freight, artifacts.basket, site) if freight else None,
        shipping_before=before,
        shipping_amount=freight.amount if freight else None,
        total=total.line.price if total else "",
        unexplained=unexplained,
        estimated=any(
            f"{item.line.text} {item.line.price}" in words("freight_estimate")
            for item in earlier
            if item.is_for == "shipping"
        ),
    )


def _composed(items: tuple[Item, ...], total: Item | None) -> tuple[Sequence[Item], Decimal | None]:
    """The extras that the total contains, and what stays unexplained.

    VAT that is included is written as a line and not added; hence the smallest set of extras is taken that
    makes the total. Where no total tells, every fee and add-on counts.
    """
    extras = [
        item for item in items if item.is_for in _EXTRAS and item.amount is not None and item.amount > 0
    ]
    certain = [item for item in extras if item.is_for in {"fee", "add-on"}]
    goods = total_of(items, "product") or total_of(items, "subtotal")
    if total is None or total.amount is None or not goods:
        return certain, None
    base = goods + total_of(items, "shipping") - abs(total_of(items, "discount"))
    chosen = making(total.amount, base, extras)
    if chosen is not None:
        return chosen, None
    rest = total.amount - base
    return certain, rest if rest > CENT else None


def _extra(item: Item, basket: tuple[Line, ...], site: Site) -> Extra:
    """The line with the id of the page before that names its amount."""
    line = item.line
    digits = _plain(line.price)
    pages = site.of(*_BEFORE)
    baskets = [page.id for page in pages if page.kind == "basket"]
    if any(_plain(other.price) == digits and _alike(other.text, line.text) for other in basket):
        return Extra(line.text, line.price, line.selector, baskets[0] if baskets else "basket")
    shown = next(
        (page.id for page in pages if page.seen and digits and _beside(page.seen.text, line.text, digits)), ""
    )
    return Extra(line.text, line.price, line.selector, shown)


def _beside(text: str, said: str, digits: str) -> bool:
    """Whether a line of `text`, or two that follow each other, names the amount; for a fee with its word."""
    rows = [" ".join(row.split()) for row in text.split("\n") if row.strip()]
    pairs = [f"{one} {two}" for one, two in zip(rows, [*rows[1:], ""], strict=True)]
    return any(set(digits.split()) <= set(_plain(pair).split()) and _alike(pair, said) for pair in pairs)


def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return fuzz.partial_token_set_ratio(one.casefold(), other.casefold()) >= 80


def _plain(price: str) -> str:
    """The digits of an amount, the cents with a point: `€ 4,95` → `4.95`."""
    found = re.sub(r"[^\d.,]", " ", price.replace(",-", ",00")).replace(",", ".")
    return " ".join(found.split())


FACTS = (fees,)
