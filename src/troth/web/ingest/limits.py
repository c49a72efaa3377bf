"""What one request may bring, and all of them together: the server's memory is bounded, whatever is sent."""

from __future__ import annotations

from dataclasses import dataclass
from types import TracebackType
from typing import Self

from troth.store.office.inbox import BusyError


@dataclass(frozen=True, slots=True)
class Limits:
    """Of a request with records.

    Attributes:
        sent_bytes: Of the body as it is sent.
        bytes: Of the body when it is inflated.
        records: How many records it may have.
        signs: How many commas and brackets; each may become an object in memory, many times its size.
        quiet_seconds: How long a sender may be silent.
        whole_seconds: How long the whole body may take.
        together_bytes: Of the bodies of all requests that are under way.
    """

    sent_bytes: int = 16_000_000
    bytes: int = 32_000_000
    records: int = 10_000
    signs: int = 2_000_000
    quiet_seconds: float = 15.0
    whole_seconds: float = 120.0
    together_bytes: int = 128_000_000


class Budget:
    """The bytes of all bodies that are being read or judged. For one event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.used = 0

    def take(self, size: int) -> None:
        """Set `size` bytes aside. Raises BusyError when there is no room; nothing is set aside then."""
        if self.used + size > self._most:
            raise BusyError(1)
        self.used += size

    def give_back(self, size: int) -> None:
        """The bytes are free again."""
        self.used -= size


class Share:
    """What one request has of a budget, until the block ends."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self.taken = 0

    def take(self, size: int) -> None:
        """Set `size` more bytes aside. Raises BusyError when there is no room."""
        self._budget.take(size)
        self.taken += size

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._budget.give_back(self.taken)
