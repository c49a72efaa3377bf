"""What a process remembers of a ledger between two readings, so that it need not read all of it again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import Any, TypeVar

T = TypeVar("T")


class Memory:
    """One thing of each kind, with the parameters that it was made for; for many threads.

    What is remembered brings itself up to date: it is asked with a connection, and reads what was appended.
    """

    def __init__(self) -> None:
        self._things: dict[Hashable, tuple[Hashable, Any]] = {}
        self._guard = threading.Lock()

    def thing(self, kind: Hashable, parameters: Hashable, make: Callable[[], T]) -> T:
        """The thing of that kind; made by `make` where there is none of these parameters."""
        with self._guard:
            known, found = self._things.get(kind, (None, None))
            if found is None or known != parameters:
                found = make()
                self._things[kind] = parameters, found
            made: T = found
            return made

    def clear(self) -> None:
        """Forget everything: the ledger's file is another, or somebody is no longer in it."""
        with self._guard:
            self._things.clear()
