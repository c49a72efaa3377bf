import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from troth.demo.clock import DAY, Clock
from troth.demo.lived import NEVER

FIRST = dt.date(2025, 1, 1)
CLOCK = Clock(FIRST, dt.date(2025, 12, 31))
MIDNIGHT = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@given(st.integers(0, 365 * DAY - 1))
def test_local_time_is_that_of_the_zone(seconds: int) -> None:
    there = (MIDNIGHT + dt.timedelta(seconds=seconds)).astimezone(ZoneInfo("Europe/Amsterdam"))
    moment = np.array([seconds])
    assert CLOCK.local(moment)[0].item() == there.replace(tzinfo=None)
    assert CLOCK.offset(moment)[0] == there.utcoffset().total_seconds()  # type: ignore[union-attr]


def test_what_lies_after_the_last_day_is_unknown() -> None:
    times = CLOCK.utc(np.array([365 * DAY - 1, 365 * DAY, NEVER]))
    assert times[0] == np.datetime64("2025-12-31T23:59:59")
    assert np.isnat(times[1:]).all()


def test_days_are_counted_from_the_first() -> None:
    assert CLOCK.date(np.array([-1, 0, 59])).tolist() == [
        dt.date(2024, 12, 31), dt.date(2025, 1, 1), dt.date(2025, 3, 1),
    ]  # fmt: skip
