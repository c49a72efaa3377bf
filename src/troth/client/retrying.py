"""When a request is repeated, and after how long."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass

import httpx2

from troth.client.errors import ServerError

BUSY = frozenset({429, 502, 503, 504})
"""Answers that say: not now."""

_FIRST_SECONDS = 0.2
_LONGEST_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Retrying:
    """Repeats a request up to `retries` times; `sleep` waits, in seconds."""

    retries: int
    sleep: Callable[[float], None] = time.sleep

    def until_answered(self, ask: Callable[[], httpx2.Response]) -> httpx2.Response:
        """The first answer that is not “not now”, or the last one.

        Raises:
            ServerError: `server-unreachable`: there was none.
        """
        for attempt in range(self.retries + 1):
            last = attempt == self.retries
            try:
                answer = ask()
            except httpx2.TransportError as error:
                if last:
                    raise ServerError(0, "server-unreachable", f"{type(error).__name__}: {error}") from error
                self.sleep(_pause(attempt))
                continue
            if answer.status_code not in BUSY or last:
                return answer
            self.sleep(_told(answer) or _pause(attempt))
        raise AssertionError("unreachable")


def _told(answer: httpx2.Response) -> float | None:
    """How many seconds the server asks to wait; None where it does not say."""
    text = answer.headers.get("retry-after", "").strip()
    return min(float(text), _LONGEST_SECONDS) if text.isascii() and text.isdigit() else None


def _pause(attempt: int) -> float:
    """Twice as long each time, and never the same for two clients that failed together."""
    longest = min(_FIRST_SECONDS * 2.0**attempt, _LONGEST_SECONDS)
    return random.uniform(longest / 2, longest)  # noqa: S311 - no secret
