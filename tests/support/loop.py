"""An event loop in a thread of its own: the main thread's is held by Playwright's sync interface."""

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


class Loop:
    """Runs coroutines for tests that are plain functions."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="audit-loop", daemon=True)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, Result], limit_s: float = 60) -> Result:
        """What `work` returns, or raises; TimeoutError after `limit_s`."""
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return future.result(limit_s)
        except TimeoutError:
            future.cancel()
            raise

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()


def run_apart(work: Coroutine[Any, Any, Result]) -> Result:
    """`asyncio.run(work)` in a thread of its own: the test's own thread may have a loop already."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, work).result(60)
