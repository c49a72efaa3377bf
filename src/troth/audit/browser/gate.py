"""The gate: a proxy on loopback that every connection of the browser goes through.

The gate looks a host's name up itself, once, refuses private addresses and connects to the very address it
looked at. So no redirect, frame or socket leads into the private network, nor does a name that changes its
address meanwhile (DNS rebinding). And no request has to be held up inside the browser, which would cost more.
"""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

from troth.audit.browser.addresses import Address, Refuses, addresses, is_private

_HEAD_BYTES = 256 * 1024
_CHUNK = 64 * 1024
_CONNECT_S = 10.0
_HEAD_S = 30.0
_HOP_HEADERS = (b"connection:", b"proxy-connection:", b"keep-alive:", b"proxy-authorization:")

_Streams = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class RefusedError(Exception):
    """A connection that was not made; `code` says why."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Gate:
    """An asynchronous context manager; inside it, `address` is what `--proxy-server` wants.

    Args:
        refuses: Says of an address whether it is refused.
    """

    def __init__(self, refuses: Refuses = is_private) -> None:
        self._refuses = refuses
        self._pins: dict[str, tuple[Address, ...]] = {}
        self._codes: dict[str, str] = {}
        self._server: asyncio.Server
        self._open: set[asyncio.Task[None]] = set()
        self.address = ""

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, limit=_HEAD_BYTES)
        host, port = self._server.sockets[0].getsockname()
        self.address = f"http://{host}:{port}"
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        for task in self._open:
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    def code(self, url: str) -> str:
        """Why the last connection to the host of `url` failed, like `address-private`; empty if not."""
        return self._codes.get(urlsplit(url).hostname or "", "")

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._open.add(task)
            task.add_done_callback(self._open.discard)
        try:
            head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), _HEAD_S)
            method, target, _version = head.split(b"\r\n", 1)[0].split(b" ", 2)
            if method == b"CONNECT":
                await self._tunnel((reader, writer), target.decode("ascii"))
            else:
                await self._forward((reader, writer), head, target.decode("ascii"))
        except (OSError, ValueError, EOFError, TimeoutError, asyncio.LimitOverrunError):
            pass  # the browser went away, or did not speak as a browser does
        finally:
            writer.close()

    async def _tunnel(self, browser: _Streams, target: str) -> None:
        parts = urlsplit(f"//{target}")
        try:
            host = await self._connect(parts.hostname or "", parts.port or 443)
        except RefusedError as refused:
            browser[1].write(f"HTTP/1.1 502 {refused.code}\r\nContent-Length: 0\r\n\r\n".encode())
            await browser[1].drain()
            return
        browser[1].write(b"HTTP/1.1 200 Connected\r\n\r\n")
        await _both(_pipe(browser[0], host[1]), _pipe(host[0], browser[1]), host[1])

    async def _forward(self, browser: _Streams, head: bytes, target: str) -> None:
        """One request by plain HTTP; its connection ends with it, so that none changes hosts midway."""
        parts = urlsplit(target)
        if parts.scheme != "http":
            return
        try:
            host = await self._connect(parts.hostname or "", parts.port or 80)
        except RefusedError:
            return  # a connection that closes without an answer is a failed request
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        first, _end, rest = head.partition(b"\r\n")
        line = b" ".join([first.split(b" ", 1)[0], path.encode("ascii"), b"HTTP/1.1"])
        host[1].write(_closing(line + b"\r\n" + rest))
        await _both(_pipe(browser[0], host[1]), _answer(host[0], browser[1]), host[1])

    async def _connect(self, name: str, port: int) -> _Streams:
        try:
            streams = await self._connected(name, port)
        except RefusedError as refused:
            self._codes[name] = refused.code
            raise
        self._codes.pop(name, None)
        return streams

    async def _connected(self, name: str, port: int) -> _Streams:
        if name not in self._pins:
            found = await addresses(name)
            if not found:
                raise RefusedError("host-unknown")
            self._pins.setdefault(name, found)
        pinned = self._pins[name]
        if any(map(self._refuses, pinned)):
            raise RefusedError("address-private")
        code = "host-unreachable"
        for address in pinned:
            try:
                return await asyncio.wait_for(
                    asyncio.open_connection(str(address), port, limit=_HEAD_BYTES), _CONNECT_S
                )
            except ConnectionRefusedError:
                code = "connection-refused"
            except (OSError, TimeoutError):
                continue
        raise RefusedError(code)


def _closing(head: bytes) -> bytes:
    """A head that says the connection ends with this message."""
    first, *lines = head[:-4].split(b"\r\n")
    kept = [line for line in lines if not line.lower().startswith(_HOP_HEADERS)]
    return b"\r\n".join([first, *kept, b"Connection: close", b"", b""])


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = await reader.readuntil(b"\r\n\r\n")
    while head.split(b" ", 2)[1].startswith(b"1"):  # 103 Early Hints and the like come before the answer
        head = await reader.readuntil(b"\r\n\r\n")
    writer.write(_closing(head))
    await _pipe(reader, writer)


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while chunk := await reader.read(_CHUNK):
        writer.write(chunk)
        await writer.drain()
    if writer.can_write_eof():
        with suppress(OSError):
            writer.write_eof()


async def _both(sent: Awaitable[None], received: Awaitable[None], host: asyncio.StreamWriter) -> None:
    """Until the host has said all; what the browser still sends then is of no use."""
    tasks = [asyncio.ensure_future(sent), asyncio.ensure_future(received)]
    try:
        await tasks[1]
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        host.close()
