"""The charts over time, by Vega-Altair: still SVG for paper and readers without scripts, and a live spec.

Drawn in the palette's light colours, which `palette.themed` turns into custom properties: one drawing serves
both themes.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from troth import texts
from troth.insight.company import Trend
from troth.report.page import words
from troth.report.page.lexicon import Lexicon
from troth.report.page.marks import NEUTRAL
from troth.report.page.palette import PALETTE, themed
from troth.texts import _
from troth.vocabulary import PRECONDITION_IDS

if TYPE_CHECKING:
    import altair as alt

Row = dict[str, str | float | None]

MOST_DAYS = 370
"""Of a longer period, evenly spaced days are drawn, the last one always."""

FEW_DAYS = 100
"""Of so few days the axis names days, of more months."""

HEIGHT = 230
_FONT = "Helvetica Neue, Liberation Sans, Arial, sans-serif"
WIDE, NARROW = 560, 300
"""Widths of the still drawings in pixels: for a desk, and for a phone and half a sheet of paper."""

_TIME_LOCALES: dict[str, Literal["en-GB", "de-DE", "nl-NL"]] = {"en": "en-GB", "de": "de-DE", "nl": "nl-NL"}
_DASHES: dict[str, list[int]] = {"willing": [1, 0], "able": [8, 3], "assessable": [2, 3]}


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: `wide` and `narrow` are SVG; `live` is a Vega-Lite spec that takes its container's width."""

    wide: str
    narrow: str
    live: dict[str, Any]


