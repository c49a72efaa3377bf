"""What the shop says twice, and whether it says the same: return days, free shipping, telephone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Literal
from urllib.parse import unquote, urlsplit

from troth.audit.facts.delivery import Delivery
from troth.audit.facts.returns import Returns
from troth.audit.facts.site import Site

Subject = Literal["return-period", "free-shipping", "phone"]


@dataclass(frozen=True, slots=True)
class Statement:
    """What one page says of a subject: a value that can be compared, and the words."""

    page: str
    value: str
    quote: str


@dataclass(frozen=True, slots=True)
class SaidTwice:
    """A subject that two pages or more speak of.

    `against`: one statement of each of two pages that contradict each other; empty when none do.
    """

    subject: Subject
    pages: int
    against: tuple[Statement, ...]


def said_twice(site: Site, returns: Returns, delivery: Delivery) -> tuple[SaidTwice, ...]:
    """The subjects that more than one page speaks of.

    Two pages contradict each other when they have no value in common and no page names both: a page that
    names 14 days of withdrawal and 30 days of return explains those that name one.
    """
    subjects: dict[Subject, list[Statement]] = {
        "return-period": [
            Statement(term.page, f"{term.most_days:g}", term.quote) for term in returns.periods
        ],
        "free-shipping": [
            Statement(free.page, f"{float(free.value):g}", free.quote) for free in delivery.free_from
        ],
        "phone": list(_phones(site)),
    }
    found = []
    for subject, statements in subjects.items():
        pages: dict[str, dict[str, Statement]] = {}
        for statement in statements:
            pages.setdefault(statement.page, {}).setdefault(statement.value, statement)
        if len(pages) > 1:
            found.append(SaidTwice(subject, len(pages), _against(pages)))
    return tuple(found)


def _against(pages: Mapping[str, Mapping[str, Statement]]) -> tuple[Statement, ...]:
    explained = {frozenset(pair) for values in pages.values() for pair in combinations(values, 2)}
    for one, other in combinations(pages.values(), 2):
        if set(one) & set(other):
            continue
        if not any(frozenset((left, right)) in explained for left in one for right in other):
            return (next(iter(one.values())), next(iter(other.values())))
    return ()


def _phones(site: Site) -> Iterable[Statement]:
    """The numbers to call, without the checkout's, which may be the customer's own."""
    for page in site.pages:
        if page.kind == "checkout":
            continue
        for link in page.seen.links if page.seen else ():
            if link.href.lower().startswith("tel:"):
                yield Statement(page.id, _number(unquote(urlsplit(link.href).path), site.country), link.text)


def _number(written: str, country: str) -> str:
    """The number as dialled from abroad; as written where it is none."""
    import phonenumbers

    try:
        parsed = phonenumbers.parse(written, country or None)
    except phonenumbers.NumberParseException:
        return written
    return str(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


FACTS = (said_twice,)
