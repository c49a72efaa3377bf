"""The curve of trust as a drawing: score above, balance below, a mark for every day with an experience."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.insight.days import day_of
from troth.report.page.words import number, short_day
from troth.texts import _, date

if TYPE_CHECKING:
    import datetime as dt

    from troth.web.pages.customer.query import Curve

HEIGHT, GAP, TOP, BOTTOM = 120.0, 36.0, 22.0, 26.0
LEFT, RIGHT = 44.0, 14.0
MOST_POINTS = 400
"""Of a longer time evenly spaced days are drawn, and every day with an experience."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A label on an axis, at a place in the drawing."""

    place: float
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A day with experiences: the worst of them makes its sign."""

    x: float
    y: float
    severity: int
    told: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One figure over time: its line, the level of neutral, and its axis."""

    top: float
    bottom: float
    line: str
    neutral: float
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """What the template draws."""

    width: float
    height: float
    left: float
    right: float
    score: Panel
    balance: Panel
    days: tuple[Tick, ...]
    marks: tuple[Mark, ...]


def drawing(curve: Curve, width: float) -> Drawing | None:
    """The drawing of a curve; None for no days."""
    if not curve.days:
        return None
    first, last = day_of(curve.days[0]), day_of(curve.days[-1])
    span = max(1, last - first)

    def x(day: dt.date) -> float:
        return LEFT + (day_of(day) - first) / span * (width - LEFT - RIGHT)

    by_day = {lived.day: lived for lived in curve.lived}
    step = -(-len(curve.days) // MOST_POINTS)
    places = [
        place
        for place, day in enumerate(curve.days)
        if place % step == 0 or place == len(curve.days) - 1 or day in by_day
    ]
    drawn = [x(curve.days[place]) for place in places]
    score = _panel(TOP, drawn, [curve.score[place] for place in places], (0.0, 100.0), 50.0)
    low, high = min(0.0, *curve.balance), max(0.0, *curve.balance)
    room = (high - low) * 0.08 or 1.0
    balance = _panel(
        TOP + HEIGHT + GAP, drawn, [curve.balance[place] for place in places], (low - room, high + room), 0.0
    )
    scale = (low - room, high + room)
    marks = [
        Mark(
            x(day),
            _y(curve.balance[place], scale, balance.top),
            by_day[day].worst,
            _("%(day)s: %(good)s good, %(bad)s bad")
            % {"day": short_day(day), "good": number(by_day[day].good), "bad": number(by_day[day].bad)},
        )
        for place, day in enumerate(curve.days)
        if day in by_day
    ]
    return Drawing(
        width=width,
        height=balance.bottom + BOTTOM,
        left=LEFT,
        right=width - RIGHT,
        score=score,
        balance=balance,
        days=tuple(_days(curve.days, x, 5 if width > 500 else 3)),
        marks=tuple(marks),
    )


def _panel(
    top: float, drawn: Sequence[float], values: Sequence[float], scale: tuple[float, float], neutral: float
) -> Panel:
    points = " ".join(
        f"{place:.1f},{_y(value, scale, top):.1f}" for place, value in zip(drawn, values, strict=True)
    )
    return Panel(
        top=top,
        bottom=top + HEIGHT,
        line=points,
        neutral=_y(neutral, scale, top),
        ticks=tuple(Tick(_y(value, scale, top), number(value, _digits(value))) for value in _round(scale)),
    )


def _y(value: float, scale: tuple[float, float], top: float) -> float:
    low, high = scale
    return top + (high - value) / (high - low) * HEIGHT


def _round(scale: tuple[float, float], most: int = 4) -> list[float]:
    """Round numbers inside the scale, at most `most` steps."""
    rough = (scale[1] - scale[0]) / most
    power: float = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    first = math.ceil(scale[0] / step)
    return [step * place for place in range(first, math.floor(scale[1] / step) + 1)]


def _digits(value: float) -> int:
    return 0 if value == round(value) else 1 if value * 10 == round(value * 10) else 2


def _days(days: Sequence[dt.date], x: Callable[[dt.date], float], most: int) -> list[Tick]:
    count = min(most, len(days))
    if count == 1:
        return [Tick(LEFT, date(days[0], "medium"))]
    places = [round(place * (len(days) - 1) / (count - 1)) for place in range(count)]
    return [Tick(x(days[place]), date(days[place], "medium")) for place in places]
