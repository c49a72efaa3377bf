"""The page's small decisions: signs, decimals, colours, sentences, the journey's geometry."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.report import twins

from troth import texts
from troth.insight.estimate import Estimate
from troth.report.page import journey, sections, summary, words
from troth.report.page.charts import MOST_DAYS, drawn_days, index_chart, preconditions_chart
from troth.report.page.lexicon import Lexicon
from troth.report.page.marks import mark, tint
from troth.report.page.palette import PALETTE, themed
from troth.report.page.render import html
from troth.report.twin import Twin, from_json

POINTS = st.floats(0, 100)


@pytest.fixture(scope="module")
def twin() -> Twin:
    return from_json(twins.example())


@pytest.mark.parametrize(
    ("low", "value", "high", "side", "ground"),
    [
        (57, 61, 65, "above", "above-2"),
        (50.1, 55, 58, "above", "above-1"),
        (80, 90, 95, "above", "above-3"),
        (50, 55, 60, "level", "level-0"),
        (40, 45, 50, "level", "level-0"),
        (30, 42, 49.9, "below", "below-1"),
        (20, 30, 40, "below", "below-2"),
        (0, 5, 9, "below", "below-3"),
    ],
)
def test_a_sign_needs_the_whole_interval_on_its_side(
    low: float, value: float, high: float, side: str, ground: str
) -> None:
    score = Estimate(value, low, high)
    assert (mark(score), tint(score)) == (side, ground)
    assert (mark(score, known=False), tint(score, known=False)) == ("unknown", "unknown")
    assert mark(None) == "unknown"


def test_a_figure_has_no_more_decimals_than_its_interval_can_carry() -> None:
    assert words.points(Estimate(61.4, 57, 65)) == "61"
    assert words.points(Estimate(61.44, 60.9, 62)) == "61.4"
    assert words.points(Estimate(61.444, 61.4, 61.5)) == "61.44"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(-0.2, 0, "0"), (-1.25, 1, "−1.2"), (1234.5, 1, "+1,234.5"), (0.0, 1, "0.0"), (0.04, 1, "0.0")],
)
def test_a_difference_has_a_sign_unless_it_rounds_to_nothing(value: float, digits: int, written: str) -> None:
    assert words.signed(value, digits) == written


def test_a_small_share_is_not_written_as_nothing() -> None:
    assert [words.share(value) for value in (0, 0.0004, 0.04, 0.4, 1)] == [
        "0%",
        "< 0.1%",
        "4.0%",
        "40%",
        "100%",
    ]


def test_a_code_without_words_shows_itself() -> None:
    assert words.coded("no-such-reason", words.LEFT_OUT_REASONS) == "no-such-reason"


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1])
def test_text_and_signs_stand_out_from_their_ground_in_both_themes(theme: int) -> None:
    colour = {name: both[theme] for name, both in PALETTE.items()}
    for text in ("ink", "muted", "link", "above", "below", "level", "willing", "able", "assessable"):
        assert contrast(colour[text], colour["paper"]) >= 4.5, text
    for ground in (
        "panel",
        "level-0",
        *(f"{side}-{step}" for side in ("above", "below") for step in (1, 2, 3)),
    ):
        assert contrast(colour["ink"], colour[ground]) >= 4.5, ground


def test_colours_of_a_drawing_become_custom_properties() -> None:
    lights = [light for light, _dark in PALETTE.values()]
    assert len(lights) == len(set(lights))
    assert themed(" ".join(lights)) == " ".join(f"var(--{name})" for name in PALETTE)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ((2.3, 1.2, 3.4), "risen by 2.3 points (1.2 to 3.4) since 2 November 2025"),
        ((-2.3, -3.4, -1.2), "fallen by 2.3 points (1.2 to 3.4) since 2 November 2025"),
        ((0.4, -0.6, 1.4), "not changed beyond what chance explains (−0.6 to +1.4)"),
    ],
)
def test_a_change_is_told_only_where_it_is_one(
    twin: Twin, change: tuple[float, float, float], said: str
) -> None:
    trend = replace(twin.company.trend, change=Estimate(*change))
    changed = replace(twin, company=replace(twin.company, trend=trend))
    told = summary.sentences(changed.company, changed.critical, Lexicon(changed.journey))
    assert any(said in sentence for sentence in told)


def test_the_sentences_name_what_stands_out(twin: Twin) -> None:
    told = " ".join(summary.sentences(twin.company, twin.critical, Lexicon(twin.journey)))
    assert "Trust stands at 59.5 (59.2 to 59.8), above neutral" in told
    assert "“Able”" in told
    assert "“Reliability” at “Delivery” costs most" in told


def test_names_follow_the_language_and_fall_back(twin: Twin) -> None:
    lexicon = Lexicon(twin.journey)
    with texts.use_language("de"):
        assert lexicon.touchpoint("delivery") == "Lieferung"
        assert lexicon.mechanism("reliability") == "Verlässlichkeit"
    assert lexicon.touchpoint("gone") == "gone"


def test_the_line_of_trust_goes_on_from_column_to_column(twin: Twin) -> None:
    stops = journey.stops(twin.journey, twin.touchpoints, Lexicon(twin.journey))
    columns = [stop for stop in stops if stop.line]
    ends = [
        [float(point.split(",")[1]) for point in (s.line.split()[0], s.line.split()[-1])] for s in columns
    ]
    assert all(left[1] == right[0] for left, right in pairwise(ends))


def test_an_unknown_touchpoint_breaks_the_line(twin: Twin) -> None:
    *_, unknown = journey.stops(twin.journey, twin.touchpoints, Lexicon(twin.journey))
    assert not unknown.touchpoint.trust.known
    assert (unknown.line, unknown.band, unknown.area) == ("", "", "")


@given(POINTS, POINTS)
def test_more_trust_is_never_drawn_lower(one: float, other: float) -> None:
    assert (one <= other) == (journey.height_of(one) >= journey.height_of(other)) or abs(one - other) < 0.01


@given(st.integers(0, 200), st.integers(5, 9))
def test_rows_of_columns_come_out_even(touchpoints: int, most: int) -> None:
    columns = journey.columns(touchpoints, most)
    rows = max(1, -(-touchpoints // most))
    assert 4 <= columns <= most
    assert columns * rows >= touchpoints
    assert columns == 4 or (columns - 1) * rows < touchpoints


def test_the_charts_show_neutral_the_band_and_three_strokes(twin: Twin) -> None:
    index = index_chart(twin.company.trend)
    assert all('stroke="var(--line)"' in drawing for drawing in (index.wide, index.narrow))
    assert 'fill="var(--band)"' in index.wide
    parts = preconditions_chart(twin.company.trend, Lexicon(twin.journey)).wide
    assert all(f'stroke="var(--{part})"' in parts for part in ("willing", "able", "assessable"))
    assert len(set(re.findall(r'stroke-dasharray="([^"]+)"', parts))) == 3


def test_a_long_trend_is_thinned_and_keeps_its_last_day(twin: Twin) -> None:
    trend = twin.company.trend
    days, index = trend.days * 4, (None,) * 7 + trend.index[-1:] * (4 * len(trend.days) - 7)
    drawn = drawn_days(replace(trend, days=days, index=index))
    assert len(drawn) <= MOST_DAYS
    assert drawn[-1] == len(days) - 1
    assert drawn[0] >= 7


def test_coordinates_are_plain_numbers() -> None:
    assert all(re.fullmatch(r"-?\d+(\.\d{1,2})?", words.coordinate(x)) for x in (0, 1e-9, 1e20, -3.456, 50.0))


def test_a_severity_is_followed_by_the_mechanisms_for_which_it_weighs_otherwise() -> None:
    strained = twins.example()
    for entry in strained["parameters"]["mechanisms"]:
        if entry["mechanism"] in {"clarity", "reliability"}:
            own = {"kind": "blueprint", "name": "", "line": 7}
            entry["severities"] = [*entry["severities"]]
            entry["severities"][1] = {"severity": "S2", "weight": 1.25, "origin": own}
    report = from_json(strained)
    rows = [
        (row.severity.id, row.mechanisms, words.weight(row.weight), row.origin)
        for row in sections.severity_rows(report, Lexicon(report.journey))
    ]
    common = [(row[0], (), row[2]) for row in rows if not row[1]]
    assert common == [("S1", (), "0.3"), ("S2", (), "1.0"), ("S3", (), "3.0"), ("S4", (), "8.0")]
    assert rows[2] == ("S2", ("Reliability", "Clarity"), "1.25", "blueprint line 7")
    assert len(rows) == 5
    page = html(strained, "en")
    assert "where it speaks of: Reliability, Clarity" in page
    assert '<td class="num">1.25</td><td>blueprint line 7</td>' in page


@pytest.mark.parametrize(("weight", "written"), [(0.3, "0.3"), (1, "1.0"), (1.25, "1.25"), (1.125, "1.125")])
def test_a_weight_is_written_as_finely_as_it_is_set(weight: float, written: str) -> None:
    assert words.weight(weight) == written


@pytest.mark.parametrize(
    ("shares", "written"),
    [
        ((0.3342, 0.3341, 0.3317), ["34%", "33%", "33%"]),
        ((0.2307, 0.0690, 0.7003), ["23%", "7%", "70%"]),
        ((0.004, 0.004, 0.992), ["1%", "0%", "99%"]),
        ((1 / 3, 1 / 3, 1 / 3), ["34%", "33%", "33%"]),
        ((1.0, 0.0, 0.0), ["100%", "0%", "0%"]),
    ],
)
def test_shares_of_the_shortfall_add_up_to_the_whole(
    twin: Twin, shares: tuple[float, float, float], written: list[str]
) -> None:
    parts = [
        replace(part, shortfall_share=share)
        for part, share in zip(twin.company.trust.preconditions, shares, strict=True)
    ]
    assert list(words.shortfalls(parts).values()) == written
    assert sum(int(share.removesuffix("%")) for share in written) == 100


def test_the_page_shows_shares_of_the_shortfall_that_add_up() -> None:
    changed = twins.example()
    for part, share in zip(
        changed["company"]["trust"]["preconditions"], (0.3342, 0.3341, 0.3317), strict=True
    ):
        part["shortfall_share"] = share
    found = re.findall(r"Share of the shortfall</dt><dd>(\d+)%", html(changed, "en"))
    assert [int(share) for share in found[:3]] == [34, 33, 33]
