"""Answers that are worked out once for every state of the ledger, and kept.

Records may come in many times a second, and an answer may take a second to work out. So an answer that is
costly is served for a few seconds more while a newer one is worked out beside it; what is asked for often is
worked out before anybody asks. Where the records come faster than answers can be worked out, an older one is
served rather than have everybody wait, and whoever shows it says how old it is (`ages`).
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
State = tuple[int, ...]
"""What an answer holds for: numbers that only grow."""

COSTLY_S = 0.1
"""An answer that takes longer may be served a little late."""

LATE_S = 3.0
"""So many seconds after the state that it speaks of; later it is said."""

AGED_S = 60.0
"""So late at most, and only where the answer has been waiting for its renewal."""

IN_USE_S = 30.0
"""What was asked for within this time is renewed first."""

WANTED_S = 600.0
"""So long after it was last asked for, a costly answer is renewed by itself."""

_LOOK_S = 0.25

_AGES: ContextVar[list[float] | None] = ContextVar("ages", default=None)


@contextmanager
def ages() -> Iterator[list[float]]:
    """How old, in seconds, the answers are that are served later than `LATE_S` within the block."""
    seen: list[float] = []
    token = _AGES.set(seen)
    try:
        yield seen
    finally:
        _AGES.reset(token)


@dataclass(slots=True)
class _Answer(Generic[T]):
    """One answer.

    `ahead`: whether it is renewed before anybody asks. `held_s`: when it was last seen to be of the newest
    state, by a clock that never goes back.
    """

    work: Callable[[], T]
    ahead: bool = True
    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State | None = None
    value: T | None = None
    cost_s: float = 0.0
    held_s: float = 0.0
    asked_s: float = 0.0

    def is_wanted(self, now_s: float) -> bool:
        """Whether it was asked for so lately that it is renewed without being asked for again."""
        return now_s - self.asked_s <= (WANTED_S if self.ahead else IN_USE_S)


class Kept:
    """At most `most` answers by their keys; each is worked out by one thread at a time.

    `state` says what is new; `made` counts the answers that were worked out.
    """

    def __init__(
        self, state: Callable[[], State], most: int = 128, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.made = 0
        self._state = state
        self._most = most
        self._clock = clock
        self._answers: OrderedDict[Hashable, _Answer[Any]] = OrderedDict()
        self._guard = threading.Lock()
        self._closed = threading.Event()
        self._renewing: threading.Thread | None = None

    def answer(self, key: Hashable, work: Callable[[], T], *, ahead: bool = True) -> T:
        """The answer for `key`, by `work` where it is not there or no longer holds.

        Without `ahead` it is only renewed while it is in use.
        """
        state, now = self._state(), self._clock()
        with self._guard:
            entry: _Answer[T] = self._answers.setdefault(key, _Answer(work))
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
            renewed = self._renewing is not None and entry.is_wanted(now)
            entry.work, entry.ahead, entry.asked_s = work, ahead, now
            if entry.state == state:
                entry.held_s = now
            age = now - entry.held_s
            costly = entry.state is not None and entry.cost_s >= COSTLY_S
            if entry.state == state or (costly and age <= (AGED_S if renewed else LATE_S)):
                _tell_age(age)
                return entry.value  # type: ignore[return-value]  # once it has a state, it has a value
        self._work_out(entry, state)
        if entry.cost_s >= COSTLY_S:
            self._renew_by_itself()
        return entry.value  # type: ignore[return-value]  # likewise

    def clear(self) -> None:
        """Forget all answers."""
        with self._guard:
            self._answers.clear()

    def close(self) -> None:
        """Work out nothing more; wait for what is being worked out."""
        self._closed.set()
        if self._renewing is not None:
            self._renewing.join()

    def _work_out(self, entry: _Answer[T], least: State) -> None:
        """Bring `entry` to the state `least` or a newer one."""
        with entry.lock:
            if entry.state is not None and entry.state >= least:
                return
            state, start = self._state(), self._clock()
            value = entry.work()
            with self._guard:
                entry.state, entry.value = state, value
                entry.held_s, entry.cost_s = start, self._clock() - start
                self.made += 1

    def _renew_by_itself(self) -> None:
        with self._guard:
            if self._renewing is None and not self._closed.is_set():
                self._renewing = threading.Thread(target=self._renew, name="readouts", daemon=True)
                self._renewing.start()

    def _renew(self) -> None:
        """Work out anew what is costly and wanted; rest as long as that took: half a processor at most."""
        pause = _LOOK_S
        while not self._closed.wait(pause):
            start = self._clock()
            for key, entry in self._outdated()[:1]:
                try:
                    self._work_out(entry, self._state())
                except Exception:  # noqa: BLE001 - who asks next meets the error, and is told
                    with self._guard:
                        self._answers.pop(key, None)
            spent = self._clock() - start
            pause = spent if spent > _LOOK_S / 10 else _LOOK_S

    def _outdated(self) -> list[tuple[Hashable, _Answer[Any]]]:
        """What is to be worked out anew: what is in use first, of that the oldest first."""
        state, now = self._state(), self._clock()
        found: list[tuple[bool, float, Hashable, _Answer[Any]]] = []
        with self._guard:
            for key, entry in self._answers.items():
                if entry.state == state:
                    entry.held_s = now
                elif entry.cost_s >= COSTLY_S and entry.is_wanted(now):
                    found.append((now - entry.asked_s > IN_USE_S, entry.held_s, key, entry))
        return [(key, entry) for _rank, _held, key, entry in sorted(found, key=lambda one: one[:2])]


def _tell_age(age_s: float) -> None:
    seen = _AGES.get()
    if seen is not None and age_s > LATE_S:
        seen.append(age_s)
