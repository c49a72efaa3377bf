"""Answers that are worked out once for every state of the ledger, and kept.

Records may come in many times a second, and an answer may take a second to work out. So an answer that is
costly is served for a few seconds more while a newer one is worked out beside it; what is asked for often is
worked out before anybody asks.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

T = TypeVar("T")
State = tuple[int, ...]
"""What an answer holds for: numbers that only grow."""

COSTLY_S = 0.1
"""An answer that takes longer may be served a little late."""

LATE_S = 3.0
"""So many seconds after the state that it speaks of, at most."""

WANTED_S = 600.0
"""So long after it was last asked for, a costly answer is renewed by itself."""

_LOOK_S = 0.25


@dataclass(slots=True)
class _Answer(Generic[T]):
    """`held_s`: when it was last seen to be of the newest state, by a clock that never goes back."""

    work: Callable[[], T]
    lock: threading.Lock = field(default_factory=threading.Lock)
    state: State | None = None
    value: T | None = None
    cost_s: float = 0.0
    held_s: float = 0.0
    asked_s: float = 0.0


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

    def answer(self, key: Hashable, work: Callable[[], T]) -> T:
        """The answer for `key`, by `work` where it is not there or no longer holds."""
        state, now = self._state(), self._clock()
        with self._guard:
            entry: _Answer[T] = self._answers.setdefault(key, _Answer(work))
            self._answers.move_to_end(key)
            while len(self._answers) > self._most:
                self._answers.popitem(last=False)
            entry.work, entry.asked_s = work, now
            if entry.state == state:
                entry.held_s = now
            late = entry.state is not None and entry.cost_s >= COSTLY_S and now - entry.held_s <= LATE_S
            if late or entry.state == state:
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
            for key, entry in self._outdated():
                if self._closed.is_set():
                    return
                try:
                    self._work_out(entry, self._state())
                except Exception:  # noqa: BLE001 - who asks next meets the error, and is told
                    with self._guard:
                        self._answers.pop(key, None)
            pause = max(_LOOK_S, self._clock() - start)

    def _outdated(self) -> list[tuple[Hashable, _Answer[Any]]]:
        state, now = self._state(), self._clock()
        found = []
        with self._guard:
            for key, entry in self._answers.items():
                if entry.state == state:
                    entry.held_s = now
                elif entry.cost_s >= COSTLY_S and now - entry.asked_s <= WANTED_S:
                    found.append((key, entry))
        return found
