"""Local times to UTC, in SQL: a time zone's transitions become a balanced tree of comparisons.

In a gap (the hour that summer time skips) and in a fold (the hour that comes twice) the offset before the
transition holds, as with `zoneinfo` and `fold=0`. This is exact on every engine; ICU's `AT TIME ZONE` takes
the later hour of a fold.
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

_DAY = 86_400
_FIRST_YEAR = 1970
_SANE = "TIMESTAMP '1900-01-01' AND TIMESTAMP '2300-01-01'"  # beyond, a subtraction may overflow


@cache
def transitions(zone: str, last_year: int) -> tuple[int, tuple[tuple[int, int], ...]]:
    """The zone's offset at the start of 1970 (seconds east of UTC), and every change until `last_year` ends.

    A change is (local time from which it holds, in seconds since 1970, and the offset).
    """
    clock = ZoneInfo(zone)

    def offset(second: int) -> int:
        difference = dt.datetime.fromtimestamp(second, clock).utcoffset()
        assert difference is not None  # noqa: S101 - a ZoneInfo always knows
        return round(difference.total_seconds())

    first = _seconds(_FIRST_YEAR)
    found = []
    before = earliest = offset(first)
    for day in range(first, _seconds(last_year + 1), _DAY):
        after = offset(day + _DAY)
        if after != before:
            low, high = day, day + _DAY
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if offset(middle) == after else (middle, high)
            found.append((high + max(before, after), after))
            before = after
    return earliest, tuple(found)


def utc(local: str, zone: str, last_year: int) -> str:
    """SQL for the UTC TIMESTAMP of the SQL expression `local`: a TIMESTAMP in `zone`, until `last_year`."""
    earliest, changes = transitions(zone, last_year)
    offset = _tree(local, earliest, changes)
    if offset == "0":
        return local
    moved = f"{local} - to_seconds({offset})"
    return f"(CASE WHEN {local} BETWEEN {_SANE} THEN {moved} ELSE {local} END)"


def _tree(local: str, before: int, changes: tuple[tuple[int, int], ...]) -> str:
    if not changes:
        return str(before)
    middle = len(changes) // 2
    second, after = changes[middle]
    moment = dt.datetime(1970, 1, 1) + dt.timedelta(seconds=second)  # noqa: DTZ001 - a local time
    earlier = _tree(local, before, changes[:middle])
    later = _tree(local, after, changes[middle + 1 :])
    return f"CASE WHEN {local} < TIMESTAMP '{moment}' THEN {earlier} ELSE {later} END"


def _seconds(year: int) -> int:
    return round(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp())
