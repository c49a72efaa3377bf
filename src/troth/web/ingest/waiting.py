"""Waiting in an event loop for what a thread does: however much is done at once, the loop is called once."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import Future
from contextlib import suppress
from functools import partial

_Waiter = asyncio.Future[bool]


class Waiting:
    """Those who wait for records to be durable: a commit is that for many of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._done: dict[asyncio.AbstractEventLoop, list[tuple[_Waiter, Future[bool]]]] = {}

    async def outcome(self, work: Future[bool]) -> bool:
        """What `work` gives or raises, once it is done; whoever stops to wait changes nothing about it."""
        loop = asyncio.get_running_loop()
        waiter: _Waiter = loop.create_future()
        work.add_done_callback(partial(self._note, loop, waiter))
        return await waiter

    def _note(self, loop: asyncio.AbstractEventLoop, waiter: _Waiter, work: Future[bool]) -> None:
        with self._lock:
            done = self._done.setdefault(loop, [])
            done.append((waiter, work))
            if len(done) > 1:
                return  # it is called already
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            loop.call_soon_threadsafe(self._tell, loop)

    def _tell(self, loop: asyncio.AbstractEventLoop) -> None:
        with self._lock:
            done = self._done.pop(loop, [])
        for waiter, work in done:
            if waiter.done():
                continue
            if (error := work.exception()) is not None:
                waiter.set_exception(error)
            else:
                waiter.set_result(work.result())
