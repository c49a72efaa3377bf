"""What a product's page says of shipping and delivery, and the rules that the shop states elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from troth.audit.artifacts.page import Place
from troth.audit.artifacts.shape import Page
from troth.audit.facts.passages import Passage, Passages
from troth.audit.facts.products import Products, ShownProduct
from troth.audit.facts.site import Site
from troth.audit.gather.kinds import link_kinds
from troth.audit.parsing.dates import names_day
from troth.audit.parsing.durations import Duration, durations
from troth.audit.parsing.money import Money, amounts
from troth.audit.parsing.sentences import sentences, shortened
from troth.audit.words import words

NEAR_PX = 260
"""How far from the price, up or down, something still stands beside it."""
_NEAR_TEXT = 70


@dataclass(frozen=True, slots=True)
class Cost:
    """What a product's page says of the cost of shipping.

    `says`: `amount` an amount or that it is free, `link` words that lead to the page on shipping, `words`
    only words. `beside`: near the price.
    """

    page: str
    says: Literal["amount", "link", "words"]
    beside: bool
    quote: str
    selector: str


@dataclass(frozen=True, slots=True)
class DeliveryTime:
    """How long delivery takes: in days, `least` to `most`; both None where a date or just a word is given.

    `working`: working days. `dispatch`: until the goods leave, not until they arrive. `from_markup`: told by
    structured data, so that there are no words to quote.
    """

    page: str
    least: float | None
    most: float | None
    quote: str
    language: str
    working: bool = False
    dispatch: bool = False
    from_markup: bool = False


@dataclass(frozen=True, slots=True)
class FreeFrom:
    """A sum from which shipping is free."""

    page: str
    value: Decimal
    currency: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """Shipping and delivery. `products`: ids of the product pages that were looked at.

    `in_basket`: places of the basket that name the cost of shipping; `rules`: sentences elsewhere that do.
    """

    products: tuple[str, ...]
    costs: tuple[Cost, ...]
    in_basket: tuple[str, ...]
    rules: tuple[Passage, ...]
    times: tuple[DeliveryTime, ...]
    free_from: tuple[FreeFrom, ...]


def delivery(site: Site, products: Products, passages: Passages) -> Delivery:
    """What the first visit's pages say of shipping and delivery."""
    pages = [(page, product) for page in site.of("product") if (product := products.of(page.id))]
    elsewhere = list(passages.but("privacy", "reviews", "imprint", "checkout"))
    return Delivery(
        products=tuple(page.id for page, _product in pages),
        costs=tuple(cost for page, product in pages for cost in _costs(page, product)),
        in_basket=tuple(said.text for said in passages.of("basket") if _names_cost(said.text)),
        rules=tuple(said for said in passages.of("shipping", "terms", "help") if _names_cost(said.text)),
        times=(
            *(time for passage in elsewhere for time in delivery_times(passage)),
            *(time for _page, product in pages for time in _marked_times(product)),
        ),
        free_from=tuple(found for passage in elsewhere for found in _free_from(passage)),
    )


def _costs(page: Page, product: ShownProduct) -> Iterator[Cost]:
    if page.seen is None:
        return
    links = {
        link.selector
        for link in page.seen.links
        if "shipping" in link_kinds(link.text, link.href) and link.region not in ("header", "footer", "nav")
    }
    runs = [
        run
        for run in page.seen.runs
        if run.region in ("main", "dialog") and run.text in words("shipping_cost")
    ]
    for run in runs:
        says: Literal["amount", "link", "words"] = "words"
        if run.selector in links or any(link.startswith(f"{run.selector} ") for link in links):
            says = "link"
        if any(amounts(run.text)) or run.text in words("shipping_free"):
            says = "amount"
        beside = product.price is None or _gap(product.price.place, run.place) <= NEAR_PX
        yield Cost(page.id, says, beside, run.text[:240], run.selector)


def _gap(one: Place, other: Place) -> float:
    """The pixels between two places, up or down."""
    return max(other[1] - (one[1] + one[3]), one[1] - (other[1] + other[3]), 0.0)


def _names_cost(text: str) -> bool:
    return text in words("shipping_cost") and (any(amounts(text)) or text in words("shipping_free"))


def delivery_times(passage: Passage) -> Iterator[DeliveryTime]:
    """The delivery times that a sentence names; spans that belong to returns or answers are left out."""
    text, told = passage.text, words("delivery_word").find_all(passage.text)
    if (day := words("delivery_next_day").find(text)) is not None:
        quote = shortened(text, day.start, day.end)
        yield DeliveryTime(passage.page, 1, 1, quote, passage.language)
        return
    if not told or text in words("delivery_other"):
        return
    dispatch = text in words("dispatch_word") and text not in words("arrival_word")
    others = words("returning").find_all(text) + words("refund").find_all(text)
    for span in durations(text):
        near = min(_distance(span, found.start, found.end) for found in told)
        other = min((_distance(span, found.start, found.end) for found in others), default=_NEAR_TEXT + 1)
        if near <= _NEAR_TEXT and near <= other and span.most_days <= 200 and span.unit != "years":
            quote = shortened(text, span.start, span.end)
            yield DeliveryTime(
                passage.page,
                span.least_days,
                span.most_days,
                quote,
                passage.language,
                span.working,
                dispatch,
            )


def names_delivery_date(text: str) -> bool:
    """Whether a line says on which day goods arrive: `Lieferung: Mi., 3. Dez.`, `delivered by Tuesday`."""
    return text in words("delivery_word") and text not in words("delivery_other") and names_day(text)


def dated_lines(page: Page) -> Sequence[str]:
    """The lines of a product's page that name a day of delivery."""
    said = sentences(page.seen.text) if page.seen else []
    return [text for text in said if len(text) < 200 and names_delivery_date(text)]


def _marked_times(product: ShownProduct) -> Iterator[DeliveryTime]:
    for offer in product.offers:
        if offer.delivery is not None:
            least, most = offer.delivery.least, offer.delivery.most
            yield DeliveryTime(product.page, least, most, "", "", from_markup=True)


def _free_from(passage: Passage) -> Iterator[FreeFrom]:
    text = passage.text
    free = words("shipping_free").find_all(text)
    if not free:
        return
    others = words("returning").find_all(text)
    before = 0
    for money in amounts(text):
        start = words("sum_from").find(text[max(before, money.start - 30) : money.start])
        before = money.end
        near = min(_distance_to(money, found.start, found.end) for found in free)
        other = min((_distance_to(money, found.start, found.end) for found in others), default=_NEAR_TEXT)
        if start is not None and near <= min(_NEAR_TEXT, other):
            quote = shortened(text, money.start, money.end)
            yield FreeFrom(passage.page, money.value, money.currency, quote, passage.language)


def _distance(span: Duration, start: int, end: int) -> int:
    return max(start - span.end, span.start - end, 0)


def _distance_to(money: Money, start: int, end: int) -> int:
    return max(start - money.end, money.start - end, 0)


FACTS = (delivery,)
