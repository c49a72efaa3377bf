"""Charts over time: where things lie."""

import datetime as dt
import json
import re

from troth.texts import use_language
from troth.web.frame.charts import BOTTOM, TOP, WIDTH, Happening, timeline

FIRST = dt.date(2026, 1, 1)


def days(n: int) -> list[dt.date]:
    return [FIRST + dt.timedelta(place) for place in range(n)]


def points(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)]


def test_a_line_goes_from_edge_to_edge_and_higher_is_better() -> None:
    chart = timeline(days(3), {"index": ("Index", [40.0, 50.0, 60.0])})
    assert chart is not None
    assert points(chart.lines[0].path) == [(0, BOTTOM), (WIDTH / 2, (TOP + BOTTOM) / 2), (WIDTH, TOP)]
    [neutral] = [level for level in chart.levels if level.neutral]
    assert neutral.place == (TOP + BOTTOM) / 2


def test_a_gap_breaks_the_line_and_the_band() -> None:
    values = [50.0, 51.0, None, 52.0, 53.0]
    low, high = ([v and v + d for v in values] for d in (-1, 1))
    chart = timeline(days(5), {"index": ("Index", values)}, (low, high))
    assert chart is not None
    assert chart.lines[0].path.count("M") == 2
    assert chart.band.count("M") == chart.band.count("Z") == 2


def test_days_before_the_first_figure_are_left_out_and_the_last_is_drawn() -> None:
    chart = timeline(days(800), {"index": ("Index", [None] * 100 + [50.0] * 700)})
    assert chart is not None
    told = json.loads(chart.told)
    assert len(told) <= 370
    assert told[-1].startswith("10 March 2028")
    assert len(points(chart.lines[0].path)) == len(told)


def test_one_day_is_no_course_and_a_line_without_figures_is_none() -> None:
    assert timeline(days(1), {"index": ("Index", [50.0])}) is None
    assert timeline([], {"index": ("Index", [])}) is None
    assert timeline(days(3), {"index": ("Index", [None] * 3)}) is None
    chart = timeline(days(2), {"a": ("A", [1.0, 2.0]), "b": ("B", [None, None])})
    assert chart is not None
    assert [line.name for line in chart.lines] == ["a"]


def test_what_happened_lies_where_its_days_are_and_keeps_its_number() -> None:
    happened = [
        Happening(FIRST - dt.timedelta(9), FIRST - dt.timedelta(5)),
        Happening(FIRST - dt.timedelta(1), FIRST + dt.timedelta(2)),
        Happening(FIRST + dt.timedelta(5), FIRST + dt.timedelta(5)),
    ]
    chart = timeline(days(11), {"index": ("Index", [50.0] * 11)}, happened=happened)
    assert chart is not None
    assert [(one.number, one.start, one.width) for one in chart.events] == [(2, 0, 20), (3, 50, 0)]


def test_the_pointer_is_told_in_the_readers_language() -> None:
    with use_language("de"):
        chart = timeline(days(2), {"index": ("Index", [50.25, 51.0])}, ([49.0, 50.0], [51.0, 52.0]))
    assert chart is not None
    assert json.loads(chart.told)[0].startswith("1. Januar 2026\nIndex\t50,2 (49,0 ")
    assert [tick.text for tick in chart.days][-1] == "2. Jan."


def test_a_long_time_names_months_a_few_at_most() -> None:
    chart = timeline(days(365), {"index": ("Index", [50.0] * 365)})
    assert chart is not None
    assert 8 <= len(chart.days) <= 14
    assert all(0 <= tick.place <= 100 for tick in chart.days)
    assert {tick.rank for tick in chart.days} == {"major", "middle", "minor"}
