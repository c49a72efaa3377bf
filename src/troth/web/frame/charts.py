"""Charts over time as SVG that stretches with the page: no inline style, no script needed.

What stretches is drawn in a box 1,000 wide; what must not, days and figures, is placed in percent.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from troth import texts
from troth.report.page import words
from troth.report.page.marks import NEUTRAL
from troth.report.page.words import coordinate

WIDTH, TOP, BOTTOM = 1000.0, 12.0, 222.0
HEIGHT = 250
"""Of the whole drawing, with the days below it, in pixels; the plot goes from TOP to BOTTOM."""

MOST_DAYS = 370
FEW_DAYS = 100
"""Of so few days the axis names days, of more months."""

Series = Sequence[float | None]
Rank = Literal["major", "middle", "minor"]
"""Minor labels go where the page is narrow, middle ones on a phone, too."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of an axis: where, in percent or pixels, what it says, and how soon it gives way."""

    place: float
    text: str
    rank: Rank = "major"
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its name in the style sheet, its name for people, its path."""

    name: str
    title: str
    path: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: its number in the list below, where it begins and its width, in percent."""

    number: int
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be drawn as an event."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Timeline:
    """A chart; `told`: JSON of what the pointer is told for each of the days that are drawn."""

    levels: tuple[Tick, ...]
    days: tuple[Tick, ...]
    band: str
    lines: tuple[Line, ...]
    events: tuple[Event, ...]
    told: str


def timeline(
    days: Sequence[dt.date],
    lines: Mapping[str, tuple[str, Series]],
    band: tuple[Series, Series] | None = None,
    happened: Iterable[Happening] = (),
) -> Timeline | None:
    """Draw lines in points over days that follow each other, from the first known figure on.

    Args:
        days: the days.
        lines: by their name in the style sheet, their name for people and their values; one without any
            figure is left out.
        band: the lower and the upper limit around the first line.
        happened: what happened, in its order.

    Returns:
        The chart; None where there are fewer than two days with a figure.
    """
    lines = {
        name: (title, values)
        for name, (title, values) in lines.items()
        if any(value is not None for value in values)
    }
    places = _drawn([values for _title, values in lines.values()], len(days))
    if len(places) < 2:
        return None
    shown = [days[place] for place in places]
    kept = {name: (title, [values[p] for p in places]) for name, (title, values) in lines.items()}
    limits = tuple([side[p] for p in places] for side in band) if band else ()
    low, high = _reach([*(values for _title, values in kept.values()), *limits])
    return Timeline(
        levels=tuple(_levels(low, high)),
        days=tuple(_days(shown)),
        band=_band(limits[0], limits[1], low, high) if limits else "",
        lines=tuple(Line(name, title, _path(values, low, high)) for name, (title, values) in kept.items()),
        events=tuple(_events(shown[0], shown[-1], happened)),
        told=json.dumps(_told(shown, kept, limits), ensure_ascii=False),
    )


