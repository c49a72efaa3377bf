"""A column of times at once means what its values mean one by one."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intake.helpers import NOW_MS

from troth.blueprint.schema import Column
from troth.intake.judging.fitting import _TIME, _each, _time
from troth.intake.judging.times import many_times

EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - its offset is put behind it
ONE_BY_ONE = _each(_time(Column(type="time"), ZoneInfo("Europe/Amsterdam"), NOW_MS))
OFFSETS = st.integers(1 - 24 * 60, 24 * 60 - 1).map(
    lambda minutes: f"{minutes // 60:+03d}:{minutes % 60:02d}"
)
NAIVE = st.datetimes(EPOCH - dt.timedelta(days=3650), EPOCH + dt.timedelta(days=36500)).map(
    dt.datetime.isoformat
)
TEXTS = st.one_of(
    st.tuples(NAIVE, OFFSETS).map("".join),
    NAIVE.map("{}Z".format),
    NAIVE,
    st.from_regex(_TIME, fullmatch=True),
    st.none(),
)
ODD = st.sampled_from(
    [
        "2026-01-31", "2026-01-31T10:15Z", "2026-01-31T10:15:00", "2026-01-31T10:15:00+01",
        "2026-01-31T10:15:00+0100",
        "2026-01-31 10:15:00Z", "2026-01-31T24:00:00Z", "2026-01-31T23:59:60Z", "2026-02-30T00:00:00Z",
        "2026-01-31T10:15:00+24:00", "2026-01-31T10:15:00+01:75", "2026-01-31T10:15:00-00:00",
        "2026-01-31T10:15:00.1234567Z", "2026-01-31T10:15:00,5Z", "2026-01-31T10:15:00z",
        "2026-01-31t10:15:00Z",
        "2026-01-31T10:15:00Z ", "2026-01-31T10:15:00Z\n", "２０26-01-31T10:15:00Z", "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999-23:59", "2026-W05-6T10:15:00Z", "", 5, 5.5, True, [], {},
    ]
)  # fmt: skip


@given(values=st.lists(TEXTS, max_size=5))
def test_at_once_or_one_by_one(values: list[object]) -> None:
    found = many_times(values, NOW_MS)
    assert found is None or (found, []) == ONE_BY_ONE(values)


@given(value=ODD, plain=TEXTS)
def test_what_is_not_plain_is_left_to_the_other(value: object, plain: str | None) -> None:
    found = many_times([plain, value], NOW_MS)
    assert found is None or (found, []) == ONE_BY_ONE([plain, value])


@pytest.mark.parametrize(
    "text",
    ["2026-01-31T10:15:00Z", "2026-01-31T11:15:00+01:00", "2026-01-31T04:45:00.000000-05:30"],
)
def test_what_is_plain_is_taken_at_once(text: str) -> None:
    assert many_times([text, None], NOW_MS) == [1_769_854_500_000_000, None]


def test_what_is_not_plausible_is_not_taken() -> None:
    assert many_times(["2026-01-31T10:15:00Z", "1201-01-01T00:00:00Z"], NOW_MS) is None
    assert many_times(["2026-01-31T10:15:00Z", "2926-01-01T00:00:00Z"], NOW_MS) is None


def test_nothing_is_nothing() -> None:
    assert many_times([], NOW_MS) == []
    assert many_times([None], NOW_MS) == [None]
