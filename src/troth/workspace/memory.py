"""What was worked out for a state of the ledger, kept until the next state."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

T = TypeVar("T")

MOST = 64
"""So many answers are kept, the latest used."""


class Memory:
    """Answers by version and key. Of several threads that ask for the same, one works it out."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._answers: OrderedDict[tuple[int, Hashable], Any] = OrderedDict()
        self._working: dict[tuple[int, Hashable], threading.Lock] = {}
        self._lock = threading.Lock()

    def get(self, version: int, key: Hashable, make: Callable[[], T]) -> T:
        """The answer for `key` in the state `version`; made when it is not there."""
        place = (version, key)
        with self._lock:
            if place in self._answers:
                self._answers.move_to_end(place)
                return cast("T", self._answers[place])
            working = self._working.setdefault(place, threading.Lock())
        with working:
            with self._lock:
                if place in self._answers:
                    return cast("T", self._answers[place])
            try:
                answer = make()
            finally:
                with self._lock:
                    self._working.pop(place, None)
            with self._lock:
                self._answers[place] = answer
                for old in [other for other in self._answers if other[0] < version - 1]:
                    del self._answers[old]
                while len(self._answers) > self._most:
                    self._answers.popitem(last=False)
        return answer
