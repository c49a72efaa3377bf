"""What the shop promises in figures, for people and machines: to be compared with what customers lived."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from troth.audit.facts.delivery import Delivery
from troth.audit.facts.passages import Passage, Passages
from troth.audit.facts.returns import Returns, Term
from troth.audit.parsing.durations import durations
from troth.audit.parsing.sentences import shortened
from troth.audit.words import words

PromiseKind = Literal[
    "delivery-time",
    "dispatch-time",
    "return-period",
    "refund-time",
    "answer-time",
    "free-shipping",
    "service-hours",
]
Unit = Literal["days", "working-days", "hours", "clock", "EUR", "GBP", "USD", "CHF", "money"]

_CLOCK = re.compile(
    r"(?<![\d.,:])(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr|uur|h|u)?\s*"
    r"(?:-|–|—|tot|bis|to|until|en|und|and)\s*(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm|a\.m\.|p\.m\.|uhr|uur|h|u)?(?![\d%])",
    re.IGNORECASE,
)
_CURRENCIES: dict[str, Unit] = {"EUR": "EUR", "GBP": "GBP", "USD": "USD", "CHF": "CHF"}
_HALF = re.compile(r"^p", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise: a value from `least` to `most` of `unit`, and where it stands.

    `days` and `working-days` from the order, the receipt or the withdrawal; `hours` until an answer; `clock`
    hours of the day (9 to 17.5) at which service is there; a currency for the sum from which shipping is
    free. `quote`: empty where the structured data say it. `language`: two letters, empty where the page names
    none.
    """

    kind: PromiseKind
    least: float
    most: float
    unit: Unit
    page: str
    quote: str
    language: str


@dataclass(frozen=True, slots=True)
class Promises:
    """Every promise of the first visit, each value and quote once."""

    all: tuple[Promise, ...]

    def of(self, kind: PromiseKind) -> tuple[Promise, ...]:
        """The promises of one kind."""
        return tuple(promise for promise in self.all if promise.kind == kind)


def promises(delivery: Delivery, returns: Returns, passages: Passages) -> Promises:
    """The promises that the pages make in figures."""
    found = [*_delivery(delivery), *_returns(returns)]
    for passage in passages.but("privacy", "reviews"):
        found += [*answer_times(passage), *service_hours(passage)]
    once = {
        (promise.kind, promise.least, promise.most, promise.quote): promise for promise in reversed(found)
    }
    return Promises(tuple(reversed(once.values())))


def _delivery(delivery: Delivery) -> Iterator[Promise]:
    for time in delivery.times:
        if time.least is not None and time.most is not None:
            unit: Unit = "working-days" if time.working else "days"
            kind: PromiseKind = "dispatch-time" if time.dispatch else "delivery-time"
            yield Promise(kind, time.least, time.most, unit, time.page, time.quote, time.language)
    for free in delivery.free_from:
        value = float(free.value)
        unit = _CURRENCIES.get(free.currency, "money")
        yield Promise("free-shipping", value, value, unit, free.page, free.quote, free.language)


def _returns(returns: Returns) -> Iterator[Promise]:
    kinds: tuple[tuple[PromiseKind, tuple[Term, ...]], ...] = (
        ("return-period", returns.periods),
        ("refund-time", returns.refunds),
    )
    for kind, terms in kinds:
        for term in terms:
            yield Promise(kind, term.days, term.most_days, "days", term.page, term.quote, term.language)


def answer_times(passage: Passage) -> Iterator[Promise]:
    """How soon the shop says it answers, in hours (a day is 24)."""
    text = passage.text
    told = words("answer_word").find_all(text)
    if not told or text in words("answer_other"):
        return
    for span in durations(text):
        near = min(max(found.start - span.end, span.start - found.end, 0) for found in told)
        if near <= 60 and span.bounded and span.most_hours <= 24 * 14:
            least, most = span.least_days * 24, span.most_hours
            quote = shortened(text, span.start, span.end)
            yield Promise("answer-time", least, most, "hours", passage.page, quote, passage.language)


def service_hours(passage: Passage) -> Iterator[Promise]:
    """At which hours of the day the shop says it is there; only beside words of service or of weekdays."""
    text = passage.text
    if text not in words("service_word") and text not in words("weekday"):
        return
    for match in _CLOCK.finditer(text):
        opens, closes = _hour(match[1], match[2], match[3]), _hour(match[4], match[5], match[6])
        named = any(match[group] for group in (2, 3, 5, 6))
        if opens is not None and closes is not None and opens < closes and named:
            quote = shortened(text, match.start(), match.end())
            yield Promise("service-hours", opens, closes, "clock", passage.page, quote, passage.language)


def _hour(hour: str, minute: str | None, half: str | None) -> float | None:
    value = int(hour) + int(minute or 0) / 60
    if half and _HALF.match(half) and value < 12:
        value += 12
    return value if value <= 24 and int(minute or 0) < 60 else None


FACTS = (promises,)
