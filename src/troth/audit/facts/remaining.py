"""Reading how long a countdown still runs, in Dutch, German and English: pure functions of text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

_UNITS = (
    (86_400, r"d|days?|dagen|dag|tagen?|tage|tg|t"),
    (3_600, r"h|hrs?|hours?|uur|uren|u|stunden?|std"),
    (60, r"m|mins?|minutes?|minuut|minuten|minute|min"),
    (1, r"s|secs?|seconds?|seconden?|sekunden?|sek|sec"),
)
_GAP = r"[\s:,.|·-]{0,6}(?:and|en|und)?\s{0,3}"
_PART = re.compile(
    r"(?<![\w.,/-])(?<!\d:)(\d{1,3})\s{0,3}(?:"
    + "|".join(f"(?P<u{seconds}>{names})" for seconds, names in _UNITS)
    + r")\.?(?![\w-])",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"(?<![\w.,:/-])(?:(?P<days>\d{1,3})\s{0,3}(?:days?|dagen|dag|tage?|tagen|d|t)[\s,:·]{1,4}(?:(?:and|en|und)\s)?)?"
    r"(?P<clock>\d{1,3}(?:\s{0,3}:\s{0,3}\d{2}){1,3})(?![\w:]|[.,]\d|\s?(?:uur|uhr|[ap]\.?m\b))",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Remaining:
    """A time that is left: in milliseconds, as exact as `resolution_ms`, and where it stands in the text."""

    left_ms: int
    resolution_ms: int
    start: int
    end: int
    parts: int

    @property
    def ticking(self) -> bool:
        """Whether it is written to the second."""
        return self.resolution_ms == 1000


def remaining(text: str) -> list[Remaining]:
    """Every span of time that `text` writes like a countdown, in order.

    A clock (`2 days 03:14:33`, `02:14:33`, `14:33`) or numbers with units (`2 Std. 14 Min.`, `nog 3 uur`).
    A clock of two parts is taken as minutes and seconds.

    >>> [(one.left_ms, one.resolution_ms) for one in remaining("endet in 2 Std. 14 Min.")]
    [(8040000, 60000)]
    """
    clocks = list(_clocks(text))
    free = [one for one in _spans(text) if not any(_overlap(one, clock) for clock in clocks)]
    return sorted(clocks + free, key=lambda one: one.start)


def _clocks(text: str) -> Iterator[Remaining]:
    for match in _CLOCK.finditer(text):
        parts = [int(part) for part in re.split(r"\s*:\s*", match["clock"])]
        if any(part > 59 for part in (parts[1:] if len(parts) < 4 else parts[2:])):
            continue
        if match["days"] and len(parts) == 2:
            parts.append(0)  # days and a clock of two parts: hours and minutes
        seconds = sum(part * size for part, (size, _names) in zip(parts[::-1], _UNITS[::-1], strict=False))
        exact = 60_000 if match["days"] and match["clock"].count(":") == 1 else 1000
        yield Remaining(
            (seconds + int(match["days"] or 0) * 86_400) * 1000,
            exact,
            *match.span(),
            len(parts) + bool(match["days"]),
        )


def _spans(text: str) -> Iterator[Remaining]:
    """Runs of numbers with units, from the largest unit to the smallest."""
    parts = list(_PART.finditer(text))
    run: list[re.Match[str]] = []
    for part, following in [*pairwise(parts), *((part, None) for part in parts[-1:])]:
        run.append(part)
        if (
            following
            and _size(following) < _size(part)
            and re.fullmatch(_GAP, text[part.end() : following.start()])
        ):
            continue
        left = sum(int(one[1]) * _size(one) for one in run)
        yield Remaining(left * 1000, _size(run[-1]) * 1000, run[0].start(), run[-1].end(), len(run))
        run = []


def _size(part: re.Match[str]) -> int:
    return next(seconds for seconds, _names in _UNITS if part[f"u{seconds}"])


def _overlap(one: Remaining, other: Remaining) -> bool:
    return one.start < other.end and other.start < one.end


FACTS = ()
