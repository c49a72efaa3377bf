"""Doing in a page what a customer does: a click, and waiting for what comes of it."""

import asyncio
import json
from functools import cache
from importlib.resources import files
from time import monotonic
from typing import Any

from playwright.async_api import Error, Frame, Request
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.shape import Kind, Page
from troth.audit.gather.framed import located
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, run
from troth.audit.gather.visit import PLAIN, Visit, Wants

_STEP_S = 0.03
_QUIET_S = 0.2
_LONGEST_S = 5.0
_FIND_S = 2.5
_FIND_SHARE = 0.3
"""Of the time for an action, how much may go by until its element is found; never less than `_FIND_S`."""
_CLICK = "element => { element.scrollIntoView({ block: 'center' }); element.click(); }"
_WEIGHTY = {"document", "xhr", "fetch", "script"}


async def click(visit: Visit, selector: str, kind: Kind, wants: Wants = PLAIN) -> Page | None:
    """Click what `selector` finds and look at what comes of it; None when there is nothing to click.

    The click is the element's own, so that a dialog lying over it does not swallow it.
    """
    clicked = False

    async def doing(live: LivePage) -> None:
        nonlocal clicked
        watcher = _Watcher(live)
        try:
            clicked = await press(live, selector, max(_FIND_S, visit.limits.action_s * _FIND_SHARE))
            if clicked:
                await watcher.wait(_LONGEST_S)
        finally:
            watcher.stop()

    page = await visit.act(doing, kind, wants)
    return page if clicked else None


async def press(live: LivePage, selector: str, find_s: float) -> bool:
    """Click; whether there was something to click within `find_s`."""
    try:
        await located(live, selector).evaluate(_CLICK, timeout=find_s * 1000)
    except Error as error:
        # A page that went away under the click was clicked, and left.
        return "destroyed" in error.message or "navigat" in error.message
    return True


async def script(visit: Visit, name: str, **given: object) -> Any:  # noqa: ANN401 - plain JSON
    """What `scripts/<name>.js`, called with `given`, returns beside the page; None when it could not run."""
    try:
        return await run(visit.session, f"({_source(name)})({json.dumps(given)})", limit_s=5)
    except (PageMovedError, ScriptFailedError, Error):
        return None


@cache
def _source(name: str) -> str:
    return (files("troth.audit.gather") / "scripts" / f"{name}.js").read_text("utf-8").strip()


class _Watcher:
    """Counts what a page asks for, and notes when it goes on to another document."""

    def __init__(self, live: LivePage) -> None:
        self._live = live
        self._open: set[Request] = set()
        self._last = monotonic()
        self._moved = False
        self._listeners = {
            "request": self._started,
            "requestfinished": self._ended,
            "requestfailed": self._ended,
            "framenavigated": self._navigated,
        }
        for event, listener in self._listeners.items():
            live.on(event, listener)  # type: ignore[call-overload] # each event has its listener's type

    def stop(self) -> None:
        for event, listener in self._listeners.items():
            self._live.remove_listener(event, listener)

    async def wait(self, longest_s: float) -> None:
        until = monotonic() + longest_s
        try:
            while monotonic() < until and not self._live.is_closed():
                await asyncio.sleep(_STEP_S)
                if not self._open and monotonic() - self._last >= _QUIET_S:
                    break
            if self._moved and not self._live.is_closed():
                left_ms = max(100.0, (until - monotonic()) * 1000)
                await self._live.wait_for_load_state("load", timeout=left_ms)
        except Error:
            return  # it did not come to rest: whoever looks next sees it as it is

    def _started(self, request: Request) -> None:
        if request.resource_type in _WEIGHTY:
            self._open.add(request)
            self._last = monotonic()

    def _ended(self, request: Request) -> None:
        if request in self._open:
            self._open.discard(request)
            self._last = monotonic()

    def _navigated(self, frame: Frame) -> None:
        if frame == self._live.main_frame:
            self._moved = True
            self._open.clear()
            self._last = monotonic()
