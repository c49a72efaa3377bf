"""Amounts of money in running text: `59,90 €`, `€ 1.299,-`, `£12.50`, `CHF 20`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_SIGNS = {"€": "EUR", "£": "GBP", "$": "USD", "kr": "SEK", "zł": "PLN", "fr.": "CHF", "euro": "EUR"}
_CURRENCY = r"€|£|\$|EUR(?!o)|euros?|GBP|USD|CHF|Fr\.|SEK|DKK|NOK|PLN|zł|kr"
_SPACE = r"[^\S\n]"
_GROUPED = rf"\d{{1,3}}(?:(?:[.,'’]|{_SPACE})\d{{3}})+"
_END = r"(?:[.,](?:\d{2}|[-–—]{1,2}))?"
_AMOUNT = rf"(?:{_GROUPED}{_END}|\d{{1,7}}{_END})(?![\d]|[.,]\d)"
_MONEY = re.compile(
    rf"(?<![\w.,])(?:(?P<before>{_CURRENCY}){_SPACE}{{0,2}}(?P<one>{_AMOUNT})"
    rf"|(?P<two>{_AMOUNT}){_SPACE}{{0,2}}(?P<after>{_CURRENCY}))(?!\w)",
    re.IGNORECASE,
)
_BARE = re.compile(rf"(?:{_GROUPED}|\d{{1,7}})[.,](?:\d{{2}}|[-–—]{{1,2}})")
PRICE = re.compile(
    rf"(?<![\w.,])(?:(?:{_CURRENCY})\s{{0,2}}(?:{_AMOUNT})|(?:{_AMOUNT})\s{{0,2}}(?:{_CURRENCY})"
    r"|\d{1,7},[-–—]{1,2})(?!\w)",
    re.IGNORECASE,
)
"""A price as written, also over two lines or with a dash alone (`15,-`). JavaScript takes the pattern too."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount: its ISO currency (empty when the text names none), as written, and where."""

    value: Decimal
    currency: str
    text: str
    start: int
    end: int


def amounts(text: str) -> Iterator[Money]:
    """The amounts in `text` that name their currency, in its order.

    >>> [(money.value, money.currency) for money in amounts("statt 1.299,- € nur 999,00 €")]
    [(Decimal('1299'), 'EUR'), (Decimal('999.00'), 'EUR')]
    """
    for match in _MONEY.finditer(text):
        value = value_of(match["one"] or match["two"])
        if value is not None:
            sign = (match["before"] or match["after"]).lower()
            currency = _SIGNS.get(sign) or _SIGNS.get(sign.rstrip("s")) or sign.upper()
            yield Money(value, currency, match[0], match.start(), match.end())


def has_price(text: str) -> bool:
    """Whether a price stands anywhere in `text`."""
    return PRICE.search(text) is not None


def bare_amount(text: str) -> Money | None:
    """`text` as an amount without a currency, where it is nothing else: `59,95`, `20,-`."""
    said = text.strip()
    value = value_of(said) if _BARE.fullmatch(said) else None
    return Money(value, "", said, 0, len(said)) if value is not None else None


def value_of(written: str) -> Decimal | None:
    """The value of an amount as written, without its currency: `1.299,-` is 1299."""
    from price_parser import Price

    plain = re.sub(r"[.,][-–—]{1,2}$", "", written.strip())
    plain = re.sub(rf"{_SPACE}|['’]", "", plain)
    return Price.fromstring(plain).amount if plain else None