def _drawn(series: Sequence[Series], length: int) -> range:
    """The places that are drawn, evenly spaced, the last one always."""
    first = next((p for p in range(length) if any(values[p] is not None for values in series)), length)
    step = max(1, -(-(length - first) // MOST_DAYS))
    last = length - 1
    return range(last - (last - first) // step * step, last + 1, step) if first < length else range(0)


def _reach(series: Iterable[Series]) -> tuple[float, float]:
    """Tens of points that hold neutral and whatever the lines reach."""
    reached = [value for values in series for value in values if value is not None]
    low, high = min([*reached, NEUTRAL - 5]), max([*reached, NEUTRAL + 5])
    return max(0.0, low // 10 * 10), min(100.0, -(-high // 10) * 10)


def _height(value: float, low: float, high: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * (value - low) / (high - low)


def _levels(low: float, high: float) -> Iterable[Tick]:
    step = 10 if high - low <= 60 else 20
    for level in range(int(low), int(high) + 1, 10):
        if level % step == 0 or level == NEUTRAL:
            yield Tick(_height(level, low, high), words.number(level), neutral=level == NEUTRAL)


def _days(shown: Sequence[dt.date]) -> Iterable[Tick]:
    first, span = shown[0], (shown[-1] - shown[0]).days
    if span <= FEW_DAYS:
        step = max(1, -(-span // 8))
        named = [shown[-1] - dt.timedelta(n) for n in range(0, span + 1, step)][::-1]
        labels = [_written("MMMd", day) for day in named]
    else:
        named = list(_month_starts(first, shown[-1]))
        labels = [_written("yMMM", day) for day in named]
    for place, (day, label) in enumerate(zip(named, labels, strict=True), 1 - len(named)):
        at = 100 * (day - first).days / span
        if 3 <= at <= 97 or span <= FEW_DAYS:
            yield Tick(at, label, "major" if place % 4 == 0 else "middle" if place % 2 == 0 else "minor")


def _month_starts(first: dt.date, last: dt.date) -> Iterable[dt.date]:
    months = (last.year - first.year) * 12 + last.month - first.month
    every = max(1, -(-months // 14))
    for n in range(1, months + 1):
        year, month = divmod(first.year * 12 + first.month - 1 + n, 12)
        if n % every == 0:
            yield dt.date(year, month + 1, 1)


def _written(skeleton: str, day: dt.date) -> str:
    from babel.dates import format_skeleton

    return format_skeleton(skeleton, day, locale=texts.locale())


def _across(place: int, size: int) -> float:
    return WIDTH * place / (size - 1)


def _path(values: Series, low: float, high: float) -> str:
    parts: list[str] = []
    broken = True
    for place, value in enumerate(values):
        if value is not None:
            x, y = coordinate(_across(place, len(values))), coordinate(_height(value, low, high))
            parts.append(f"{'M' if broken else 'L'}{x} {y}")
        broken = value is None
    return "".join(parts)


def _band(lower: Series, upper: Series, low: float, high: float) -> str:
    """A closed shape for every stretch of days that follow each other with both limits."""
    parts: list[str] = []
    stretch: list[tuple[float, float, float]] = []
    for place, (bottom, top) in enumerate([*zip(lower, upper, strict=True), (None, None)]):
        if bottom is not None and top is not None:
            stretch.append((_across(place, len(lower)), _height(top, low, high), _height(bottom, low, high)))
            continue
        if len(stretch) > 1:
            there = [f"{coordinate(x)} {coordinate(y)}" for x, y, _bottom in stretch]
            back = [f"{coordinate(x)} {coordinate(y)}" for x, _top, y in reversed(stretch)]
            parts.append(f"M{'L'.join([*there, *back])}Z")
        stretch = []
    return "".join(parts)


def _events(first: dt.date, last: dt.date, happened: Iterable[Happening]) -> Iterable[Event]:
    span = (last - first).days
    for number, one in enumerate(happened, 1):
        start, end = max(one.first, first), min(one.last, last)
        if start <= end:
            yield Event(number, 100 * (start - first).days / span, 100 * (end - start).days / span)


@lru_cache(maxsize=8192)
def _named(day: dt.date, _language: str) -> str:
    """A day as it is told; every chart tells the same ones again."""
    return words.day(day)


def _told(
    shown: Sequence[dt.date], lines: Mapping[str, tuple[str, Series]], limits: Sequence[Series]
) -> list[str]:
    rows = []
    for place, day in enumerate(shown):
        row = [_named(day, texts.language())]
        for title, values in lines.values():
            value = values[place]
            figure = "–" if value is None else words.number(value, 1)
            if limits and len(row) == 1 and (low := limits[0][place]) is not None:
                figure += f" ({words.limits(low, limits[1][place] or low, 1)})"
            row.append(f"{title}\t{figure}")
        rows.append("\n".join(row))
    return rows
