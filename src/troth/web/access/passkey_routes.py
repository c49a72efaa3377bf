"""Passkeys in the browser: what `passkeys.js` asks for and sends."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import accounts, passkeys
from troth.web.access.entering import admit, with_session
from troth.web.access.forms import Fields, demand_token, form_route, person, redirected, safe_next, sent_json
from troth.web.access.passkeys import Party
from troth.web.access.state import Access, Challenge, Notice, access_of, network_of

if TYPE_CHECKING:
    from collections.abc import Callable

SETTINGS = "/settings"


def _route(path: str, work: Callable[[Request, dict[str, Any]], Response]) -> Route:
    """A route that takes JSON from a page of ours, which sends its form's token in a header."""

    async def route(request: Request) -> Response:
        demand_token(request, request.headers.get("x-form-token", ""))
        return await run_in_threadpool(work, request, await sent_json(request))

    return Route(path, route, methods=["POST"])


def _party(request: Request, access: Access) -> Party:
    here = passkeys.party(request, access.settings)
    if here is None:
        raise passkeys.nowhere()
    return here


def _given(request: Request, access: Access, challenge: Challenge) -> str:
    """Keep the challenge for this browser; the name it has to bring back."""
    name = secrets.token_urlsafe(24)
    access.challenges.put(f"{request.state.form_token} {name}", challenge, network_of(request))
    return name


def _taken(request: Request, access: Access, sent: dict[str, Any], purpose: str) -> Challenge:
    """The challenge that this browser was given, once.

    Raises:
        UsageError: `passkey-invalid`.
    """
    found = access.challenges.take(f"{request.state.form_token} {sent.get('ticket')}")
    if found is None or found.purpose != purpose or not isinstance(sent.get("credential"), dict):
        raise passkeys.invalid()
    return found


def _begin_sign_in(request: Request, _sent: dict[str, Any]) -> Response:
    access = access_of(request)
    here, challenge = _party(request, access), secrets.token_bytes(32)
    ticket = _given(request, access, Challenge(challenge, "sign-in"))
    return JSONResponse({"ticket": ticket, "options": passkeys.options_to_sign_in(here, challenge)})


def _end_sign_in(request: Request, sent: dict[str, Any]) -> Response:
    access = access_of(request)
    here, challenge = _party(request, access), _taken(request, access, sent, "sign-in")
    with access.office.transaction() as connection:
        who = passkeys.recognised(connection, here, challenge.bytes, sent["credential"], access.now_ms())
        token = admit(connection, request, who, "passkey")
    return with_session(request, token, JSONResponse({"next": safe_next(str(sent.get("next", "")))}))


def _begin_adding(request: Request, _sent: dict[str, Any]) -> Response:
    access, account_id = access_of(request), person(request)
    here, challenge = _party(request, access), secrets.token_bytes(32)
    with access.office.transaction() as connection:
        who = accounts.by_id(connection, account_id)
        options = passkeys.options_to_add(connection, here, who, challenge)
    ticket = _given(request, access, Challenge(challenge, "add", account_id))
    return JSONResponse({"ticket": ticket, "options": options})


def _end_adding(request: Request, sent: dict[str, Any]) -> Response:
    access, account_id = access_of(request), person(request)
    here, challenge = _party(request, access), _taken(request, access, sent, "add")
    if challenge.account_id != account_id:
        raise passkeys.invalid()
    now_ms, name = access.now_ms(), str(sent.get("name", ""))
    with access.office.transaction() as connection:
        who = accounts.by_id(connection, account_id)
        made = passkeys.add(connection, here, who, challenge.bytes, sent["credential"], name, now_ms)
        note(connection, Entry(now_ms, who.email, Action.PASSKEY_ADDED, who.email, {"name": made.name}))
    access.notices.put(request.state.form_token, Notice(_("The passkey was added.")), network_of(request))
    return JSONResponse({"next": SETTINGS})


def _rename(request: Request, fields: Fields) -> Response:
    access, account_id = access_of(request), person(request)
    with access.office.transaction() as connection:
        passkeys.rename(connection, account_id, fields.number("id"), fields["name"])
    return redirected(request, SETTINGS, Notice(_("The passkey has its new name.")))


def _remove(request: Request, fields: Fields) -> Response:
    access, account_id = access_of(request), person(request)
    with access.office.transaction() as connection:
        if passkeys.remove(connection, account_id, fields.number("id")):
            actor = accounts.by_id(connection, account_id).email
            note(connection, Entry(access.now_ms(), actor, Action.PASSKEY_REMOVED, actor))
    return redirected(request, SETTINGS, Notice(_("The passkey was removed.")))


ROUTES = (
    _route("/sign-in/passkey/begin", _begin_sign_in),
    _route("/sign-in/passkey/end", _end_sign_in),
    _route("/settings/passkey/begin", _begin_adding),
    _route("/settings/passkey/end", _end_adding),
    form_route("/settings/passkey/rename", _rename, back=SETTINGS),
    form_route("/settings/passkey/remove", _remove, back=SETTINGS),
)
