"""Going to a page and waiting for it, whatever it does meanwhile. What goes wrong comes back as a code."""

import asyncio
import time
from collections.abc import Awaitable
from contextlib import suppress

from playwright.async_api import Error

from troth.audit.browser.options import Limits
from troth.audit.gather.failures import code_of
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, run
from troth.audit.gather.tab import Tab

_PAGES = ("text/html", "application/xhtml+xml", "text/plain", "")
_POLL_S = 0.04
_TRIES = 4
_LARGE_BYTES = 3_000_000


async def go(tab: Tab, url: str, limits: Limits) -> str:
    """Load `url` in `tab`; the code of what went wrong, empty when there is a page to look at."""
    try:
        code = await tab.guarded(_gone(tab, url), limits.page_s)
    except Error as error:
        return _code(error, tab)
    if code == "page-timeout":
        return await _late(tab)
    document = tab.log.document
    other = tab.live.url.startswith("chrome-error:") or (document and document.mime not in _PAGES)
    return code or ("no-page" if other else "")


async def settle(tab: Tab, least_s: float, most_s: float) -> str:
    """Wait at least `least_s`, and until nothing more is asked for, at most `most_s`; a code as of `go`."""
    begun = time.monotonic()
    while (passed := time.monotonic() - begun) < least_s or not tab.log.quiet:
        if tab.crashed.is_set():
            return "page-crashed"
        if tab.log.excess:
            return tab.log.excess
        if passed > max(most_s, least_s):
            break
        await asyncio.sleep(_POLL_S)
    return ""


async def loaded(tab: Tab, limits: Limits) -> str:
    """Wait until what a click began has loaded; a code as of `go`."""
    with suppress(Error):
        code = await tab.guarded(_done(tab.live.wait_for_load_state("load")), limits.page_s)
        return await _late(tab) if code == "page-timeout" else code
    return ""


async def _gone(tab: Tab, url: str) -> str:
    """Tried again when the page that is left goes elsewhere at that moment."""
    for _attempt in range(_TRIES):
        try:
            await tab.live.goto(url, timeout=0)
        except Error as error:
            ours_stopped = "interrupted by another navigation" in error.message or (
                "ERR_ABORTED" in error.message and tab.log.document is None and not tab.saw("download")
            )
            if not ours_stopped:
                raise
        else:
            return ""
    return "page-unsteady"


async def _done(work: Awaitable[object]) -> str:
    await work
    return ""


async def _late(tab: Tab) -> str:
    """The page did not load in time: is there one that only waits for something beside it?"""
    if tab.log.document is None:
        return "page-timeout"
    state = await _state(tab, 3)
    if state is None:
        return await stuck(tab)
    if state == "loading":
        return "page-too-large" if tab.log.document_bytes > _LARGE_BYTES else "page-timeout"
    with suppress(Error, TimeoutError):
        await asyncio.wait_for(tab.session.send("Page.stopLoading"), 3)
    return ""


async def stuck(tab: Tab) -> str:
    """The page gives no answer: too much of it, or a script that answers once it is ended?"""
    if tab.log.document_bytes > _LARGE_BYTES:
        return "page-too-large"
    with suppress(Error, TimeoutError):
        await asyncio.wait_for(tab.session.send("Runtime.terminateExecution"), 2)
    return "page-stuck" if await _state(tab, 3) is None else "script-endless"


async def _state(tab: Tab, limit_s: float) -> str | None:
    with suppress(TimeoutError, PageMovedError, ScriptFailedError):
        return str(await asyncio.wait_for(run(tab.session, "document.readyState"), limit_s))
    return None


def _code(error: Error, tab: Tab) -> str:
    if tab.saw("download"):
        return "download"
    code = code_of(error.message)
    document = tab.log.document
    if (
        code == "no-page"
        and document
        and document.headers.get("content-disposition", "").startswith("attach")
    ):
        return "download"
    return code
