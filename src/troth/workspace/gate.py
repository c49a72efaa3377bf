"""Lets many pass at once, and now and then one alone: while the ledger's file is changed for another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Counts who is inside. A thread that is inside may pass again without waiting."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._inside = 0
        self._shut = False
        self._mine = threading.local()

    @contextmanager
    def passing(self) -> Iterator[None]:
        """Be inside; waits while somebody is to be alone."""
        depth = getattr(self._mine, "depth", 0)
        with self._changed:
            while self._shut and not depth:
                self._changed.wait()
            self._inside += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            with self._changed:
                self._inside -= 1
                self._changed.notify_all()

    @contextmanager
    def alone(self, seconds: float) -> Iterator[bool]:
        """Let nobody in, and wait for those inside, so long at most; gives whether nobody is."""
        until = time.monotonic() + seconds
        with self._changed:
            self._shut = True
            while self._inside and (left := until - time.monotonic()) > 0:
                self._changed.wait(left)
            empty = not self._inside
        try:
            yield empty
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
