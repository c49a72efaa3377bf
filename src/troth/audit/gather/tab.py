"""One tab: the live page, its network log, and all that it says or does to its visitor."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

from playwright.async_api import BrowserContext, CDPSession, ConsoleMessage, Dialog, Download, Error
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.shape import Incident, Message
from troth.audit.browser.options import Limits
from troth.audit.gather.network import NetworkLog

_MESSAGES = 100
_INCIDENTS = 20
_CHARACTERS = 1_000
_NOT_THE_PAGE = ("Failed to load resource", "Service Worker registration blocked by Playwright")
"""Requests that fail stand in the network log; the other is our own doing."""
_LEVELS = {"error": "error", "warning": "warning"}

Result = TypeVar("Result")


class Tab:
    """A tab of a context; made by `opened`."""

    def __init__(self, live: LivePage, session: CDPSession, log: NetworkLog) -> None:
        self.live = live
        self.session = session
        self.log = log
        self.crashed = asyncio.Event()
        self._messages: list[Message] = []
        self._incidents: list[Incident] = []
        self._work: set[asyncio.Future[None]] = set()

    def forget(self) -> None:
        """Begin anew, for the next page."""
        self.log.forget()
        self._messages, self._incidents = [], []

    def take_messages(self) -> tuple[Message, ...]:
        """What the console and uncaught errors said since the last time."""
        taken, self._messages = tuple(self._messages), []
        return taken

    def take_incidents(self) -> tuple[Incident, ...]:
        """What was turned away since the last time."""
        taken, self._incidents = tuple(self._incidents), []
        return taken

    def saw(self, what: str) -> bool:
        """Whether an incident of this kind was noted for the page."""
        return any(incident.what == what for incident in self._incidents)

    async def guarded(self, work: Awaitable[Result], limit_s: float) -> Result | str:
        """What `work` gives, or the code of what came first: a crash, a limit passed, the time."""
        doing = asyncio.ensure_future(work)
        crash = asyncio.ensure_future(self.crashed.wait())
        excess = asyncio.ensure_future(self.log.passed_limit.wait())
        try:
            await asyncio.wait({doing, crash, excess}, timeout=limit_s, return_when=asyncio.FIRST_COMPLETED)
            if self.crashed.is_set():
                return "page-crashed"
            if self.log.passed_limit.is_set():
                return self.log.excess
            return doing.result() if doing.done() else "page-timeout"
        finally:
            for task in (doing, crash, excess):
                task.cancel()
            await asyncio.gather(doing, crash, excess, return_exceptions=True)

    async def close(self) -> None:
        """Close the tab, even one whose script never ends."""
        self.live.context.remove_listener("page", self._popup)
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self.session.send("Runtime.terminateExecution"), 2)
        with suppress(Error, TimeoutError):
            await asyncio.wait_for(self.live.close(), 5)

    def listen(self) -> None:
        """Note what the page says and does; turn away what it wants of its visitor."""
        self.live.on("console", self._console)
        self.live.on("pageerror", self._error)
        self.live.on("dialog", self._dialog)
        self.live.on("download", self._download)
        self.live.on("crash", lambda _page: self.crashed.set())
        self.live.context.on("page", self._popup)

    def _say(self, message: Message) -> None:
        if len(self._messages) < _MESSAGES:
            self._messages.append(message)

    def _console(self, said: ConsoleMessage) -> None:
        level = _LEVELS.get(said.type)
        if level and not said.text.startswith(_NOT_THE_PAGE):
            self._say(Message(level, _cut(said.text), _cut(said.location.get("url", ""))))  # type: ignore[arg-type]  # a value of _LEVELS

    def _error(self, error: Error) -> None:
        self._say(Message("uncaught", _cut(f"{error.name}: {error.message}"), _cut(self.live.url)))

    def _dialog(self, dialog: Dialog) -> None:
        self._note(Incident("dialog", _cut(f"{dialog.type}: {dialog.message}")))
        leaving = dialog.type == "beforeunload"
        self._do(dialog.accept() if leaving else dialog.dismiss())

    def _download(self, download: Download) -> None:
        self._note(Incident("download", _cut(download.url)))
        self._do(download.cancel())

    def _popup(self, other: LivePage) -> None:
        if other is not self.live and not self.live.is_closed():
            self._note(Incident("popup", _cut(other.url)))
            self._do(other.close())

    def _note(self, incident: Incident) -> None:
        if len(self._incidents) < _INCIDENTS:
            self._incidents.append(incident)

    def _do(self, work: Awaitable[None]) -> None:
        async def quietly() -> None:
            with suppress(Error):
                await work

        task = asyncio.ensure_future(quietly())
        self._work.add(task)
        task.add_done_callback(self._work.discard)


async def opened(context: BrowserContext, limits: Limits, reason: Callable[[str], str]) -> Tab:
    """A new, empty tab of `context`; `reason` as of `NetworkLog`."""
    live = await context.new_page()
    session = await context.new_cdp_session(live)
    tree = await session.send("Page.getFrameTree")
    tab = Tab(live, session, NetworkLog(session, tree["frameTree"]["frame"]["id"], limits, reason))
    tab.listen()
    await tab.log.start()
    return tab


def _cut(text: str) -> str:
    return text[:_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
