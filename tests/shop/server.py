"""A small web server on loopback: HTTP and HTTPS on one port, as many hosts as one likes."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from time import monotonic, sleep
from typing import Self
from urllib.parse import parse_qsl, urlsplit

HANDSHAKE = 0x16
"""The first byte of a TLS connection; no HTTP request begins with it."""


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked; `host` is the Host header without its port."""

    method: str
    scheme: str
    host: str
    path: str
    query: dict[str, str]
    form: dict[str, str]
    cookies: dict[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer; `headers` may name one twice."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = field(default=())


Respond = Callable[[Request], Response]


def redirect(address: str, *headers: tuple[str, str], status: int = 303) -> Response:
    """Send the browser on to `address`."""
    return Response(status=status, headers=(("Location", address), *headers))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 30
    server: "_Listener"

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length).decode("utf-8", "replace")
        split = urlsplit(self.path)
        request = Request(
            method=self.command,
            scheme="https" if isinstance(self.connection, ssl.SSLSocket) else "http",
            host=self.headers.get("Host", "").partition(":")[0],
            path=split.path,
            query=dict(parse_qsl(split.query)),
            form=dict(parse_qsl(body)),
            cookies=_cookies(self.headers.get("Cookie", "")),
        )
        response = self.server.respond(request)
        self.send_response_only(response.status, HTTPStatus(response.status).phrase)
        for name, value in response.headers:
            self.send_header(name, value)
        self.send_header("Content-Type", response.type)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - likewise
        """Say nothing."""


def _cookies(header: str) -> dict[str, str]:
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(header).items()}
    except CookieError:
        return {}


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, respond: Respond, tls: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.respond, self.tls = respond, tls
        self.open: set[socket.socket] = set()

    def finish_request(self, request: socket.socket, client_address: tuple[str, int]) -> None:  # type: ignore[override]
        """Look at the first byte: TLS where the server speaks it, else plain HTTP."""
        with suppress(OSError):  # a browser that goes away, a handshake that fails
            request.settimeout(30)
            request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            first = request.recv(1, socket.MSG_PEEK)
            if first and first[0] == HANDSHAKE and self.tls is None:
                return
            if first and first[0] == HANDSHAKE and self.tls:
                request = self.tls.wrap_socket(request, server_side=True)
            with request:
                self.open.add(request)
                try:
                    super().finish_request(request, client_address)
                finally:
                    self.open.discard(request)

    def hang_up(self) -> None:
        """End the connections that browsers keep open, and wait until their threads have let go."""
        until = monotonic() + 2
        while self.open and monotonic() < until:
            for connection in tuple(self.open):
                with suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
            sleep(0.005)

    def handle_error(self, request: object, client_address: object) -> None:
        """A fault of the shop's own code shall be seen; one of the connection need not."""
        import sys

        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class Server:
    """Answers on a free port of 127.0.0.1 while it is entered."""

    def __init__(self, respond: Respond, tls: ssl.SSLContext | None = None) -> None:
        self._listener = _Listener(respond, tls)
        self.port: int = self._listener.server_address[1]
        self._thread = Thread(target=self._listener.serve_forever, args=(0.02,), daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        self._listener.shutdown()
        self._listener.server_close()
        self._listener.hang_up()
        self._thread.join()
