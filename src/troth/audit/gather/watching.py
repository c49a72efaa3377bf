"""Seeing that a page shows a clock that runs down or numbers of what others do: pure functions of its text.

Where one is seen, further visits look whether it is true; these functions judge nothing.
"""

import re

from troth.audit.words import words

_CLOCK = re.compile(
    r"(?<![\d:.,])(?:(\d{1,3})\s*[:：]\s*)?(\d{1,2})\s*[:：]\s*([0-5]\d)(?:\s*[:：]\s*([0-5]\d))?(?![\d:.,])"
)
_PARTS = re.compile(
    r"(\d{1,4})\s*(?:(d(?:ays?|agen|ag)?|tage?n?)|(h(?:ours?|rs?)?|std\.?|stunden?|uur|uren|u)"
    r"|(m(?:in(?:s|utes?|uten?|uut)?)?\.?)|(s(?:ec(?:onds?|onden|onde)?|ek(?:unden?)?)?\.?))(?!\w)",
    re.IGNORECASE,
)
_UNITS = (86_400, 3_600, 60, 1)
_NEAR = 160
LONGEST_S = 40 * 86_400


def countdown_s(text: str) -> int | None:
    """The longest time in seconds that a countdown in `text` still shows, None where there is none.

    `14:59` is read as hours and minutes, the longer of what it may mean.

    >>> countdown_s("Offer ends in 02:15:30"), countdown_s("Noch 2 Stunden"), countdown_s("Open 9:00")
    (8130, 7200, None)
    """
    group = words("buying-countdown")
    times = [
        seconds
        for start, end, seconds in _joined(sorted([*_clocks(text), *_spelled(text)]))
        if group.find(text[max(0, start - _NEAR) : end + _NEAR]) and 0 < seconds <= LONGEST_S
    ]
    return max(times, default=None)


def _clocks(text: str) -> list[tuple[int, int, int]]:
    found = []
    for match in _CLOCK.finditer(text):
        parts = [int(part) for part in match.groups() if part is not None]
        if len(parts) == 2 and parts[0] <= 23:
            parts.append(0)
        seconds = sum(part * unit for part, unit in zip(reversed(parts), reversed(_UNITS), strict=False))
        found.append((*match.span(), seconds))
    return found


def _spelled(text: str) -> list[tuple[int, int, int]]:
    found = []
    for match in _PARTS.finditer(text):
        unit = next(unit for unit, said in zip(_UNITS, match.groups()[1:], strict=True) if said)
        found.append((*match.span(), int(match[1]) * unit))
    return found


def _joined(times: list[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Times that follow each other from large to small are one: `1 day 02:03:04`."""
    found: list[tuple[int, int, int]] = []
    last = 0
    for start, end, seconds in times:
        if found and 0 <= start - found[-1][1] <= 6 and (seconds < last or seconds == 0):
            found[-1] = (found[-1][0], end, found[-1][2] + seconds)
        else:
            found.append((start, end, seconds))
        last = seconds or last
    return found


def has_activity(text: str) -> bool:
    """Whether `text` tells how many others look or buy, or how few pieces are left.

    >>> has_activity("12 people are viewing this"), has_activity("Nur noch 3 Stück auf Lager")
    (True, True)
    """
    return text in words("buying-activity")
