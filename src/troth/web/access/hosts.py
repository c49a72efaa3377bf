"""Which names the server answers to.

A page of another site may point a name of its own at 127.0.0.1 (DNS rebinding) and then speak to the server
as if it were that site: a server on the loopback therefore answers to known names only.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import lru_cache
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from troth.errors import TrothError
from troth.texts import _


class KnownHosts:
    """ASGI middleware: a request for another name is refused, and one for what is no name.

    `hosts`: the names; None: all.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: frozenset[str] | None,
        failed: Callable[[Request, Exception], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._hosts = hosts
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] == "http":
            request = Request(scope, receive)
            header = request.headers.get("host", "")
            if not is_answered(header, self._hosts):
                name = host_of(header)
                refusal = await self._failed(
                    request,
                    TrothError(
                        "host-unknown",
                        _("This server does not answer to the name %(name)s.") % {"name": repr(name)},
                        _("Name it in TROTH_HOSTS, or set TROTH_URL."),
                    ),
                )
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)


def is_answered(header: str, hosts: frozenset[str] | None) -> bool:
    """Whether the server answers to the name in a `Host` header; `hosts`: the names it has, None: all."""
    name = host_of(header)
    return name in hosts if hosts is not None else bool(name or not header)


@lru_cache(1_000)
def host_of(header: str) -> str:
    """The name in a `Host` header, without the port, in small letters; empty when it is none.

    >>> host_of("[::1]:8765"), host_of("Example.com:80"), host_of("user@example.com"), host_of("a:b")
    ('::1', 'example.com', '', '')
    """
    if any(sign in header for sign in "@/?#\\ ") or not header.isprintable():
        return ""
    try:
        parts = urlsplit(f"//{header}")
        name, _port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    return name
