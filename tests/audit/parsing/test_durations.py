"""Spans of time, as shops write them in three languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.audit.parsing.durations import durations
from troth.audit.parsing.numbers import number_words


@pytest.mark.parametrize(
    ("text", "least", "most", "unit", "working"),
    [
        ("Lieferzeit: 2-3 Werktage", 2, 3, "days", True),
        ("Lieferzeit ca. 2 – 3 Arbeitstage", 2, 3, "days", True),
        ("levering in 1 tot 3 werkdagen", 1, 3, "days", True),
        ("1 à 2 werkdagen", 1, 2, "days", True),
        ("delivered within 24 hours", 24, 24, "hours", False),
        ("binnen 24 uur", 24, 24, "hours", False),
        ("binnen een werkdag", 1, 1, "days", True),
        ("innerhalb eines Werktages", 1, 1, "days", True),
        ("within one business day", 1, 1, "days", True),
        ("binnen veertien dagen", 14, 14, "days", False),
        ("binnen vierzehn Tagen", 14, 14, "days", False),
        ("fourteen days", 14, 14, "days", False),
        ("30-day returns", 30, 30, "days", False),
        ("14-tägiges Widerrufsrecht", 14, 14, "days", False),
        ("eine 14-daagse bedenktijd", 14, 14, "days", False),
        ("zwei bis vier Wochen", 2, 4, "weeks", False),
        ("between 2 and 4 working days", 2, 4, "days", True),
        ("24 bis 48 Stunden", 24, 48, "hours", False),
        ("1 dag tot 3 dagen", 1, 3, "days", False),
        ("innerhalb von 30 Kalendertagen", 30, 30, "days", False),
        ("twee jaar garantie", 2, 2, "years", False),
        ("100 dagen", 100, 100, "days", False),
        ("tweeëntwintig dagen", 22, 22, "days", False),
        ("24 Stunden bis 2 Tage", 1, 2, "days", False),
        ("2 weeks", 2, 2, "weeks", False),
    ],
)
def test_spans(text: str, least: float, most: float, unit: str, working: bool) -> None:
    (found,) = durations(text)
    assert (found.least, found.most, found.unit, found.working) == (least, most, unit, working)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    [
        "once a day",
        "24/7",
        "€ 14 dagelijks",
        "am 14. Tag",
        "eine Stunde Fahrt",
        "5-3 days",
        "artikel 12345 dagboek",
        "Montag bis Freitag von 9 bis 17 Uhr",
        "12.14 dagen",
    ],
)
def test_what_only_looks_like_a_span(text: str) -> None:
    assert list(durations(text)) == []


def test_within_is_told() -> None:
    assert [found.bounded for found in durations("within 14 days, 30 days")] == [True, False]


@given(
    st.integers(1, 99), st.integers(0, 400), st.sampled_from(["Tage", "days", "dagen", "Werktage", "hours"])
)
def test_any_range_is_read_back(least: int, more: int, unit: str) -> None:
    (found,) = durations(f"Zeit: {least} - {least + more} {unit}.")
    assert (found.least, found.most) == (least, least + more)


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in durations(text):
        assert 0 <= found.least_days <= found.most_days
        assert text[found.start : found.end] == found.text


@given(st.sampled_from(sorted(number_words())), st.sampled_from(["Tagen", "dagen", "days"]))
def test_every_number_word_counts(word: str, unit: str) -> None:
    (found,) = durations(f"binnen {word} {unit}")
    assert found.most == number_words()[word]


def test_number_words() -> None:
    known = number_words()
    said = {
        "drieëndertig": 33,
        "achtundvierzig": 48,
        "forty-eight": 48,
        "zwölf": 12,
        "zestig": 60,
        "ninety": 90,
    }
    assert {word: known[word] for word in said} == said
    assert len({value for value in known.values() if value <= 100}) == 101
