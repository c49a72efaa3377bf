"""The network log of one tab, from the browser's own events: nothing is held up or changed."""

import asyncio
import base64
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from inspect import Parameter, Signature
from typing import Any

from playwright.async_api import CDPSession, Error

from troth.audit.artifacts.shape import Request
from troth.audit.browser.options import Limits

_BODY_CHARACTERS = 20_000
_SOURCE_CHARACTERS = 200_000
_BODY_BYTES = 2_000_000
_URL_CHARACTERS = 4_096
_BODIES = 200
_SCRIPTED = {"xhr", "fetch"}
_STREAMS = {"websocket", "eventsource", "ping", "media"}
"""Requests that a page may leave open for good."""

Event = dict[str, Any]

_ONE_EVENT = Signature([Parameter("event", Parameter.POSITIONAL_OR_KEYWORD)])


@dataclass(slots=True)
class _Entry:
    id: str
    url: str
    method: str
    type: str
    status: int | None = None
    failure: str = ""
    body: str = ""
    mime: str = ""
    bytes: int = 0
    done: bool = False
    main: bool = False

    def plain(self) -> Request:
        return Request(self.url, self.method, self.type, self.status, self.failure, self.body)


@dataclass(frozen=True, slots=True)
class Document:
    """The answer that the tab's page came in. `headers`: names in lower case."""

    url: str
    status: int
    mime: str
    headers: dict[str, str] = field(default_factory=dict)


