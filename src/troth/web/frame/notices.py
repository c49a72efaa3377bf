"""What was just done, said on the next page. A cookie carries only its code, so nobody puts words there."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from troth.texts import Lazy, lazy
from troth.web.frame.addresses import local

_COOKIE = "troth_notice"

NOTICES: Mapping[str, Lazy] = {
    "annotation-made": lazy("The note is in the chart."),
    "annotation-removed": lazy("The note was removed."),
    "saved": lazy("Saved."),
}
"""Code → what is said."""


def waiting(request: Request) -> bool:
    """Whether there is something to say, so that no page of before will do."""
    access = getattr(request.app.state, "access", None)
    kept = access is not None and access.notices.has(getattr(request.state, "form_token", ""))
    return _COOKIE in request.cookies or kept


def said(request: Request) -> str:
    """What is to be said now; empty for nothing."""
    return str(NOTICES.get(request.cookies.get(_COOKIE, ""), ""))


def unsay(request: Request, response: Response) -> None:
    """Say it once only."""
    if _COOKIE in request.cookies:
        response.delete_cookie(_COOKIE)


def go_on(to: str, notice: str, *, secure: bool = False) -> RedirectResponse:
    """To the next page of this server, which says `notice`; `secure`: the cookie goes over https only."""
    response = RedirectResponse(local(to), 303)
    if notice:
        response.set_cookie(_COOKIE, notice, 60, secure=secure, httponly=True, samesite="lax")
    return response
