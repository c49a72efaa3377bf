"""Simulated seconds as the times that the shop's systems write."""

import datetime as dt
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from troth.demo.lived import Integers

SHOP_ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = 3600
DAY = 24 * HOUR


class Clock:
    """Turns seconds since the first simulated day, UTC, into times; what lies after the last day is unknown.

    Args:
        first_day: The first simulated day.
        until: The last day that the exports know of.
    """

    def __init__(self, first_day: dt.date, until: dt.date) -> None:
        self._first = int(dt.datetime.combine(first_day, dt.time(), dt.UTC).timestamp())
        self.end = ((until - first_day).days + 1) * DAY
        hours = range(self._first // HOUR, self._first // HOUR + self.end // HOUR)
        offsets = [
            dt.datetime.fromtimestamp(hour * HOUR, SHOP_ZONE).utcoffset() or dt.timedelta() for hour in hours
        ]
        self._offsets = np.array([int(offset.total_seconds()) for offset in offsets])

    def utc(self, seconds: Integers) -> NDArray[np.datetime64]:
        """Times in UTC; not a time where the moment has not come."""
        return self._times(seconds, np.zeros(len(seconds), np.int64))

    def local(self, seconds: Integers) -> NDArray[np.datetime64]:
        """Times of the shop's clock; not a time where the moment has not come."""
        return self._times(seconds, self.offset(seconds))

    def offset(self, seconds: Integers) -> Integers:
        """How many seconds the shop's clock is ahead of UTC."""
        offsets: Integers = self._offsets[np.clip(seconds // HOUR, 0, len(self._offsets) - 1)]
        return offsets

    def date(self, days: Integers) -> NDArray[np.datetime64]:
        """Dates of days counted from the first simulated one."""
        return (days + self._first // DAY).astype("datetime64[D]")

    def _times(self, seconds: Integers, ahead: Integers) -> NDArray[np.datetime64]:
        known = seconds < self.end
        epoch = np.where(known, seconds + ahead + self._first, 0)
        return np.where(known, epoch.astype("datetime64[s]"), np.datetime64("NaT"))
