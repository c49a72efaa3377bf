"""Hosts that mean no good, or cannot help it: each must end in a clear word, without a hang or a crash."""

import socket
from collections.abc import Callable
from contextlib import suppress
from threading import Event, Thread
from typing import Self

from tests.shop import certificates, wild
from tests.shop.server import Request, Respond, Response, Server, redirect

HOSTS: dict[str, str] = {
    "silent": "Takes the connection and never says a word.",
    "refusing": "Nothing listens on its port.",
    "resetting": "Breaks the connection off once it was asked.",
    "dripping": "Sends a byte of its page every half second, without end.",
    "no-http": "Answers with something that is no HTTP.",
    "redirect-loop": "Redirects in a circle.",
    "redirect-chain": "Redirects from one new address to the next, without end.",
    "redirect-private": "Redirects to an address in a private network.",
    "redirect-metadata": "Redirects to the address where clouds keep their machines' secrets.",
    "refresh-loop": "The page loads itself anew every half second.",
    "download": "Serves a file to save instead of a page.",
    "huge-page": "A page of 50 MB.",
    "endless-scroll": "Grows whenever one scrolls near its end.",
    "alerts": "Opens alert, confirm and prompt boxes, and asks before it lets go.",
    "pop-ups": "Opens windows when loading and on every click.",
    "endless-script": "A script that never ends, once the page stands.",
    "endless-script-early": "A script that never ends, before the page stands.",
    "memory": "Fills the tab's memory until it dies; give Chromium --js-flags=--max-old-space-size=96.",
    "login-wall": "Every address leads to a page that wants a password.",
    "basic-login": "Every address answers 401.",
    "bot-wall": "Every address answers 403 with a challenge for robots.",
    "too-many": "Every address answers 429.",
    "server-error": "Every address answers 500.",
    "frame-bomb": "Frames in frames in frames.",
    "deep-page": "Sixty thousand elements, each inside the one before.",
    "wide-page": "Two hundred thousand small elements.",
    "zip-bomb": "One MB on the wire, one GB unpacked.",
    "wild-data": "Structured data nested, huge, in circles and broken.",
    "right-to-left": "A page in Arabic and Hebrew.",
    "cjk": "A page in Chinese, Japanese and Korean.",
    "broken-bytes": "Bytes of no encoding, served as a page.",
    "empty": "A page of nothing.",
    "no-product": "An honest page that sells nothing.",
    "robots-forbid": "Its robots.txt forbids everything.",
    "huge-headers": "Two hundred kB of headers and three hundred cookies.",
    "overwritten": "A page that has replaced the browser's own functions.",
}


class Hostile:
    """A hostile host on 127.0.0.1, while it is entered.

    Raises:
        KeyError: there is no such host.
    """

    def __init__(self, name: str) -> None:
        self.name, self.says = name, HOSTS[name]
        self.asked: list[str] = []
        self._raw: _Raw | None = None
        self._server: Server | None = None
        if name in _RAW:
            self._raw = _Raw(_RAW[name])
            self.port = self._raw.port
        else:
            context = certificates.context(("127.0.0.1", "localhost"))
            self._server = Server(self._respond, context)
            self.port = self._server.port
        self._answer: Respond = wild.PAGES.get(name, lambda _request: Response(b"", status=404))

    @property
    def url(self) -> str:
        """Where to find it: HTTPS where it speaks HTTP at all."""
        return f"{'https' if self._server else 'http'}://127.0.0.1:{self.port}/"

    def _respond(self, request: Request) -> Response:
        self.asked.append(request.path)
        if self.name == "redirect-loop":
            other = "/b" if request.path == "/a" else "/a"
            return redirect(other, status=302)
        if self.name == "redirect-chain":
            return redirect(f"/{len(self.asked)}", status=302)
        return self._answer(request)

    def __enter__(self) -> Self:
        if self._raw:
            self._raw.start()
        elif self._server:
            self._server.__enter__()
        return self

    def __exit__(self, *_exception: object) -> None:
        if self._raw:
            self._raw.stop()
        elif self._server:
            self._server.__exit__()


Talk = Callable[[socket.socket, Event], None]


class _Raw:
    """A bare socket, for hosts that speak no proper HTTP. `talk` None: bound, and deaf."""

    def __init__(self, talk: Talk | None) -> None:
        self._talk, self._over = talk, Event()
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.port: int = self._socket.getsockname()[1]

    def start(self) -> None:
        if self._talk:
            self._socket.listen(64)
            Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        with suppress(OSError):
            while not self._over.is_set():
                taken, _address = self._socket.accept()
                Thread(target=self._speak, args=(taken,), daemon=True).start()

    def _speak(self, taken: socket.socket) -> None:
        with suppress(OSError), taken:
            if self._talk:
                self._talk(taken, self._over)

    def stop(self) -> None:
        self._over.set()
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()


def _silent(taken: socket.socket, over: Event) -> None:
    taken.recv(65536)
    over.wait()


def _resetting(taken: socket.socket, _over: Event) -> None:
    taken.recv(65536)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")


def _dripping(taken: socket.socket, over: Event) -> None:
    taken.recv(65536)
    taken.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<!doctype html><p>")
    while not over.wait(0.5):
        taken.sendall(b".")


def _no_http(taken: socket.socket, _over: Event) -> None:
    taken.recv(65536)
    taken.sendall(b"220 mail ready\r\n" + bytes(range(256)))


_RAW: dict[str, Talk | None] = {
    "silent": _silent,
    "refusing": None,
    "resetting": _resetting,
    "dripping": _dripping,
    "no-http": _no_http,
}
