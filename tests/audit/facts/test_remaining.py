import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.audit.facts.remaining import remaining


@pytest.mark.parametrize(
    ("text", "seconds", "resolution_s"),
    [
        ("02:14:33", 8073, 1),
        ("14:33", 873, 1),
        ("00 : 02 : 57 : 53", 10673, 1),
        ("3 days 02:14:33", 267273, 1),
        ("1 Tag, 04:05:06", 101106, 1),
        ("nog 3 uur", 10800, 3600),
        ("nog 2 dagen en 4 uur", 187200, 3600),
        ("endet in 2 Std. 14 Min.", 8040, 60),
        ("nur noch 5 Stunden und 12 Minuten", 18720, 60),
        ("0 Days 2 Hours 57 Minutes 53 Seconds", 10673, 1),
        ("02\nUren\n14\nMinuten\n33\nSeconden", 8073, 1),
        ("00 hours :29 minutes :26 seconds", 1766, 1),
        ("1d 2h 3m 4s", 93784, 1),
    ],
)
def test_times_that_are_left(text: str, seconds: int, resolution_s: int) -> None:
    assert [(one.left_ms, one.resolution_ms) for one in remaining(text)] == [
        (seconds * 1000, resolution_s * 1000)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "22:00 uur",
        "14:00 Uhr",
        "5:00 pm",
        "2-4 days",
        "€ 12:50,00",
        "version 1:02.5",
        "12:75",
        "2026-11-26",
        "16:9:4",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert remaining(text) == []


def test_each_stands_where_it_says() -> None:
    text = "Ends in 01:02:03 or in 4 hours"
    assert [text[one.start : one.end] for one in remaining(text)] == ["01:02:03", "4 hours"]


@given(st.integers(0, 99 * 86400))
def test_a_clock_is_read_as_it_was_written(seconds: int) -> None:
    clock = f"{seconds // 3600 % 24:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    for text in (f"{seconds // 86400} days {clock}", f"{seconds // 86400:02}:{clock}"):
        assert [one.left_ms for one in remaining(text)] == [seconds * 1000]


@given(st.text(alphabet="0123456789: .,-dhms\nT", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for one in remaining(text):
        assert one.left_ms >= 0
        assert 0 <= one.start < one.end <= len(text)
