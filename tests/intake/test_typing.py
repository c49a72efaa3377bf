# ruff: noqa: DTZ001 - the ledger's times are in UTC and carry no zone

import datetime as dt

import duckdb
import pytest

from troth.intake import typing


def value(expression: str, text: str) -> object:
    connection = duckdb.connect()
    connection.execute("SET TimeZone = 'UTC'")
    row = connection.execute(f"SELECT {expression} FROM (SELECT ?::VARCHAR AS t)", [text]).fetchone()
    assert row is not None
    return row[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("42", 42), (" 42 ", 42), ("-7", -7), ("+7", 7), ("007", 7), ("12.0", 12), ("12,00", 12),
        ("1.000", 1000), ("1,000,000", 1_000_000), ("1 000", 1000), ("1'000", 1000),
        ("9223372036854775807", 2**63 - 1),
        ("12.5", None), ("1e3", None), ("0x1F", None), ("1_000", None), ("9223372036854775808", None),
        ("12,34,567", None),
        ("abc", None), ("", None), ("١", None),
    ],
)  # fmt: skip
def test_integers(text: str, expected: int | None) -> None:
    assert value(typing.integer("t"), text) == expected


@pytest.mark.parametrize(
    ("text", "mark", "expected"),
    [
        ("12.5", ".", 12.5), (" .5", ".", 0.5), ("-1e3", ".", -1000.0), ("1,234.5", ".", 1234.5),
        ("1 234.5", ".", 1234.5),
        ("1’234.50", ".", 1234.5), ("12,5", ".", None), ("1,23.4", ".", None), ("inf", ".", None),
        ("nan", ".", None),
        ("1_0", ".", None), ("12,5", ",", 12.5), ("1.234,5", ",", 1234.5), ("1.234", ",", 1234.0),
        ("12.5", ",", None),
        ("1\u202f234,5", ",", 1234.5), ("1,234,5", ",", None), ("-0,25", ",", -0.25), ("", ",", None),
    ],
)  # fmt: skip
def test_numbers(text: str, mark: str, expected: float | None) -> None:
    assert value(typing.number("t", mark), text) == expected


@pytest.mark.parametrize("text", ["true", "T", "1", "yes", "Ja", " wahr ", "waar", "OUI", "y", "j"])
def test_true(text: str) -> None:
    assert value(typing.boolean("t"), text) is True


@pytest.mark.parametrize("text", ["false", "F", "0", "no", "Nein", "nee", "falsch", "onwaar", "non", "n"])
def test_false(text: str) -> None:
    assert value(typing.boolean("t"), text) is False


def test_other_words_are_no_truth() -> None:
    assert value(typing.boolean("t"), "maybe") is None


@pytest.mark.parametrize(
    ("text", "format_", "local", "absolute"),
    [
        ("2025-01-02 03:04:05", None, dt.datetime(2025, 1, 2, 3, 4, 5), None),
        ("2025-01-02T03:04:05.678", None, dt.datetime(2025, 1, 2, 3, 4, 5, 678000), None),
        ("2025-01-02", None, dt.datetime(2025, 1, 2), None),
        (" 2025/1/2 3:04 ", None, dt.datetime(2025, 1, 2, 3, 4), None),
        ("2025-01-02T03:04:05Z", None, None, dt.datetime(2025, 1, 2, 3, 4, 5)),
        ("2025-01-02 03:04:05+01:00", None, None, dt.datetime(2025, 1, 2, 2, 4, 5)),
        ("2025-01-02 03:04:05 +0100", None, None, dt.datetime(2025, 1, 2, 2, 4, 5)),
        ("2025-01-02 03:04-02", None, None, dt.datetime(2025, 1, 2, 5, 4)),
        ("2025-1-1 1:00+01:00", None, None, dt.datetime(2025, 1, 1)),
        ("2025-01-02 03:04:05 Europe/Berlin", None, None, dt.datetime(2025, 1, 2, 2, 4, 5)),
        ("2025-01-02 03:04:05 PM", None, None, None),
        ("2025-02-30", None, None, None),
        ("infinity", None, None, None),
        ("epoch", None, None, None),
        ("02-01-2025 03:04", None, None, None),
        ("02-01-2025 03:04", "%d-%m-%Y %H:%M", dt.datetime(2025, 1, 2, 3, 4), None),
        ("2025-01-02 03:04:05", "%d-%m-%Y %H:%M", dt.datetime(2025, 1, 2, 3, 4, 5), None),
        ("2025-01-02T03:04:05Z", "%d-%m-%Y %H:%M", None, dt.datetime(2025, 1, 2, 3, 4, 5)),
        ("1/2/2025 1:30 PM", "%m/%d/%Y %I:%M %p", dt.datetime(2025, 1, 2, 13, 30), None),
        ("02-01-2025 03:04 +0100", "%d-%m-%Y %H:%M %z", None, dt.datetime(2025, 1, 2, 2, 4)),
    ],
)
def test_times(
    text: str, format_: str | None, local: dt.datetime | None, absolute: dt.datetime | None
) -> None:
    found = typing.time("t", format_)
    assert (value(found.local, text), value(found.absolute, text)) == (local, absolute)


@pytest.mark.parametrize(
    ("text", "format_", "expected"),
    [
        ("2025-01-02", None, dt.date(2025, 1, 2)),
        ("2025-01-02T23:59:00Z", None, dt.date(2025, 1, 2)),
        ("2025-13-02", None, None),
        ("02.01.2025", "%d.%m.%Y", dt.date(2025, 1, 2)),
        ("2025-01-02", "%d.%m.%Y", dt.date(2025, 1, 2)),
        ("infinity", None, None),
    ],
)
def test_dates(text: str, format_: str | None, expected: dt.date | None) -> None:
    assert value(typing.date("t", format_), text) == expected
