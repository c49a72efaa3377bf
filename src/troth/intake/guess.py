"""What a column of text holds, told from a sample of its values."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from troth.blueprint.types import ColumnType
from troth.intake.words import FALSE, FIRST_DATE, FIRST_TIME, NOTHING, TRUE

_ISO = re.compile(r"\d{4}-\d\d?-\d\d?([ T]\d\d?:\d\d(:\d\d([.,]\d+)?)?\s?(Z|UTC|[+-]\d\d(:?\d\d)?)?)?")
_NUMERIC_DATE = re.compile(r"(\d{1,4})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(.*)")
_NAMED_DATE = re.compile(r"(\d{1,2})([ -])([A-Za-z]{3,9})\2(\d{4}|\d{2})(.*)")
_AMERICAN_DATE = re.compile(r"([A-Za-z]{3,9}) (\d{1,2}), (\d{4})(.*)")
_CLOCK = re.compile(r"(,? |T)(\d{1,2}):(\d\d)(:\d\d)?(\.\d+)?( ?[AaPp][Mm])?( ?[+-]\d\d:?\d\d| ?Z)?")
_YEAR = re.compile(r"\d{4}")
_LAST_YEAR = 2150
_INTEGER = re.compile(r"[+-]?(0|[1-9]\d{0,17})")
_POINT = re.compile(r"[+-]?(\d+|\d{1,3}([, '’]\d{3})+)?(\.\d+)?([eE][+-]?\d+)?")
_COMMA = re.compile(r"[+-]?(\d+|\d{1,3}([. '’]\d{3})+)?(,\d+)?")
_LETTERS_OF_A_SHORT_MONTH = 3

Mark = Literal[".", ","]
"""A decimal mark."""


@dataclass(frozen=True, slots=True)
class Guess:
    """What a column probably holds; `doubt` when the sample allows two readings of its dates or numbers."""

    type: ColumnType
    format: str | None = None
    decimal: Mark | None = None
    doubt: bool = False


def filled(values: Iterable[str | None]) -> list[str]:
    """The values that say something, without blanks around them."""
    stripped = (value.strip() for value in values if value is not None)
    return [value for value in stripped if value not in NOTHING]


def column(values: Iterable[str | None]) -> Guess:
    """The narrowest type that all values but empty ones have (nearly all, for dates); else `text`."""
    given = filled(values)
    if not given:
        return Guess("text")
    if all(map(_INTEGER.fullmatch, given)):
        return Guess("integer")
    words = {value.lower() for value in given}
    if len(words) <= 2 and words <= {*TRUE, *FALSE}:
        return Guess("boolean")
    if (found := _number(given)) is not None:
        return found
    found = dates(given)
    return found if found and _plausible(given, found.type) else Guess("text")


def decimal_mark(values: Iterable[str | None]) -> Mark:
    """The decimal mark that more of the values are written with; a point when neither is."""
    given = filled(values)
    comma = sum(bool(_COMMA.fullmatch(value)) for value in given)
    point = sum(bool(_POINT.fullmatch(value)) for value in given)
    return "," if comma > point else "."


def dates(values: Iterable[str | None]) -> Guess | None:
    """The type and format of dates or times (None as format: ISO 8601); None when the values are no dates.

    Whether day or month comes first is decided over all values; where no day is above 12, the day is taken to
    come first and `doubt` is set.
    """
    given = filled(values)
    iso = [match for value in given if (match := _ISO.fullmatch(value))]
    if not given or len(iso) == len(given):
        return Guess("time" if any(match[1] for match in iso) else "date") if given else None
    for pattern, order in ((_NUMERIC_DATE, _numeric), (_NAMED_DATE, _named), (_AMERICAN_DATE, _american)):
        matches = [match for value in given if (match := pattern.fullmatch(value))]
        if len(matches) < max(1, 0.9 * len(given)):
            continue
        found = order(matches)
        clock = Counter(_clock(match[match.re.groups]) for match in matches).most_common(1)[0][0]
        if found is None or clock is None:
            return None
        day, doubt = found
        return Guess("time" if clock else "date", day + clock, doubt=doubt)
    return None


def _plausible(given: list[str], type_: ColumnType) -> bool:
    """Whether most dates lie in the years of customers: a clock alone often comes as a time in 1899."""
    first = FIRST_TIME.year if type_ == "time" else FIRST_DATE.year
    years = [int(match[0]) for value in given if (match := _YEAR.search(value))]
    return sum(first <= year <= _LAST_YEAR for year in years) >= 0.9 * len(years)


def _number(given: list[str]) -> Guess | None:
    if any(len(value.lstrip("+-")) > 1 and re.match(r"[+-]?0\d", value) for value in given):
        return None  # leading zeros: a code
    point, comma = (all(map(pattern.fullmatch, given)) for pattern in (_POINT, _COMMA))
    if not (point or comma):
        return None
    return Guess("number", decimal="." if point else ",", doubt=point and comma)


def _numeric(matches: list[re.Match[str]]) -> tuple[str, bool] | None:
    mark = matches[0][2]
    if any(match[2] != mark for match in matches):
        return None
    first, second, third = (max(int(match[group]) for match in matches) for group in (1, 3, 4))
    if all(len(match[1]) == 4 for match in matches):
        return (f"%Y{mark}%d{mark}%m", False) if second > 12 else (f"%Y{mark}%m{mark}%d", third <= 12)
    if any(len(match[1]) > 2 for match in matches) or (first > 12 and second > 12):
        return None
    year = "%Y" if all(len(match[4]) == 4 for match in matches) else "%y"
    day_first = second <= 12
    day, month = ("%d", "%m") if day_first else ("%m", "%d")
    return f"{day}{mark}{month}{mark}{year}", day_first and first <= 12


def _named(matches: list[re.Match[str]]) -> tuple[str, bool] | None:
    mark, year = matches[0][2], "%Y" if len(matches[0][4]) == 4 else "%y"
    return f"%d{mark}{_month(match[3] for match in matches)}{mark}{year}", False


def _american(matches: list[re.Match[str]]) -> tuple[str, bool] | None:
    return f"{_month(match[1] for match in matches)} %d, %Y", False


def _month(names: Iterable[str]) -> str:
    return "%b" if all(len(name) == _LETTERS_OF_A_SHORT_MONTH for name in names) else "%B"


def _clock(text: str) -> str | None:
    """The format of the time of day behind a date.

    Empty when there is none, None when it is something else.
    """
    if not text:
        return ""
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    hours = "%I" if match[6] else "%H"
    seconds = ":%S" if match[4] else ""
    fraction = ".%f" if match[5] else ""
    half = f"{' ' if match[6].startswith(' ') else ''}%p" if match[6] else ""
    offset = f"{' ' if match[7].startswith(' ') else ''}%z" if match[7] else ""
    return f"{match[1]}{hours}:%M{seconds}{fraction}{half}{offset}"
