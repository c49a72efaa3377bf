"""Addresses of pages: parts that hold anything, and choices behind the question mark.

A part may hold a slash, which no server tells from one between parts: it is written `~1`, and `~` is `~0`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import quote, urlencode

_PART = re.compile(r"\{(\w+)(?::path)?\}")


def parts_of(address: str) -> list[str]:
    """The names of the parts of an address: `/grid/{touchpoint}/{mechanism}` has two."""
    return _PART.findall(address)


def written(part: str) -> str:
    """A part as it stands in an address.

    >>> written("a/b c")
    'a~1b%20c'
    """
    return quote(part.replace("~", "~0").replace("/", "~1"), safe="~")


def read(part: str) -> str:
    """What a part of an address says, once the server has taken the percent signs away.

    >>> read("a~1b c")
    'a/b c'
    """
    return part.replace("~1", "/").replace("~0", "~")


def address_of(address: str, path: Mapping[str, str]) -> str:
    """An address with its parts filled in."""
    return _PART.sub(lambda found: written(path[found[1]]), address)


def with_query(address: str, choices: Mapping[str, object]) -> str:
    """An address with choices; those that are None are left out."""
    made = urlencode({name: str(value) for name, value in choices.items() if value is not None})
    return f"{address}?{made}" if made else address


def local(address: str) -> str:
    """`address` where it leads to this server, else the first page: nobody is sent elsewhere by a link."""
    safe = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if safe else "/"