def drawn_days(trend: Trend) -> range:
    """The places of the days that are drawn, from the first with a known index on."""
    first = next((place for place, value in enumerate(trend.index) if value is not None), None)
    if first is None:
        return range(0)
    last = len(trend.days) - 1
    step = -(-(last - first + 1) // MOST_DAYS)
    return range(last - (last - first) // step * step, last + 1, step)


def index_chart(trend: Trend) -> Chart:
    """The company index with its band."""
    rows: list[Row] = [
        {
            **_day(trend, i, {_("Company index"): _told(trend.index[i], trend.low[i], trend.high[i])}),
            "index": trend.index[i], "low": trend.low[i], "high": trend.high[i],
        }
        for i in drawn_days(trend)
    ]  # fmt: skip

    def layers(days: "alt.Chart") -> "list[alt.Chart]":
        y = _points_axis(rows, ("index", "low", "high"))
        band = days.mark_area(color=_light("band"), opacity=0.8).encode(y=y("low"), y2="high:Q")
        return [band, days.mark_line(color=_light("ink"), strokeWidth=2).encode(y=y("index"))]

    return _chart(rows, layers)


def preconditions_chart(trend: Trend, lexicon: Lexicon) -> Chart:
    """The three preconditions, told apart by their lines' strokes beside their colours."""
    series = {"willing": trend.willing, "able": trend.able, "assessable": trend.assessable}
    names = {part: lexicon.precondition(part) for part in PRECONDITION_IDS}
    rows: list[Row] = [
        {
            **_day(trend, i, {name: _told(series[part][i]) for part, name in names.items()}),
            **{name: series[part][i] for part, name in names.items()},
        }
        for i in drawn_days(trend)
    ]

    def layers(days: "alt.Chart") -> "list[alt.Chart]":
        import altair as alt

        y = _points_axis(rows, tuple(names.values()))
        legend = alt.Legend(
            title=None, orient="bottom", symbolSize=500, symbolStrokeWidth=2, columnPadding=12
        )
        domain = list(names.values())
        lines = days.transform_fold([*domain], as_=["part", "points"]).mark_line(strokeWidth=2)
        return [
            lines.encode(
                y=y("points"),
                color=alt.Color(
                    "part:N",
                    legend=legend,
                    scale=alt.Scale(domain=domain, range=[_light(part) for part in names]),
                ),
                strokeDash=alt.StrokeDash(
                    "part:N",
                    legend=legend,
                    scale=alt.Scale(domain=domain, range=[_DASHES[part] for part in names]),
                ),
            )
        ]

    return _chart(rows, layers)


def time_locale() -> dict[str, Any]:
    """How the live charts write months and days in the language in force, as Vega wants it."""
    import vl_convert

    locale: dict[str, Any] = vl_convert.get_time_format_locale(_TIME_LOCALES[texts.language()])
    return locale


def _chart(rows: list[Row], layers: "Callable[[alt.Chart], list[alt.Chart]]") -> Chart:
    """The still drawings and the live spec of `layers`; the pointer shows what the nearest day tells."""
    import altair as alt

    axis = alt.X("day:T", title=None, scale=alt.Scale(type="utc"), axis=_time_axis(rows))
    days = alt.Chart(alt.NamedData(name="days")).encode(x=axis)
    drawn = layers(days)
    hover = alt.selection_point("hover", nearest=True, on="pointerover", encodings=["x"], empty=False)
    pointer = (
        days.mark_rule(color=_light("ink"))
        .encode(
            opacity=alt.condition(hover, alt.value(0.7), alt.value(0)),
            tooltip="told:N",
        )
        .add_params(hover)
        .properties(name="pointer")
    )
    still, live = _spec(rows, drawn), _spec(rows, [*drawn, pointer])
    return Chart(
        wide=_still({**still, "width": WIDE}),
        narrow=_still({**still, "width": NARROW}),
        live=json.loads(themed(json.dumps({**live, "width": "container"}))),
    )


def _time_axis(rows: list[Row]) -> "alt.Axis":
    """Months with their year; days where there are few."""
    import altair as alt

    if len(rows) > FEW_DAYS:
        return alt.Axis(
            format="%b %Y", labelFlush=False, labelOverlap=True, labelPadding=6, tickCount="month"
        )
    day = "%-d. %b" if texts.language() == "de" else "%-d %b"
    return alt.Axis(format=day, labelFlush=False, labelOverlap=True, labelPadding=6, tickCount=8)


def _spec(rows: list[Row], layers: "list[alt.Chart]") -> dict[str, Any]:
    import altair as alt

    neutral = alt.Chart(alt.InlineData(values=[{"neutral": NEUTRAL}])).mark_rule(color=_light("line"))
    chart = alt.layer(neutral.encode(y="neutral:Q"), *layers).properties(
        height=HEIGHT, background="transparent"
    )
    spec: dict[str, Any] = (
        chart.configure(font=_FONT, aria=False)
        .configure_view(stroke=None)
        .configure_axis(
            labelFontSize=12, labelColor=_light("muted"), gridColor=_light("rule"), gridOpacity=0.7,
            domain=False, aria=False, tickColor=_light("rule"),
        )
        .configure_axisX(grid=False)
        .configure_legend(aria=False, labelFontSize=13, labelColor=_light("ink"))
        .to_dict()
    )  # fmt: skip
    spec["datasets"]["days"] = rows  # put in last: Altair would check every row against Vega-Lite's schema
    return spec


def _still(spec: dict[str, Any]) -> str:
    """The spec as SVG in the page's colours that scales with its width."""
    import vl_convert

    drawing: str = vl_convert.vegalite_to_svg(spec, time_format_locale=_TIME_LOCALES[texts.language()])
    return themed(re.sub(r'^<svg ([^>]*?)width="[\d.]+" height="[\d.]+"', r"<svg \1", drawing))


def _points_axis(rows: list[Row], fields: tuple[str, ...]) -> "Callable[[str], alt.Y]":
    """An axis of trust points in tens that holds neutral and whatever the fields reach."""
    import altair as alt

    reached = [value for row in rows for field in fields if isinstance(value := row[field], float | int)]
    low, high = min([*reached, 45.0]), max([*reached, 55.0])
    domain = [max(0, low // 10 * 10), min(100, -(-high // 10) * 10)]
    scale = alt.Scale(domain=domain, nice=False, zero=False)
    return lambda field: alt.Y(
        f"{field}:Q", title=None, scale=scale, axis=alt.Axis(values=list(range(0, 101, 10)))
    )


def _day(trend: Trend, place: int, figures: dict[str, str]) -> Row:
    """A day as data and, line by line, as the pointer shows it."""
    day = trend.days[place]
    lines = [words.day(day), *(f"{title}\t{figure}" for title, figure in figures.items())]
    return {"day": day.isoformat(), "told": "\n".join(lines)}


def _told(value: float | None, low: float | None = None, high: float | None = None) -> str:
    if value is None:
        return "–"
    if low is None or high is None:
        return words.number(value, 1)
    return f"{words.number(value, 1)} ({words.limits(low, high, 1)})"


def _light(colour: str) -> str:
    return PALETTE[colour][0]
