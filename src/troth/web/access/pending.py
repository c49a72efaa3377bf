"""What a browser was given and has to bring back: challenges of passkeys, sign-ins at a provider.

In memory: an answer comes within minutes, or the person begins anew. Bounded, in all and for each network, so
that nobody can fill the memory or push out what others wait for.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")

LIVES_MS = 600_000
MOST = 10_000
MOST_OF_ONE = 50


@dataclass(frozen=True, slots=True)
class _Kept(Generic[Value]):
    value: Value
    owner: str
    until_ms: int


class Pending(Generic[Value]):
    """Values that are taken once, by the name they were put under."""

    def __init__(self, now_ms: Callable[[], int], lives_ms: int = LIVES_MS) -> None:
        self._now_ms = now_ms
        self._lives_ms = lives_ms
        self._kept: OrderedDict[str, _Kept[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def put(self, name: str, value: Value, owner: str) -> None:
        """Keep `value` for a while; of one `owner` only the latest are kept."""
        with self._lock:
            now_ms = self._now_ms()
            while self._kept and next(iter(self._kept.values())).until_ms <= now_ms:
                self._kept.popitem(last=False)
            theirs = [key for key, kept in self._kept.items() if kept.owner == owner]
            for key in theirs[: max(0, len(theirs) - MOST_OF_ONE + 1)]:
                del self._kept[key]
            self._kept.pop(name, None)
            self._kept[name] = _Kept(value, owner, now_ms + self._lives_ms)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def has(self, name: str) -> bool:
        """Whether there is a value under `name`; it stays there."""
        with self._lock:
            kept = self._kept.get(name)
        return kept is not None and kept.until_ms > self._now_ms()

    def take(self, name: str) -> Value | None:
        """The value under `name`, which is gone then; None when there is none, or it was too late."""
        with self._lock:
            kept = self._kept.pop(name, None)
        return kept.value if kept and kept.until_ms > self._now_ms() else None
