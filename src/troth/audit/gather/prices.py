"""Seeing that something is a price; what it is worth is for the facts to say."""

import re

_AMOUNT = r"\d{1,3}(?:[.,'\s]\d{3})*(?:[.,]\d{2}|[.,][-–—]{1,2})?|\d+(?:[.,]\d{2}|[.,][-–—]{1,2})?"
_CURRENCY = r"€|\$|£|EUR|USD|GBP|CHF|kr|zł"
PRICE = re.compile(
    rf"(?<![\w.,])(?:(?:{_CURRENCY})\s?(?:{_AMOUNT})|(?:{_AMOUNT})\s?(?:{_CURRENCY})|\d+,[-–—]{{1,2}})(?![\w])"
)
"""A price as written: `€ 1.299,-`, `59,90 €`, `$12.50`, `CHF 20`, `15,-`."""


def has_price(text: str) -> bool:
    """Whether a price stands anywhere in `text`."""
    return PRICE.search(text) is not None


def first_price(text: str) -> str:
    """The first price in `text` as written, empty when there is none."""
    found = PRICE.search(text)
    return found[0] if found else ""
