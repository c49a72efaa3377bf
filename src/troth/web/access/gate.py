"""The gate: every request passes it. Who asks, in which language, and may they come in at all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from troth import texts
from troth.errors import TrothError
from troth.texts import _
from troth.web.access import cookies, origin, sessions, tokens, tongue
from troth.web.access.accounts import Account
from troth.web.access.keyring import bearer
from troth.web.access.rights import Visitor
from troth.web.access.sessions import Session
from troth.web.access.state import Access

Failed = Callable[[Request, Exception], Awaitable[Response]]

OPEN = frozenset({"/sign-in", "/preferences", "/healthz", "/readyz"})
OPEN_UNDER = ("/static/", "/sign-in/", "/invitation/", "/first/", "/api/v1/hooks/")
FOR_PROGRAMS = frozenset({"/healthz", "/readyz", "/metrics"})
SIGNED_UNDER = ("/api/v1/hooks/",)
"""What other systems post to, with a signature of their own: no browser, so no token of a form."""


class Gate:
    """ASGI middleware in front of all routes.

    It sets `request.state`: `visitor` (a Visitor or None), `session` (a Session or None), `form_token` (what
    this browser's forms must carry). What is not open is closed: nobody gets a page, or a 401 from the API.
    """

    def __init__(self, app: ASGIApp, access: Access, failed: Failed) -> None:
        self._app = app
        self._access = access
        self._failed = failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.visitor = request.state.session = None
        request.state.form_token = ""
        with texts.use_language(_language(request, None)):
            try:
                account = await self._who(request)
            except TrothError as error:
                await (await self._failed(request, error))(scope, receive, send)
                return
        with texts.use_language(_language(request, account)):
            answer = self._with_cookies(request, send)
            refusal = await self._refusal(request)
            await (refusal or self._app)(scope, receive, answer)

    async def _who(self, request: Request) -> Account | None:
        """Find out who asks, and note it at the request; the account, when it is a person."""
        secret = bearer(request.headers.get("authorization", ""))
        if secret is not None:
            ring = self._access.ring
            visitor = ring.remembered(secret) or await run_in_threadpool(ring.find, secret)
            if visitor is None:
                raise TrothError(
                    "key-invalid",
                    _("This API key does not hold."),
                    _("It may have expired, or been revoked. An administrator can make a new one."),
                )
            request.state.visitor = visitor
            return None
        token = cookies.given(request, "session")
        if token is None or request.url.path.startswith("/static/"):
            request.state.form_token = tokens.form_token(_visit(request))
            return None
        found = await run_in_threadpool(self._session, token)
        if found is None:
            request.state.form_token = tokens.form_token(_visit(request))
            return None
        request.state.session, account = found
        request.state.visitor = account.visitor(found[0].id)
        request.state.form_token = tokens.form_token(token)
        return account

    def _session(self, token: str) -> tuple[Session, Account] | None:
        now_ms = self._access.now_ms()
        with self._access.office.transaction() as connection:
            found = sessions.find(connection, token, now_ms)
            if found is not None:
                sessions.touch(connection, found[0], now_ms)
        return found

    async def _refusal(self, request: Request) -> Response | None:
        """The answer to who may not come in; None for who may."""
        path, visitor = request.url.path, request.state.visitor
        by_key = isinstance(visitor, Visitor) and visitor.by_key
        if request.method not in origin.SAFE and not by_key and not path.startswith(SIGNED_UNDER):
            if not origin.is_own(request, self._access.settings.url):
                return await self._failed(request, elsewhere())
            if path.startswith("/api/") and visitor is not None:
                given = request.headers.get("x-form-token", "")
                if not tokens.same(given, request.state.form_token):
                    return await self._failed(request, expired())
        if visitor is not None or path in OPEN or path.startswith(OPEN_UNDER):
            return None
        if path.startswith("/api/") or request.method not in origin.SAFE:
            return await self._failed(request, not_signed_in())
        wanted = path + (f"?{request.url.query}" if request.url.query else "")
        ask = "" if wanted == "/" else f"?next={quote(wanted, safe='/')}"
        return RedirectResponse(f"/sign-in{ask}", 303)

    def _with_cookies(self, request: Request, send: Send) -> Send:
        """`send` that also keeps a choice of language, and marks a browser that is shown a form."""
        lines = []
        asked = request.query_params.get("lang")
        if asked in texts.LANGUAGES and request.method in origin.SAFE:
            lines.append(cookies.line(request, "language", asked, cookies.YEAR_SECONDS))
        new = getattr(request.state, "new_visit", None)
        if new and request.method in origin.SAFE and not _is_for_programs(request.url.path):
            lines.append(cookies.line(request, "visit", new, cookies.VISIT_SECONDS))

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start" and lines:
                headers = MutableHeaders(scope=message)
                for key, value in lines:
                    headers.append(key.decode(), value.decode("latin-1"))
            await send(message)

        return answer


def not_signed_in() -> TrothError:
    """The error for nobody."""
    return TrothError("not-signed-in", _("Please sign in."), _("Programs send an API key."))


def elsewhere() -> TrothError:
    """The error for a form that a page of another site has sent."""
    return TrothError(
        "form-foreign",
        _("This was sent by a page of another site."),
        _("If Troth stands behind a proxy, set TROTH_URL to the address that people use."),
    )


def expired() -> TrothError:
    """The error for a form whose token is not this browser's."""
    return TrothError(
        "form-expired", _("This form is too old."), _("Open the page again, and send the form once more.")
    )


def _is_for_programs(path: str) -> bool:
    """Whether no form stands at `path`, so that a browser need not be known again for it."""
    return path in FOR_PROGRAMS or path.startswith(("/static/", "/api/"))


def _visit(request: Request) -> str:
    """The secret of a browser that is not signed in; a new one is given with the answer."""
    kept = cookies.given(request, "visit")
    if kept and len(kept) <= 100:
        return kept
    request.state.new_visit = tokens.fresh()
    return str(request.state.new_visit)


def _language(request: Request, account: Account | None) -> str:
    return tongue.chosen(
        request.query_params.get("lang"),
        account.language if account else None,
        cookies.given(request, "language"),
        request.headers.get("accept-language"),
    )
