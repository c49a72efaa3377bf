"""The journey as a picture: the geometry of each touchpoint's column, in the journey's order.

A column is as wide as the page gives it. What must stretch with it is drawn in a box 100 wide; columns stand
without a gap, so the line of trust goes on from one to the next, meeting its neighbour half way at the edge.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from troth.insight.estimate import Estimate
from troth.insight.touchpoints import TouchpointTrust
from troth.report.page.lexicon import Lexicon
from troth.report.page.marks import NEUTRAL
from troth.report.page.words import coordinate
from troth.report.twin.shape import Journey

HEIGHT = 148
TOP, BOTTOM = 14, 134
"""Of the panel with the line of trust, in pixels: its height, and where 100 and 0 points lie."""

LAP = 0.4
"""How far neighbours overlap, in hundredths of a column: a browser shows a seam where they only touch."""

SERIES_HEIGHT = 40
SERIES_POINTS = 90
"""Of the course over time: its height in pixels, and at most how many days are drawn."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A touchpoint's column.

    `begins`: whether its phase begins here. `line`, `band`, `area`: points of SVG shapes from the left to the
    right edge: trust, its interval, and what lies between trust and neutral; empty where there is nothing to
    connect. `volume`: experiences in percent of the busiest touchpoint's. `course`: path of the daily index.
    """

    name: str
    phase: str
    begins: bool
    touchpoint: TouchpointTrust
    line: str
    band: str
    area: str
    volume: float
    course: str


def columns(touchpoints: int, most: int) -> int:
    """How many columns a row takes so that rows of at most `most` come out even; at least four."""
    rows = max(1, -(-touchpoints // most))
    return max(4, -(-touchpoints // rows))


def height_of(points: float) -> float:
    """Where so many trust points lie in the panel, in pixels from its top."""
    return round(BOTTOM - (BOTTOM - TOP) * points / 100, 2)


def stops(journey: Journey, touchpoints: Sequence[TouchpointTrust], lexicon: Lexicon) -> Iterator[Stop]:
    """The columns in the journey's order."""
    phase_of = {touchpoint.id: touchpoint.phase for touchpoint in journey.touchpoints}
    figures = [_known(touchpoint) for touchpoint in touchpoints]
    busiest = max((touchpoint.volume_share for touchpoint in touchpoints), default=0.0)
    scale = _series_scale(touchpoints)
    phases = [phase_of.get(touchpoint.touchpoint) for touchpoint in touchpoints]
    for place, touchpoint in enumerate(touchpoints):
        left = figures[place - 1] if place else None
        right = figures[place + 1] if place + 1 < len(figures) else None
        yield Stop(
            name=lexicon.touchpoint(touchpoint.touchpoint),
            phase=lexicon.phase(phases[place]),
            begins=not place or phases[place] != phases[place - 1],
            touchpoint=touchpoint,
            line=_line(left, figures[place], right),
            band=_band(left, figures[place], right),
            area=_area(left, figures[place], right),
            volume=round(100 * touchpoint.volume_share / busiest, 2) if busiest else 0.0,
            course=_course(touchpoint.series, scale),
        )


def _known(touchpoint: TouchpointTrust) -> Estimate | None:
    return touchpoint.trust.index if touchpoint.trust.known else None


def _halfway(here: Estimate, there: Estimate) -> Estimate:
    return Estimate((here.value + there.value) / 2, (here.low + there.low) / 2, (here.high + there.high) / 2)


def _across(
    left: Estimate | None, here: Estimate | None, right: Estimate | None
) -> list[tuple[float, Estimate]]:
    if here is None:
        return []
    before = [(-LAP, _halfway(here, left))] if left else []
    after = [(100 + LAP, _halfway(here, right))] if right else []
    return [*before, (50.0, here), *after]


def _line(left: Estimate | None, here: Estimate | None, right: Estimate | None) -> str:
    return _points([(x, height_of(at.value)) for x, at in _across(left, here, right)])


def _band(left: Estimate | None, here: Estimate | None, right: Estimate | None) -> str:
    across = _across(left, here, right)
    upper = [(x, height_of(at.high)) for x, at in across]
    return _points(upper + [(x, height_of(at.low)) for x, at in reversed(across)])


def _area(left: Estimate | None, here: Estimate | None, right: Estimate | None) -> str:
    across = [(x, height_of(at.value)) for x, at in _across(left, here, right)]
    neutral = height_of(NEUTRAL)
    return _points([*across, (across[-1][0], neutral), (across[0][0], neutral)]) if len(across) > 1 else ""


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points) if len(points) > 1 else ""


def _series_scale(touchpoints: Sequence[TouchpointTrust]) -> tuple[float, float]:
    """The lowest and the highest points that any course reaches, neutral included."""
    reached = [value for touchpoint in touchpoints for value in touchpoint.series if value is not None]
    return min([*reached, NEUTRAL - 5]), max([*reached, NEUTRAL + 5])


def _course(series: Sequence[float | None], scale: tuple[float, float]) -> str:
    low, high = scale
    step = max(1, -(-len(series) // SERIES_POINTS))
    last = len(series) - 1
    parts: list[str] = []
    broken = True
    for place in sorted({*range(last, -1, -step)}):
        value = series[place]
        if value is None:
            broken = True
            continue
        x = coordinate(100 * place / max(last, 1))
        y = coordinate(2 + (SERIES_HEIGHT - 4) * (high - value) / (high - low))
        parts.append(f"{'M' if broken else 'L'}{x} {y}")
        broken = False
    return "".join(parts)


def neutral_course(touchpoints: Sequence[TouchpointTrust]) -> float:
    """Where neutral lies in the courses over time, in pixels from the top."""
    low, high = _series_scale(touchpoints)
    return round(2 + (SERIES_HEIGHT - 4) * (high - NEUTRAL) / (high - low), 2)
