"""What every answer carries: what a browser may do with it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Failed = Callable[[Request, Exception], Awaitable[Response]]

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
"""No script, style, frame or form that is not this server's own file; nothing inline."""

HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # no-referrer would make browsers send forms with `Origin: null`
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_LINES = [
    (name.lower().encode(), value.encode())
    for name, value in {**HEADERS, "Cache-Control": "no-store"}.items()
]
TRANSPORT = "max-age=31536000"
"""Strict-Transport-Security, for a year; only said over https, as RFC 6797 (section 7.2) demands."""


class Guarded:
    """ASGI middleware, outermost: also errors carry the headers."""

    def __init__(self, app: ASGIApp, failed: Failed) -> None:
        self._app = app
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and add the headers to its answer."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        begun = False

        async def answer(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = {name for name, _value in message["headers"]}
                message["headers"] = [*message["headers"], *(one for one in _LINES if one[0] not in given)]
                headers = MutableHeaders(scope=message)
                if scope["scheme"] == "https":
                    headers["Strict-Transport-Security"] = TRANSPORT
                if message["status"] == 401:
                    headers.setdefault("WWW-Authenticate", "Bearer")
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            # The framework's own answer to a fault would come without the headers. It still notes the fault.
            if not begun:
                await (await self._failed(Request(scope), error))(scope, receive, answer)
            raise
