"""One visit to a shop: a new customer, with one context and one tab, whose pages come home as artifacts."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, CDPSession, Error, Route
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.shape import Kind, Page
from troth.audit.artifacts.shape import Visit as VisitName
from troth.audit.browser.addresses import http_parts
from troth.audit.browser.launching import Running
from troth.audit.gather import pictures
from troth.audit.gather.going import go, loaded, settle
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, run
from troth.audit.gather.looking import PLAIN, Wants, look, write
from troth.audit.gather.tab import Tab, opened
from troth.audit.parsing.addresses import registered_domain
from troth.errors import TrothError
from troth.texts import _

__all__ = ["PLAIN", "Visit", "Wants", "visiting"]

_ROBOTS_CHARACTERS = 500_000
_PAGES_A_TAB = 100
"""So many pages are opened in one tab: Chromium keeps something of each as long as the tab lives."""


class Visit:
    """Made by `visiting`; used by one task at a time. Its methods never raise for what a shop does.

    Why a page could not be seen stands in its `failure`. `context` is Playwright's, for a clock or a script
    that runs before the page's own; `live` is the page, for those who click; `limits` are the browser's.
    """

    def __init__(
        self, running: Running, name: VisitName, shop: str, context: BrowserContext, folder: Path | None
    ) -> None:
        self._running = running
        self.limits = self._limits = running.options.limits
        self._domain = registered_domain(urlsplit(shop).hostname or "")
        self._folder = folder
        self._tab: Tab | None = None
        self._ids: set[str] = set()
        self._crops = self._opened = 0
        self.name: VisitName = name
        self.context = context

    async def begin(self) -> None:
        """Open the tab; again after a page that broke it.

        Raises:
            TrothError: `browser-failed`: the browser itself is gone.
        """
        if self._tab:
            await self._tab.close()
        try:
            opening = opened(self.context, self._limits, self._reason)
            self._tab = await asyncio.wait_for(opening, self._limits.page_s)
        except (Error, TimeoutError) as error:
            raise TrothError("browser-failed", _("The browser broke down during the visit.")) from error

    @property
    def live(self) -> LivePage:
        """The live page; another one after a page that crashed or hung."""
        return self._current.live

    @property
    def session(self) -> CDPSession:
        """The live page's session of the browser's own protocol, for a script that runs beside the page."""
        return self._current.session

    @property
    def _current(self) -> Tab:
        if self._tab is None:
            raise RuntimeError("the visit has not begun")
        return self._tab

    def is_shop(self, url: str) -> bool:
        """Whether `url` belongs to the shop: the same registered domain."""
        parts = http_parts(url)
        return bool(parts and registered_domain(parts.hostname or "") == self._domain)

    async def may_see(self, url: str) -> bool:
        """Whether robots.txt lets the audit see `url`."""
        return not await self._running.manners.refusal(url, self._fetch)

    async def open(self, url: str, kind: Kind, wants: Wants = PLAIN) -> Page:
        """Go to `url` and look at what comes."""
        if http_parts(url) is None:
            return self._bare(url, kind, "address-invalid")
        if not self.is_shop(url):
            return self._bare(url, kind, "host-foreign")
        if refused := await self._running.manners.refusal(url, self._fetch):
            return self._bare(url, kind, refused)
        async with self._running.manners.turn(url):
            self._opened += 1
            if self._opened % _PAGES_A_TAB == 0:
                await self.begin()
            self._current.forget()
            code = await go(self._current, url, self._limits)
            if code == "page-unsteady":  # perhaps it is the page left behind that goes on: without it, then
                await self.begin()
                code = await go(self._current, url, self._limits)
            code = code and (self._reason(self._current.log.failed_address or url) or code)
            page = await self._looked(url, kind, wants, code)
        if page.seen and not self.is_shop(page.final_url):
            return replace(page, seen=None, failure="host-foreign")
        return page

    async def look(self, kind: Kind, wants: Wants = PLAIN) -> Page:
        """Look at what is there now, wherever it came from."""
        return await self._looked(self.live.url, kind, wants, "")

    async def act(
        self, doing: Callable[[LivePage], Awaitable[object]], kind: Kind, wants: Wants = PLAIN
    ) -> Page:
        """Do something on the live page (a click), wait, and look at what is there then.

        An action that finds no element or takes too long changes nothing: the page as it is comes back.
        """
        tab, url = self._current, self.live.url
        async with self._running.manners.turn(url):
            tab.forget()
            code: object = ""
            with suppress(Error):
                code = await tab.guarded(doing(tab.live), self._limits.action_s)
            broken = code if code in {"page-crashed", "page-too-large", "request-flood"} else ""
            code = broken or await loaded(tab, self._limits)
            return await self._looked(self.live.url, kind, wants, str(code))

    async def crop(self, selector: str) -> str:
        """A picture of an element of the live page, beside the artifacts; empty when there is none."""
        if self._folder is None:
            return ""
        with suppress(Error, TimeoutError, PageMovedError, ScriptFailedError):
            box = await asyncio.wait_for(self.live.locator(selector).first.bounding_box(timeout=1_000), 2)
            across, down = await asyncio.wait_for(run(self._current.session, "[scrollX, scrollY]"), 2)
            if box:
                place = (box["x"] + across, box["y"] + down, box["width"], box["height"])
                taken = await asyncio.wait_for(pictures.crop(self._current.session, place), 10)
                self._crops += 1
                return write(self._folder, f"{self.name}-crop-{self._crops}", taken)
        return ""

    async def _looked(self, url: str, kind: Kind, wants: Wants, code: str) -> Page:
        tab = self._current
        code = code or await settle(tab, wants.settle_s, self._limits.settle_s)
        page = self._bare(url, kind, code)
        if not code:
            page = await look(tab, page, wants, self._limits, self._folder)
        page = replace(
            page,
            requests=tab.log.take(),
            messages=tab.take_messages(),
            incidents=tab.take_incidents(),
        )
        if page.failure and page.failure not in {"bot-wall", "login-wall"}:
            await self.begin()  # whatever the page still does ends here
        return page

    def _bare(self, url: str, kind: Kind, failure: str = "") -> Page:
        document = self._current.log.document
        return Page(
            id=self._id(kind),
            visit=self.name,
            kind=kind,
            url=url,
            final_url=self._current.live.url if document and http_parts(self._current.live.url) else url,
            status=document.status if document else None,
            taken_at_ms=time.time_ns() // 1_000_000,
            headers=document.headers if document else {},
            failure=failure,
        )

    def _id(self, kind: Kind) -> str:
        names = [f"{self.name}-{kind}", *(f"{self.name}-{kind}-{n}" for n in range(2, len(self._ids) + 3))]
        name = next(name for name in names if name not in self._ids)
        self._ids.add(name)
        return name

    def _reason(self, url: str) -> str:
        return self._running.gate.code(url) if self._running.gate else ""

    async def _fetch(self, url: str) -> tuple[int | None, str]:
        """The status and text at `url`, asked for by the browser itself, apart from the visit.

        Many shops answer any address with a page: what it would load and do is left alone.
        """
        context = await self._running.chromium.new_context(
            user_agent=self._running.user_agent,
            http_credentials=self._running.credentials,
            java_script_enabled=False,
        )
        try:
            return await asyncio.wait_for(_text_at(context, url), self._limits.page_s)
        except (Error, TimeoutError):
            return None, ""
        finally:
            with suppress(Error):
                await context.close()


async def _text_at(context: BrowserContext, url: str) -> tuple[int | None, str]:
    tab = await context.new_page()

    async def only_itself(route: Route) -> None:
        itself = route.request.is_navigation_request() and route.request.frame == tab.main_frame
        await (route.continue_() if itself else route.abort())

    await tab.route("**/*", only_itself)
    answer = await tab.goto(url, timeout=0, wait_until="commit")
    return (answer.status, (await answer.text())[:_ROBOTS_CHARACTERS]) if answer else (None, "")


@asynccontextmanager
async def visiting(
    running: Running,
    name: VisitName,
    shop: str,
    *,
    width: int = 1280,
    height: int = 800,
    language: str = "",
    folder: Path | None = None,
) -> AsyncIterator[Visit]:
    """A new customer's visit to `shop`, until the block ends.

    Args:
        running: The browser.
        name: Which visit this is.
        shop: The shop's address; only its registered domain is walked.
        width: Of the window, in CSS pixels.
        height: Of the window, in CSS pixels.
        language: What the browser asks for, like `de-DE`; empty: English.
        folder: Where the artifacts will stand; pictures are written below it. None: no pictures.
    """
    context = await running.chromium.new_context(
        viewport={"width": width, "height": height},
        user_agent=running.user_agent,
        locale=language or None,
        service_workers="block",
        accept_downloads=False,
        http_credentials=running.credentials,
    )
    visit = Visit(running, name, shop, context, folder)
    try:
        await visit.begin()
        yield visit
    finally:
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(context.close(), 10)
