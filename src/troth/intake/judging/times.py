"""A whole column of times at once, where each is plain ISO 8601 that says its offset from UTC."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.compute as pc

from troth.intake.judging.outcome import Value
from troth.intake.words import time_range

_PLAIN = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)$"
_UTC = pa.timestamp("us", "UTC")
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC, like the range's ends
_MICROSECOND = dt.timedelta(microseconds=1)


def many_times(values: Sequence[object], now_ms: int) -> list[Value] | None:
    """The instants in microseconds since 1970; None where any is not that plain, or not plausible now.

    Then they have to be looked at one by one.
    """
    try:
        texts = pa.array(values, pa.string())
        if pc.all(pc.match_substring_regex(texts, _PLAIN)).as_py() is False:
            return None
        instants = texts.cast(_UTC).cast(pa.int64())
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return None
    found = pc.min_max(instants).as_py()
    first, last = ((bound - _EPOCH) // _MICROSECOND for bound in time_range(now_ms))
    if found["min"] is not None and not first <= found["min"] <= found["max"] <= last:
        return None
    plain: list[Value] = instants.to_pylist()
    return plain