class NetworkLog:
    """Counts and notes what the tab's page asks for, until `take`.

    Args:
        session: A session with the tab.
        frame: The id of the tab's main frame.
        limits: How much one page may load.
        reason: Gives the gate's own code for a failed address, empty when it has none.
    """

    def __init__(self, session: CDPSession, frame: str, limits: Limits, reason: Callable[[str], str]) -> None:
        self._session = session
        self._frame = frame
        self._limits = limits
        self._reason = reason
        self._entries: list[_Entry] = []
        self._live: dict[str, _Entry] = {}
        self._bytes = 0
        self._document_id = ""
        self.document: Document | None = None
        self.failed_address = ""
        """The address of the last page that could not be loaded: a redirect may have led to it."""
        self.excess = ""
        """`page-too-large` or `request-flood` once a limit was passed."""
        self.passed_limit = asyncio.Event()

    async def start(self) -> None:
        """Listen from now on."""
        for name, handler in {
            "requestWillBeSent": self._sent,
            "responseReceived": self._answered,
            "dataReceived": self._received,
            "loadingFinished": self._finished,
            "loadingFailed": self._failed,
            "webSocketCreated": self._socket,
            "webSocketFrameReceived": self._frame_received,
            "eventSourceMessageReceived": self._message_received,
        }.items():
            self._session.on(f"Network.{name}", _described(handler))
        await self._session.send(
            "Network.enable", {"maxTotalBufferSize": 30_000_000, "maxResourceBufferSize": _BODY_BYTES}
        )

    def forget(self) -> None:
        """Begin anew: what was seen so far belongs to the page before."""
        self._entries, self._live, self._bytes = [], {}, 0
        self.document, self.excess, self.failed_address = None, "", ""
        self._document_id = ""
        self.passed_limit.clear()

    def take(self) -> tuple[Request, ...]:
        """What was asked for since the last time, in order."""
        taken = tuple(entry.plain() for entry in self._entries)
        self._entries = []
        return taken

    @property
    def document_bytes(self) -> int:
        """How much of the tab's document has come, unpacked."""
        return max((entry.bytes for entry in self._entries if entry.main), default=0)

    @property
    def quiet(self) -> bool:
        """Whether no answer is awaited but of streams, which never end."""
        return all(entry.type in _STREAMS for entry in self._live.values())

    async def source(self) -> str:
        """The tab's document as the server sent it; empty when the browser no longer has it."""
        with suppress(Error):
            text = await self._body(self._document_id) if self._document_id else ""
            return text[:_SOURCE_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
        return ""

    async def fetch_bodies(self) -> None:
        """Fill in the texts that scripts were answered with."""
        wanted = [
            entry for entry in self._entries if entry.done and entry.type in _SCRIPTED and not entry.body
        ]
        readable = [entry for entry in wanted if _is_text(entry.mime) and entry.bytes <= _BODY_BYTES]
        await asyncio.gather(*(self._fetch_body(entry) for entry in readable[:_BODIES]))

    async def _fetch_body(self, entry: _Entry) -> None:
        with suppress(Error):  # the browser keeps no body of a page that is gone
            entry.body = _sound(await self._body(entry.id))

    async def _body(self, id_: str) -> str:
        answer = await self._session.send("Network.getResponseBody", {"requestId": id_})
        text: str = answer["body"]
        return base64.b64decode(text).decode("utf-8", "replace") if answer["base64Encoded"] else text

    def _sent(self, event: Event) -> None:
        request, id_ = event["request"], event["requestId"]
        if (hop := event.get("redirectResponse")) and (before := self._live.pop(id_, None)):
            before.status, before.done = hop["status"], True
        if request["url"].startswith(("data:", "blob:")):
            return
        type_ = event.get("type", "other").lower()
        main = type_ == "document" and event.get("frameId") == self._frame
        self._add(_Entry(id_, request["url"], request["method"], type_, main=main))

    def _add(self, entry: _Entry) -> None:
        entry.url = _sound(entry.url[:_URL_CHARACTERS])
        self._live[entry.id] = entry
        self._entries.append(entry)
        if len(self._entries) > self._limits.requests:
            self._exceed("request-flood")

    def _answered(self, event: Event) -> None:
        response = event["response"]
        if event.get("type") == "Document" and event.get("frameId") == self._frame:
            headers = {name.lower(): _sound(value) for name, value in response["headers"].items()}
            self._document_id = event["requestId"]
            self.document = Document(response["url"], response["status"], response["mimeType"], headers)
        if entry := self._live.get(event["requestId"]):
            entry.status, entry.mime = response["status"], response["mimeType"]

    def _received(self, event: Event) -> None:
        self._bytes += event["dataLength"]
        if entry := self._live.get(event["requestId"]):
            entry.bytes += event["dataLength"]
            if entry.main and entry.bytes > self._limits.document_bytes:
                self._exceed("page-too-large")
        if self._bytes > self._limits.total_bytes:
            self._exceed("page-too-large")

    def _finished(self, event: Event) -> None:
        if entry := self._live.pop(event["requestId"], None):
            entry.done = True

    def _failed(self, event: Event) -> None:
        if entry := self._live.pop(event["requestId"], None):
            blocked = event.get("blockedReason") or (event.get("corsErrorStatus") or {}).get("corsError")
            self.failed_address = entry.url if entry.main else self.failed_address
            entry.failure = self._reason(entry.url) or blocked or event.get("errorText") or "failed"

    def _socket(self, event: Event) -> None:
        self._add(_Entry(event["requestId"], event["url"], "GET", "websocket"))

    def _frame_received(self, event: Event) -> None:
        if event["response"].get("opcode") == 1:
            self._append(event["requestId"], event["response"]["payloadData"])

    def _message_received(self, event: Event) -> None:
        self._append(event["requestId"], event.get("data", ""))

    def _append(self, id_: str, text: str) -> None:
        entry = self._live.get(id_)
        if entry and len(entry.body) < _BODY_CHARACTERS:
            entry.body = _sound(f"{entry.body}{text}\n")

    def _exceed(self, code: str) -> None:
        self.excess = self.excess or code
        self.passed_limit.set()


def _described(handler: Callable[[Event], None]) -> Callable[[Event], None]:
    """`handler` with its signature written down: Playwright looks it up at every event, which costs a lot."""

    def heard(event: Event) -> None:
        handler(event)

    heard.__signature__ = _ONE_EVENT  # type: ignore[attr-defined] # as `inspect.signature` asks for
    return heard


def _is_text(mime: str) -> bool:
    return mime.startswith("text/") or mime.endswith(("json", "xml", "javascript"))


def _sound(text: str) -> str:
    """`text`, cut, and without halves of characters that no file can hold."""
    return text[:_BODY_CHARACTERS].encode("utf-8", "replace").decode("utf-8")
