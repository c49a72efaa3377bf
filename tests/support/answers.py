"""A small web server on loopback that answers as a test wants, however badly."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from tests.support.loop import Loop

Writer = asyncio.StreamWriter
Raw = Callable[[Writer], Awaitable[None]]
"""Writes whatever it likes; the connection is closed afterwards."""


@dataclass(frozen=True)
class Answer:
    """An answer; `headers` beside type, length and connection."""

    body: str | bytes = ""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: Mapping[str, str] = field(default_factory=dict)

    async def __call__(self, writer: Writer) -> None:
        body = self.body.encode() if isinstance(self.body, str) else self.body
        headers = {
            "Content-Type": self.type,
            "Content-Length": len(body),
            "Connection": "close",
            **self.headers,
        }
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        writer.write(f"HTTP/1.1 {self.status} Said\r\n{lines}\r\n".encode() + body)
        await writer.drain()


def redirect(to: str) -> Answer:
    """An answer that leads on to `to`."""
    return Answer(status=302, headers={"Location": to})


class Site:
    """Pages by path, served until `close`; `asked` lists the paths, `heads` the whole heads, in order."""

    def __init__(self, loop: Loop, *, host: str = "127.0.0.1", tls: ssl.SSLContext | None = None) -> None:
        self._loop = loop
        self._open: set[asyncio.Task[None]] = set()
        self.pages: dict[str, Raw] = {}
        self.asked: list[str] = []
        self.heads: list[str] = []
        self._server = loop.run(self._start(host, tls))
        self.port = self._server.sockets[0].getsockname()[1]
        self.origin = f"{'https' if tls else 'http'}://{host}:{self.port}"

    def html(self, path: str, body: str) -> str:
        """Serve `body` at `path`; its address."""
        self.pages[path] = Answer(body)
        return self.origin + path

    def serve(self, path: str, answer: Raw) -> str:
        """Serve `answer` at `path`; its address."""
        self.pages[path] = answer
        return self.origin + path

    async def _start(self, host: str, tls: ssl.SSLContext | None) -> asyncio.Server:
        return await asyncio.start_server(self._accept, host, 0, ssl=tls)

    async def _accept(self, reader: asyncio.StreamReader, writer: Writer) -> None:
        task = asyncio.current_task()
        assert task
        self._open.add(task)
        with suppress(OSError, EOFError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            path = head.split(" ")[1]
            self.asked.append(path)
            self.heads.append(head)
            answer = self.pages.get(path.partition("?")[0], Answer("gone", 404))
            await answer(writer)
        writer.close()
        self._open.discard(task)

    async def _stop(self) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def close(self) -> None:
        self._loop.run(self._stop())
