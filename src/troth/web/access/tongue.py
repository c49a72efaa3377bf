"""Which language an answer speaks."""

from __future__ import annotations

from troth.texts import LANGUAGES


def chosen(asked: str | None, account: str | None, kept: str | None, accepted: str | None) -> str:
    """The first that there is: what the address asks for, the account's, an earlier choice, the browser's."""
    for wish in (asked, account, kept):
        if wish in LANGUAGES:
            return wish
    return accepted_language(accepted or "") or "en"


def accepted_language(header: str) -> str | None:
    """The best of an `Accept-Language` header that Troth speaks (RFC 9110, section 12.5.4).

    >>> accepted_language("fr, de-AT;q=0.8, en;q=0.9")
    'en'
    """
    found = []
    for place, part in enumerate(header[:1_000].split(",")):
        tag, _semicolon, rest = part.partition(";")
        spoken = tag.strip().lower().partition("-")[0]
        weight = _weight(rest)
        if spoken in LANGUAGES and weight > 0:
            found.append((-weight, place, spoken))
    return min(found)[2] if found else None


def _weight(rest: str) -> float:
    name, _equals, value = rest.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        weight = float(value)
    except ValueError:
        return 0.0
    return weight if 0 <= weight <= 1 else 0.0
