"""Good manners towards a host: its robots.txt, and one page at a time with a pause between."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from protego import Protego

from troth.audit.browser.addresses import is_loopback

NAME = "Troth"
"""What robots.txt may call the audit by."""

_LONGEST_PAUSE_S = 10.0

Fetch = Callable[[str], Awaitable[tuple[int | None, str]]]
"""Gives the status (None: no answer) and the text of an address."""


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    last_s: float = 0.0


class Manners:
    """What all visits of one browser share.

    Args:
        robots: Whether robots.txt is asked and obeyed.
        pause_s: Least time between the beginnings of two pages of a host; a longer `Crawl-delay` counts, up
            to 10 seconds. Loopback needs none.
    """

    def __init__(self, *, robots: bool = True, pause_s: float = 1.0) -> None:
        self._asks = robots
        self._pause_s = pause_s
        self._hosts: dict[str, _Host] = {}
        self._robots: dict[str, asyncio.Task[Protego | None]] = {}

    async def refusal(self, url: str, fetch: Fetch) -> str:
        """Empty where the host's robots.txt lets the audit see `url`, else `robots-denied`.

        As RFC 9309 has it: no such file allows all; one that the host fails to give allows nothing
        (`robots-unreadable`). A host without any answer is left to the visit itself to name.
        """
        if not self._asks:
            return ""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if parts.path == "/robots.txt":
            return ""
        if origin not in self._robots:
            self._robots[origin] = asyncio.ensure_future(_read(f"{origin}/robots.txt", fetch))
        robots = await self._robots[origin]
        if robots is None:
            return "robots-unreadable"
        return "" if robots.can_fetch(url, NAME) else "robots-denied"

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """A turn at the host of `url`: no other page of it is asked for until the block ends."""
        parts = urlsplit(url)
        name = parts.hostname or ""
        if is_loopback(name):
            yield
            return
        host = self._hosts.setdefault(name, _Host())
        async with host.lock:
            pause_s = await self._pause(f"{parts.scheme}://{parts.netloc}")
            await asyncio.sleep(max(0.0, host.last_s + pause_s - time.monotonic()))
            host.last_s = time.monotonic()
            yield

    async def _pause(self, origin: str) -> float:
        known = self._robots.get(origin)
        robots = await known if known else None
        asked = robots.crawl_delay(NAME) if robots else None
        return max(self._pause_s, min(float(asked or 0), _LONGEST_PAUSE_S))


async def _read(url: str, fetch: Fetch) -> Protego | None:
    status, text = await fetch(url)
    if status is not None and status >= 500:
        return None
    return Protego.parse(text if status is not None and status < 300 else "")
