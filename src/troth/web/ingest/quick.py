"""The short way to `POST /api/v1/records` for programs that send much, past routes and pages.

What stands before every route costs ten times what taking a record does. A request whose key may send, that
names a known host and has no cookie needs none of it: it is taken here. Any other goes the long way, which
says why it may not come in; what is answered is the same either way.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from troth import texts
from troth.errors import TrothError
from troth.web.access import tongue
from troth.web.access.hosts import is_answered
from troth.web.access.keyring import KeyRing, bearer
from troth.web.access.rights import Right, Visitor
from troth.web.access.state import Access
from troth.web.ingest.reading import Envelope
from troth.web.ingest.records import Records

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LONGEST = 500
"""Characters of headers whose meaning is remembered."""

_TYPE = (b"content-type", b"application/json")


class Quick:
    """ASGI middleware; `route`: the long way, whose `records` it shares."""

    def __init__(
        self,
        app: ASGIApp,
        route: Route,
        records: Records,
        failed: Callable[[Request, Exception], Awaitable[Response]],
    ) -> None:
        self._app = app
        self._route = route
        self._records = records
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take the records, or pass the request on."""
        asked = await self._asked(scope)
        if asked is None:
            await self._app(scope, receive, send)
            return
        scope["route"] = self._route
        with texts.use_language(asked.language):
            try:
                number, told = await self._records.take(
                    scope["app"].state.live, asked.headers, receive, asked.envelope
                )
            except ClientDisconnect:
                await Response(status_code=400)(scope, receive, send)  # nobody reads it
                return
            except TrothError as error:
                await (await self._failed(Request(scope, receive), error))(scope, receive, send)
                return
        length = (b"content-length", str(len(told)).encode())
        await send({"type": "http.response.start", "status": number, "headers": [length, _TYPE]})
        await send({"type": "http.response.body", "body": told})

    async def _asked(self, scope: Scope) -> _Asked | None:
        """What is asked; None when it has to go the long way."""
        if scope["type"] != "http" or scope["path"] != self._route.path or scope["method"] != "POST":
            return None
        headers = {
            name.decode("latin-1"): value.decode("latin-1") for name, value in reversed(scope["headers"])
        }
        access: Access = scope["app"].state.access
        secret = bearer(headers.get("authorization", ""))
        if secret is None or "cookie" in headers:
            return None
        if not is_answered(headers.get("host", ""), access.settings.answered_hosts):
            return None
        visitor = access.ring.remembered(secret) or await _looked_up(access.ring, secret)
        if visitor is None or not visitor.by_key or Right.SEND_RECORDS not in visitor.rights:
            return None
        query, accepted = scope["query_string"], headers.get("accept-language", "")
        if len(query) + len(accepted) > _LONGEST:
            return None
        kind, language = _query(query, accepted)
        return _Asked(headers, Envelope.of({"kind": kind}, headers), language)


async def _looked_up(ring: KeyRing, secret: str) -> Visitor | None:
    try:
        return await run_in_threadpool(ring.find, secret)
    except TrothError:
        return None  # the long way meets it, too, and says it


@dataclass(frozen=True, slots=True)
class _Asked:
    headers: dict[str, str]
    envelope: Envelope
    language: str


@lru_cache(1_000)
def _query(query: bytes, accepted: str) -> tuple[str, str]:
    """The kind that the address names, and the language of the answer."""
    from starlette.datastructures import QueryParams

    found = QueryParams(query)
    return found.get("kind", ""), tongue.chosen(found.get("lang"), None, None, accepted)
