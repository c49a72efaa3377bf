"""What lies in the basket that the visitor did not put there, and which boxes were ticked for them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.page import Field
from troth.audit.artifacts.shape import SHOPPING, Artifacts, Page
from troth.audit.facts.lines import Item, making, read, total_of
from troth.audit.facts.site import Site
from troth.audit.words import words

_TICKS = frozenset({"checkbox", "switch"})
_GOODS = frozenset({"add-on", "other"})
_EXTRAS = frozenset({"fee", "add-on", "other", "tax", "deposit"})
_PRICED = re.compile(r"(?:€|\$|£|EUR|CHF)\s?\d|\d\s?(?:€|\$|£|EUR|CHF)|\d,-")


@dataclass(frozen=True, slots=True)
class Slipped:
    """A line that costs money and is not the product that was added."""

    page: str
    text: str
    price: str
    selector: str
    add_on: bool


@dataclass(frozen=True, slots=True)
class Ticked:
    """A box that the page itself ticked, on what agrees to advertising or costs money."""

    page: str
    label: str
    selector: str
    about: Literal["marketing", "price"]


@dataclass(frozen=True, slots=True)
class BasketFacts:
    """The basket and its boxes.

    `reached`: the kinds of pages that were reached of basket and checkout; `stopped`: why the walk ended
    before, as it said itself. `compared`: there were lines, and the product's name to hold them against.
    """

    slipped: tuple[Slipped, ...]
    ticked: tuple[Ticked, ...]
    reached: frozenset[str]
    stopped: str
    compared: bool


def basket_facts(artifacts: Artifacts, site: Site) -> BasketFacts:
    """The basket as the first visit found it after adding one product."""
    reached = {page.kind for page in site.of("basket", "checkout")}
    stops = [step for step in artifacts.walk if not step.reached]
    basket = next((page.id for page in site.of("basket")), "")
    checkout = next((page.id for page in site.of("checkout")), "")
    slipped = [
        Slipped(basket, item.line.text, item.line.price, item.line.selector, item.is_for == "add-on")
        for item in read(artifacts.basket_before, "")
        if item.line.item and item.amount is not None and item.amount > 0
    ]
    if artifacts.added:
        for page, lines in ((basket, artifacts.basket), (checkout, artifacts.summary)):
            slipped += _slipped(page, read(lines, artifacts.added))
    return BasketFacts(
        slipped=_once(slipped),
        ticked=tuple(one for page in site.of(*SHOPPING) for one in _ticked(page)),
        reached=frozenset(reached),
        stopped=f"{stops[0].name}: {stops[0].note}".rstrip(": ") if stops else "",
        compared=bool(artifacts.added and (artifacts.basket or artifacts.summary)),
    )


def _slipped(page: str, items: tuple[Item, ...]) -> list[Slipped]:
    """Goods beside the product that the sum contains; where no sum tells, add-ons and lines of goods.

    Without any line that is the product, the walk misread the basket: none.
    """
    if not any(item.is_for == "product" and item.amount for item in items):
        return []
    extras = [
        item for item in items if item.is_for in _EXTRAS and item.amount is not None and item.amount > 0
    ]
    goods = total_of(items, "product")
    freight = total_of(items, "shipping") - abs(total_of(items, "discount"))
    inside: Sequence[Item] | None = None
    for kind, base in (("total", goods + freight), ("subtotal", goods)):
        sums = [item.amount for item in items if item.is_for == kind and item.amount]
        if inside is None and sums:
            inside = making(sums[-1], base, extras)
    if inside is None:
        inside = [item for item in extras if item.is_for == "add-on" or item.line.item]
    return [
        Slipped(page, item.line.text, item.line.price, item.line.selector, item.is_for == "add-on")
        for item in inside
        if item.is_for in _GOODS
    ]


def _once(slipped: list[Slipped]) -> tuple[Slipped, ...]:
    """A line of the basket comes again in the summary; the first one stands."""
    found: dict[tuple[str, str], Slipped] = {}
    for one in slipped:
        found.setdefault((" ".join(one.text.casefold().split()), one.price), one)
    return tuple(found.values())


def _ticked(page: Page) -> list[Ticked]:
    if page.seen is None:
        return []
    found = []
    for field in page.seen.fields:
        if (
            field.type in _TICKS
            and field.preset
            and field.checked
            and field.visible
            and field.region != "dialog"
        ):
            label = field.label or field.near
            if (about := _about(label, field)) is not None:
                found.append(Ticked(page.id, label[:200], field.selector, about))
    return found


def _about(label: str, field: Field) -> Literal["marketing", "price"] | None:
    if label in words("marketing_box"):
        return None if label in words("marketing_box_no") else "marketing"
    said = label if label in words("add_on") or label in words("line_fee") else ""
    priced = _priced(label) or (len(field.near) < 200 and _priced(field.near))
    return "price" if said and priced and label not in words("marketing_box_no") else None


def _priced(text: str) -> bool:
    return _PRICED.search(text) is not None


FACTS = (basket_facts,)
