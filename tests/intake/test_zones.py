"""Local times to UTC, against zoneinfo."""

# ruff: noqa: DTZ001 - the ledger's times are in UTC and carry no zone

import datetime as dt
from zoneinfo import ZoneInfo

import duckdb
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from troth.intake import zones

_ZONES = [
    "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "Africa/Casablanca",
    "America/Sao_Paulo", "Pacific/Apia", "Asia/Gaza", "Europe/Dublin", "UTC", "Antarctica/Troll",
]  # fmt: skip
_LAST_YEAR = 2036


def utc(local: dt.datetime, zone: str) -> dt.datetime:
    """The oracle."""
    return local.replace(tzinfo=ZoneInfo(zone), fold=0).astimezone(dt.UTC).replace(tzinfo=None)


def computed(local: dt.datetime, zone: str) -> dt.datetime:
    query = f"SELECT {zones.utc('x', zone, _LAST_YEAR)} FROM (SELECT ?::TIMESTAMP AS x)"
    [(moment,)] = duckdb.execute(query, [local]).fetchall()
    assert isinstance(moment, dt.datetime)
    return moment


@settings(max_examples=50)
@given(
    st.datetimes(min_value=dt.datetime(1970, 1, 2), max_value=dt.datetime(_LAST_YEAR, 12, 30)),
    st.sampled_from(_ZONES),
)
@example(dt.datetime(2025, 3, 30, 2, 30), "Europe/Amsterdam")  # a gap
@example(dt.datetime(2025, 10, 26, 2, 30), "Europe/Amsterdam")  # a fold
@example(dt.datetime(2011, 12, 30, 12), "Pacific/Apia")  # a day that never was
def test_any_time_is_what_zoneinfo_says(local: dt.datetime, zone: str) -> None:
    assert computed(local, zone) == utc(local, zone)


@pytest.mark.parametrize("zone", _ZONES)
def test_times_around_every_change_are_what_zoneinfo_says(zone: str) -> None:
    _first, changes = zones.transitions(zone, _LAST_YEAR)
    epoch = dt.datetime(1970, 1, 1)
    moments = [
        epoch + dt.timedelta(seconds=second + shift)
        for second, _offset in changes
        for shift in (-7200, -3601, -1800, -1, 0, 1, 1800, 3600, 7200)
        if second + shift > 0
    ]
    values = ", ".join(f"(TIMESTAMP '{moment}')" for moment in [epoch + dt.timedelta(days=9), *moments])
    query = f"SELECT x, {zones.utc('x', zone, _LAST_YEAR)} FROM (VALUES {values}) AS times(x)"
    for local, found in duckdb.execute(query).fetchall():
        assert found == utc(local, zone), local


def test_times_far_off_raise_no_error() -> None:
    values = "('infinity'), ('-infinity'), ('290309-12-22 (BC)'), ('294247-01-10'), ('0001-01-01')"
    expression = zones.utc("x", "Europe/Amsterdam", _LAST_YEAR)
    query = f"SELECT count({expression}) FROM (SELECT x::TIMESTAMP AS x FROM (VALUES {values}) AS t(x))"
    assert duckdb.execute(query).fetchall() == [(5,)]
