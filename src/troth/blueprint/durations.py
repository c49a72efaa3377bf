"""Lengths of time as a blueprint writes them: `36h`, `2d`, `1w`."""

import re
from datetime import timedelta

from troth.texts import _

DURATION_PATTERN = r"^(\d+(?:\.\d+)?)\s*(ms|s|min|h|d|w)$"
_DURATION = re.compile(DURATION_PATTERN)
_UNIT_MS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000}
_LONGEST = timedelta(days=36_500)


def parse_duration(text: object) -> timedelta:
    """`"36h"`, `"2d"`, `"1w"`, `"15min"`, `"0d"` as a timedelta. Raises ValueError for anything else.

    >>> parse_duration("36h")
    datetime.timedelta(days=1, seconds=43200)
    """
    if isinstance(text, timedelta):
        return text
    match = _DURATION.match(str(text).strip())
    if match is None:
        raise ValueError(
            _("“%(text)s” is no duration; write a number and one of %(units)s, such as 36h or 2d.")
            % {"text": str(text)[:60], "units": ", ".join(_UNIT_MS)}
        )
    milliseconds = float(match[1]) * _UNIT_MS[match[2]]
    if milliseconds > _LONGEST / timedelta(milliseconds=1):
        raise ValueError(_("“%(text)s” is longer than 100 years.") % {"text": str(text)[:60]})
    return timedelta(milliseconds=milliseconds)


def written_duration(duration: timedelta) -> str:
    """A duration as a blueprint writes it, in the largest unit that leaves no rest.

    >>> written_duration(timedelta(days=730)), written_duration(timedelta(minutes=90))
    ('730d', '90min')
    """
    milliseconds = round(duration / timedelta(milliseconds=1))
    unit = next(unit for unit in ("d", "h", "min", "s", "ms") if milliseconds % _UNIT_MS[unit] == 0)
    return f"{milliseconds // _UNIT_MS[unit]}{unit}"


def distinct_delays(late: object) -> object:
    """The steps as they are. Raises ValueError when two name one delay in different words (1d and 24h)."""
    if not isinstance(late, dict):
        return late
    seen: dict[timedelta, object] = {}
    for written in late:
        try:
            delay = parse_duration(written)
        except ValueError:
            continue  # named by the key's own type
        if delay in seen:
            both = {"first": seen[delay], "second": written}
            raise ValueError(_("“%(first)s” and “%(second)s” are the same delay.") % both)
        seen[delay] = written
    return late
