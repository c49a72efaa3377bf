"""Spans of time as shops write them: `2-3 Werktage`, `binnen veertien dagen`, `within 24 hours`, `30-day`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

from troth.audit.parsing.numbers import number_of, number_pattern

Unit = Literal["hours", "days", "weeks", "months", "years"]
_HOURS = {"hours": 1.0, "days": 24.0, "weeks": 168.0, "months": 730.5, "years": 8766.0}

_UNITS: dict[Unit, str] = {
    "hours": r"uur|uren|stunden?|std\.?|hours?|hrs?",
    "days": r"dagen|dag|daags|daagse[rn]?|tage[ns]?|tag|tägig(?:e[nmrs]?)?|days?|etmaal",
    "weeks": r"weken|week|wochen?|wöchig(?:e[nmrs]?)?|weeks?",
    "months": r"maanden|maand|monate?[ns]?|monatig(?:e[nmrs]?)?|months?",
    "years": r"jaren|jaar|jahre?[ns]?|jährig(?:e[nmrs]?)?|years?",
}
_WORKING = r"werk|arbeits|bank|working|business|week"
_CALENDAR = r"kalender|calendar|full|volle[nr]?|hele"


@dataclass(frozen=True, slots=True)
class Duration:
    """A span, `least` to `most` of `unit` (equal where one number stands), and where (offsets in the text).

    `working`: working days are meant. `bounded`: a word such as "within" goes before it.
    """

    least: float
    most: float
    unit: Unit
    working: bool
    bounded: bool
    text: str
    start: int
    end: int

    @property
    def least_days(self) -> float:
        """The lower end in days (a month is 30.4, a year 365.25)."""
        return self.least * _HOURS[self.unit] / 24

    @property
    def most_days(self) -> float:
        """The upper end in days."""
        return self.most * _HOURS[self.unit] / 24

    @property
    def most_hours(self) -> float:
        """The upper end in hours."""
        return self.most * _HOURS[self.unit]


def durations(text: str) -> Iterator[Duration]:
    """The spans in `text`, in its order.

    >>> [(d.least, d.most, d.unit, d.working) for d in durations("Lieferzeit: 2-3 Werktage")]
    [(2.0, 3.0, 'days', True)]
    """
    for match in _pattern().finditer(text):
        least, most = number_of(match["least"]), number_of(match["most"] or match["least"])
        article = match["least"].lower() in _ARTICLES and not match["most"]
        if article and not match["within"]:
            continue
        unit = _unit(match["unit"])
        first_unit = _unit(match["first"]) if match["first"] else unit
        if first_unit != unit:
            least *= _HOURS[first_unit] / _HOURS[unit]
        if least > most:
            continue
        yield Duration(
            least,
            most,
            unit,
            bool(match["working"]),
            bool(match["within"]),
            match[0],
            match.start(),
            match.end(),
        )


_ARTICLES = {"a", "an", "een", "ein", "eine", "einem", "einen", "einer", "eines", "one", "één", "eén", "eins"}


def _unit(word: str) -> Unit:
    lowered = word.lower()
    return next(unit for unit, pattern in _UNITS.items() if re.fullmatch(pattern, lowered))


@cache
def _pattern() -> re.Pattern[str]:
    number = number_pattern()
    units = "|".join(_UNITS.values())
    space = r"[^\S\n]"
    kind = rf"(?:(?:{_CALENDAR}|(?P<working>{_WORKING}))(?:{space}|-)?)?"
    first_kind = rf"(?:(?:{_CALENDAR}|{_WORKING})(?:{space}|-)?)?"
    to = r"-|–|—|/|tot(?: en met)?|t/m|bis(?: zu)?|to|à|a|of|or|oder|und|en|and|auf"
    within = (
        r"binnen|innerhalb(?: von)?|innert|within|in(?: under)?|spätestens(?: nach)?|uiterlijk(?: na)?"
        r"|maximaal|max\.?|höchstens|maximal|up to|at most|less than|minder dan|weniger als|no later than"
        r"|nach|na"
    )
    about = "de |den |der |the |ca\\.? |circa |about "
    first = rf"(?:{space}{{0,2}}-?{first_kind}(?P<first>{units}))?"
    return re.compile(
        rf"(?<![\w.,€$£%/-])(?:(?P<within>{within}){space}{{1,3}}(?:{about})?)?(?P<least>{number})"
        rf"(?:{first}{space}{{0,3}}(?:{to}){space}{{0,3}}(?P<most>{number}))?"
        rf"(?:{space}{{0,3}}|-){kind}(?P<unit>{units})(?!\w)",
        re.IGNORECASE,
    )
