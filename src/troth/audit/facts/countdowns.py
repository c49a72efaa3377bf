"""Countdowns, and whether they name the same moment to every visitor."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from troth.audit.artifacts.shape import Artifacts, Kind, Page, Visit
from troth.audit.facts.remaining import Remaining, remaining
from troth.audit.words import quote, words

_KINDS: tuple[Kind, ...] = ("home", "category", "product")
_AROUND = 90
_NEAR = 30
_LEAST_GAP_MS = 3000
_DRIFT_MS = 1500
_MOST_OF = 0.75
_COARSEST_MS = 3_600_000
_LONGEST_MS = 100 * 86_400_000
_MARK = re.compile(r"(?:class|id|data-[\w-]+)=[\"'][^\"']*(?:countdown|timer)", re.IGNORECASE)
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4},?\s*$")

Course = Literal["fixed", "moves", "restarts", "unknown"]
"""What a countdown does.

`fixed`: it names the same moment to two visitors; `moves`: its end moves with the visitor; `restarts`: it
names one moment, and begins again when that has passed; `unknown`: it could not be compared.
"""


@dataclass(frozen=True, slots=True)
class Countdown:
    """A countdown of the first visit.

    `deadline_ms` epoch milliseconds; `moved_ms` how much later the second visitor's deadline was, None
    without one; `apart_ms` the time between the two looks. `cutoff`: it speaks of an order that leaves in
    time, which rightly begins again every day. `on_the_hour`: the deadline is a full hour.
    """

    page: str
    quote: str
    left_ms: int
    resolution_ms: int
    deadline_ms: int
    course: Course
    cutoff: bool
    on_the_hour: bool
    moved_ms: int | None = None
    apart_ms: int | None = None


@dataclass(frozen=True, slots=True)
class _Timer:
    page: Page
    left: Remaining
    said: str
    cutoff: bool

    @property
    def deadline_ms(self) -> int:
        return self.page.taken_at_ms + self.left.left_ms


def countdowns(artifacts: Artifacts) -> tuple[Countdown, ...]:
    """The countdowns on home, category and product pages, compared with the later visits."""
    by_visit: dict[Visit, list[Page]] = {}
    for page in artifacts.pages:
        if page.kind in _KINDS and page.seen is not None:
            by_visit.setdefault(page.visit, []).append(page)
    found = []
    for page in by_visit.get("first", []):
        timers = _timers(page)
        second = _on(by_visit.get("second", []), page)
        forwarded = _on(by_visit.get("forwarded", []), page)
        for index, timer in enumerate(timers):
            found.append(_compared(timer, _nth(second, timers, index), _nth(forwarded, timers, index)))
    return tuple(found)


def _timers(page: Page) -> list[_Timer]:
    """The times left that stand beside words of an offer that ends or an order that leaves."""
    if page.seen is None:
        return []
    text = page.seen.text
    marked = _MARK.search(page.seen.html) is not None
    timers = []
    for left in remaining(text):
        passage = _passage(text, left)
        cutoff = passage in words("delivery_cutoff")
        if left.left_ms < _LONGEST_MS and _runs_out(text, left, cutoff=cutoff, marked=marked):
            timers.append(_Timer(page, left, quote(text, left.start, left.end), cutoff))
    return timers


def _runs_out(text: str, left: Remaining, *, cutoff: bool, marked: bool) -> bool:
    """Whether it is a time left, and no time of day, length of a film, or time that a delivery takes.

    Words right beside it say so ("ends in"). A clock with seconds may stand a little away from the words of
    an offer, the shorter kind (`14:33`) only on a page that has an element called a countdown or timer.
    """
    before, after = text[max(0, left.start - _NEAR) : left.start], text[left.end : left.end + _NEAR]
    if _DATE.search(before) or (left.parts < 3 and _ends_with("clock_time", before)):
        return False
    if _ends_with("countdown_in", before) or _begins_with("countdown_in", after):
        return left.resolution_ms <= _COARSEST_MS
    if not left.ticking or not (cutoff or _passage(text, left) in words("countdown_lead")):
        return False
    return marked or left.parts > 2


def _ends_with(group: str, before: str) -> bool:
    said = before.rstrip(" \n\t:-–—(").rpartition("\n\n")[2]
    return any(found.end == len(said) for found in words(group).find_all(said))


def _begins_with(group: str, after: str) -> bool:
    said = after.lstrip(" \n\t:-–—")
    return any(found.start == 0 for found in words(group).find_all(said))


def _passage(text: str, left: Remaining) -> str:
    """What stands around, but not beyond an empty line."""
    before = text[max(0, left.start - _AROUND) : left.start].rpartition("\n\n\n")[2]
    after = text[left.end : left.end + _AROUND].partition("\n\n\n")[0]
    return f"{before} {after}"


def _on(pages: Sequence[Page], page: Page) -> list[_Timer] | None:
    """The timers of the same page in another visit, None where it was not seen."""
    same = next((other for other in pages if other.url == page.url), None)
    return _timers(same) if same else None


def _nth(others: list[_Timer] | None, own: list[_Timer], index: int) -> _Timer | Literal["gone"] | None:
    """The timer at the same place; `gone` where the page shows none; None where one cannot tell."""
    if others is None:
        return None
    if not others:
        return "gone"
    return others[index] if len(others) == len(own) else None


def _compared(
    timer: _Timer, second: _Timer | Literal["gone"] | None, forwarded: _Timer | Literal["gone"] | None
) -> Countdown:
    moved = apart = None
    course: Course = "unknown"
    if isinstance(second, _Timer):
        moved = second.deadline_ms - timer.deadline_ms
        apart = second.page.taken_at_ms - timer.page.taken_at_ms
        course = _course(timer, second, moved, apart)
    if course == "fixed" and isinstance(forwarded, _Timer) and _past(timer, forwarded):
        course = "restarts"
    return Countdown(
        page=timer.page.id,
        quote=timer.said,
        left_ms=timer.left.left_ms,
        resolution_ms=timer.left.resolution_ms,
        deadline_ms=timer.deadline_ms,
        course=course,
        cutoff=timer.cutoff,
        on_the_hour=_on_the_hour(timer),
        moved_ms=moved,
        apart_ms=apart,
    )


def _past(timer: _Timer, forwarded: _Timer) -> bool:
    """Whether time is left though the page's clock stood past the end."""
    clock_ms = forwarded.page.clock_ms
    ended = clock_ms is not None and clock_ms > timer.deadline_ms + timer.left.resolution_ms
    return ended and forwarded.left.left_ms > 0


def _course(timer: _Timer, second: _Timer, moved: int, apart: int) -> Course:
    """Fixed when the deadline moved by less than half the time between the looks, else it moves.

    It moves by all of that time when it starts with the visit, by anything when dice are rolled. Nothing is
    said when the looks were too close to each other for what the timer writes, or when it may have ended in
    between.
    """
    resolution = max(timer.left.resolution_ms, second.left.resolution_ms)
    if apart < _LEAST_GAP_MS or timer.left.left_ms <= apart + resolution:
        return "unknown"
    slack = _DRIFT_MS + (resolution if resolution > 1000 else 0)
    if abs(moved) <= max(slack, apart / 2):
        return "fixed" if apart / 2 >= slack else "unknown"
    return "moves" if abs(moved) >= apart * _MOST_OF else "unknown"


def _on_the_hour(timer: _Timer) -> bool:
    slack = _DRIFT_MS + timer.left.resolution_ms
    return (timer.deadline_ms + slack) % 3_600_000 <= 2 * slack


FACTS = (countdowns,)
