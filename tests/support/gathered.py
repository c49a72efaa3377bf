"""Small artifacts, seen by the real collector in a real browser, for tests of facts and rules."""

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, Playwright, Route, async_playwright
from playwright.async_api import Page as Tab
from tests.support.chromium import QUIET
from tests.support.loop import Loop

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Artifacts, Kind, Page, Step, Visit
from troth.audit.gather.collect import collect

TAKEN_AT_MS = 1_790_000_000_000
"""2026-09-21: every law of the catalogue but the guarantee notice is in force."""

SHOP = "https://shop.example/"


class Gallery:
    """One browser for a test session; pages are shown in it under any address, without a network."""

    def __init__(self, loop: Loop, chromium: Path) -> None:
        self._loop = loop
        self._chromium = chromium
        self._tabs: dict[int, tuple[Tab, dict[str, tuple[str, str]]]] = {}
        self._playwright: Playwright
        self._browser: Browser
        loop.run(self._start())

    async def _start(self) -> None:
        self._playwright = await async_playwright().start()
        self._browser = await self._playwright.chromium.launch(
            executable_path=self._chromium, args=list(QUIET)
        )

    async def _tab(self, width: int) -> tuple[Tab, dict[str, tuple[str, str]]]:
        if width not in self._tabs:
            answers: dict[str, tuple[str, str]] = {}

            async def answer(route: Route) -> None:
                kind, body = answers.get(route.request.url, ("", ""))
                if kind:
                    await route.fulfill(status=200, content_type=kind, body=body)
                else:
                    await route.fulfill(status=404, content_type="text/plain", body="")

            context = await self._browser.new_context(viewport={"width": width, "height": 720})
            tab = await context.new_page()
            await tab.route("**/*", answer)
            self._tabs[width] = (tab, answers)
        return self._tabs[width]

    async def _seen(self, html: str, url: str, width: int, files: Mapping[str, tuple[str, str]]) -> Seen:
        tab, answers = await self._tab(width)
        answers.clear()
        answers.update({url: ("text/html; charset=utf-8", html), **files})
        await tab.goto(url)
        session = await tab.context.new_cdp_session(tab)
        try:
            return await collect(session)
        finally:
            await session.detach()

    def seen(
        self,
        html: str,
        *,
        url: str = SHOP,
        width: int = 1280,
        files: Mapping[str, tuple[str, str]] | None = None,
    ) -> Seen:
        """What the collector sees of `html` at `url`; `files`: (content type, text) by address."""
        if not html.lstrip().lower().startswith("<!doctype"):
            html = f"<!doctype html>{html}"
        return self._loop.run(self._seen(html, url, width, files or {}))

    def page(self, kind: Kind, html: str, visit: Visit = "first", *, url: str = "", **more: Any) -> Page:  # noqa: ANN401 - as the fields are
        """A page of the artifacts; `more` are fields of `Page`, and `width` or `files` as of `seen`."""
        url = url or (SHOP if kind == "home" else f"{SHOP}{kind}")
        look = {name: more.pop(name) for name in ("width", "files") if name in more}
        if visit == "small":
            look.setdefault("width", 375)
        plain = {
            "id": f"{visit}-{kind}", "visit": visit, "kind": kind, "url": url, "final_url": url,
            "status": 200, "taken_at_ms": TAKEN_AT_MS,
            "headers": {"content-type": "text/html; charset=utf-8"},
        }  # fmt: skip
        return Page(**{**plain, "seen": self.seen(html, url=url, **look), **more})

    async def _stop(self) -> None:
        await self._browser.close()
        await self._playwright.stop()
        await asyncio.sleep(0)

    def close(self) -> None:
        self._loop.run(self._stop())


def artifacts(*pages: Page, **more: Any) -> Artifacts:  # noqa: ANN401 - as the fields are
    """Artifacts of these pages; `more` are fields of it. The walk reached the kinds that are there."""
    names = ("home", "category", "product", "basket", "checkout")
    first = {page.kind: page for page in pages if page.visit == "first"}
    walk = tuple(Step(name, name in first, first[name].url if name in first else "") for name in names)
    plain = {
        "schema": "troth-artifacts/1", "shop": SHOP, "taken_at_ms": TAKEN_AT_MS, "browser": "Chromium",
        "user_agent": "Troth", "walk": walk,
    }  # fmt: skip
    return Artifacts(**{**plain, "pages": pages, **more})
