"""One connection: who sends has to get on with it, and who reads, too; else others would find no room.

uvicorn waits for ever for the end of a request's head, of a body that nobody reads, of an answer that is not
taken, and keeps a head of any length. Here each has a time and a size, as servers that face the world have.
"""

from __future__ import annotations

import asyncio
import json
from http import HTTPStatus
from typing import TYPE_CHECKING

from starlette.responses import JSONResponse
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from troth.errors import TrothError, UsageError
from troth.texts import _
from troth.web.access.headers import HEADERS
from troth.web.frame import failures

if TYPE_CHECKING:
    from starlette.types import Receive, Scope, Send

MOST_CONNECTIONS = 1_000
PATIENCE_SECONDS = 20.0
"""So long a request may take to arrive, and a second longer for every `LEAST_RATE` bytes that did."""

LEAST_RATE = 500
READER_SECONDS = 60.0
"""So long a client may leave its answer untaken."""

MOST_HEAD_BYTES = 65_536


class Connection(HttpToolsProtocol):
    """A client's connection, with limits."""

    _began = 0.0
    _received = 0
    _beside_body = 0
    _in_head = True
    _spoke = False
    _asked = False
    _look: asyncio.TimerHandle | None = None
    _reader: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Begin, and do not wait for ever for a first request."""
        super().connection_made(transport)
        self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """The end: nothing is waited for any more."""
        self._stop_looking()
        self.resume_writing()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, unless it is a head, or what follows a body, that has no end."""
        self._spoke = True
        self._received += len(data)
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > MOST_HEAD_BYTES and not self.transport.is_closing():
            self._end(UsageError("head-too-large", _("The head of the request is too large.")))

    def on_message_begin(self) -> None:
        """A request begins: its time runs from here."""
        super().on_message_begin()
        self._beside_body, self._spoke = 0, True
        self._wait_for_request()

    def on_headers_complete(self) -> None:
        """Its head is whole; where there is no room the answer says so."""
        self._in_head, self._asked = False, True
        crowded = max(len(self.connections), len(self.tasks)) > MOST_CONNECTIONS
        self.app = _crowded if crowded else self.config.loaded_app
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Part of a body."""
        self._beside_body = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """All of it is here. If it was answered before, uvicorn has stopped waiting for the next one."""
        self._stop_looking()
        self._spoke = False
        super().on_message_complete()
        if self.cycle.response_complete and not self.transport.is_closing():
            self._unset_keepalive_if_required()
            self.timeout_keep_alive_task = self.loop.call_later(
                self.timeout_keep_alive, self.timeout_keep_alive_handler
            )

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP in the one shape."""
        assert msg  # noqa: S101 - uvicorn's own words, which tell no more
        self._end(UsageError("http-invalid", _("That is no HTTP request.")))

    def pause_writing(self) -> None:
        """The client does not take its answer."""
        super().pause_writing()
        if self._reader is None:
            self._reader = self.loop.call_later(READER_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """It goes on."""
        super().resume_writing()
        if self._reader is not None:
            self._reader.cancel()
            self._reader = None

    def _wait_for_request(self) -> None:
        self._stop_looking()
        self._began, self._received, self._in_head = self.loop.time(), 0, True
        self._look = self.loop.call_later(PATIENCE_SECONDS, self._judge)

    def _stop_looking(self) -> None:
        if self._look is not None:
            self._look.cancel()
            self._look = None

    def _judge(self) -> None:
        """Whether what has arrived by now is enough."""
        self._look = None
        if self.transport.is_closing():
            return
        if self.flow.read_paused:  # it is us who do not read
            self._began, self._received = self.loop.time(), 0
        due = self._began + PATIENCE_SECONDS + self._received / LEAST_RATE
        if self.loop.time() < due:
            self._look = self.loop.call_at(due, self._judge)
        else:
            self._end(TrothError("too-slow", _("The request took too long to arrive; nothing was taken.")))

    def _end(self, error: TrothError) -> None:
        """Hang up; with a word where the client waits for one."""
        answered = not self._asked or self.cycle.response_complete
        if self._in_head and answered and self._spoke:
            self.transport.write(_written(error))
        self.transport.close()


def _written(error: TrothError) -> bytes:
    number, body = failures.status(error), json.dumps(failures.body(error)).encode()
    head = {
        **HEADERS,
        "Cache-Control": "no-store",
        "Content-Type": "application/json",
        "Content-Length": str(len(body)),
        "Connection": "close",
    }
    lines = [
        f"HTTP/1.1 {number} {HTTPStatus(number).phrase}",
        *(f"{name}: {value}" for name, value in head.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


async def _crowded(scope: Scope, receive: Receive, send: Send) -> None:
    """The answer where too many are here already."""
    error = TrothError("crowded", _("Too many connections are open."), _("Try again in a moment."))
    told = failures.headers(error) | HEADERS | {"Cache-Control": "no-store", "Connection": "close"}
    await JSONResponse(failures.body(error), failures.status(error), told)(scope, receive, send)
