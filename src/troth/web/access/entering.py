"""Coming in and going out: what every way of signing in ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import accounts, cookies, sessions
from troth.web.access.accounts import Account
from troth.web.access.state import access_of, network_of

if TYPE_CHECKING:
    from sqlalchemy import Connection


def admit(connection: Connection, request: Request, who: Account, way: str) -> str:
    """Begin a session, always with a new token: one that the browser brought along ends. The token.

    `way`: how they showed who they are: `password`, `passkey`, `provider`, `link`.

    Raises:
        TrothError: `account-disabled`.
    """
    access = access_of(request)
    if who.disabled_ms is not None:
        raise TrothError("account-disabled", _("This account is disabled."), _("Ask an administrator."))
    if (old := request.state.session) is not None:
        sessions.end(connection, old.account_id, old.id)
    now_ms, network = access.now_ms(), network_of(request)
    token = sessions.start(connection, who, request.headers.get("user-agent", ""), network, now_ms)
    detail: dict[str, str | int] = {"way": way, "address": network}
    note(connection, Entry(now_ms, who.email, Action.SIGNED_IN, who.email, detail))
    return token


def entered(request: Request, token: str, address: str) -> Response:
    """On to `address`, with the session's cookie."""
    return with_session(request, token, RedirectResponse(address, 303))


def with_session(request: Request, token: str, answer: Response) -> Response:
    """`answer` with the session's cookie."""
    _set(request, answer, token, cookies.SESSION_SECONDS)
    return answer


def leave(request: Request) -> RedirectResponse:
    """End the session of this browser."""
    access, session = access_of(request), request.state.session
    if session is not None:
        with access.office.transaction() as connection:
            sessions.end(connection, session.account_id, session.id)
            who = accounts.by_id(connection, session.account_id)
            note(connection, Entry(access.now_ms(), who.email, Action.SIGNED_OUT, who.email))
    answer = RedirectResponse("/sign-in", 303)
    _set(request, answer, "", 0)
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _set(request: Request, answer: Response, value: str, seconds: int) -> None:
    key, line = cookies.line(request, "session", value, seconds)
    answer.headers.append(key.decode(), line.decode("latin-1"))
