"""Arriving by a one-time link: the first administrator, an invitation, a password chosen anew."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import accounts, attempts, first, links, sessions
from troth.web.access.accounts import Account, email_of, name_of
from troth.web.access.entering import admit, entered
from troth.web.access.forms import Fields, form_route
from troth.web.access.passwords import demand_good
from troth.web.access.rights import Role
from troth.web.access.state import access_of
from troth.web.frame.rendering import page_response

Work = Callable[[Request, Fields], Response]


def _page(
    request: Request, who: Account | None, fields: Fields | None = None, error: TrothError | None = None
) -> Response:
    """The form; `who`: whose link it is, None for the first administrator's."""
    known = {"email": who.email, "name": who.name} if who else {"email": "", "name": ""}
    written = {name: fields[name][:400] or known[name] for name in known} if fields else known
    title = _("Your account")
    if who is None:
        title = _("The first administrator")
    elif who.has_password:
        title = _("A new password")
    context = {"error": error, "who": who, "written": written}
    package = "troth.web.access.templates"
    status = 422 if error else 200
    return page_response(request, package, "arrive.html", context, title=title, status=status)


def show_first(request: Request) -> Response:
    """The form behind the first link; looking at it does not use it up."""
    access = access_of(request)
    with access.office.transaction() as connection:
        first.look(connection, request.path_params["token"], access.now_ms())
    return _page(request, None)


def show_invitation(request: Request) -> Response:
    """The form behind an invitation; looking at it does not use it up."""
    access = access_of(request)
    with access.office.transaction() as connection:
        who = links.look(connection, request.path_params["token"], access.now_ms())
    return _page(request, who)


def _take_first(request: Request, fields: Fields) -> Response:
    access, link = access_of(request), request.path_params["token"]
    now_ms = access.now_ms()
    with access.office.transaction() as connection:
        first.look(connection, link, now_ms)
    try:
        email, name = email_of(fields["email"]), name_of(fields["name"])
        demand_good(fields["password"], email, name)
    except TrothError as error:
        return _page(request, None, fields, error)
    kept = access.passwords.kept(fields["password"])
    with access.office.transaction() as connection:
        first.use(connection, link, now_ms)
        who = accounts.by_email(connection, email)
        if who is None:
            who = accounts.make(connection, email, name, Role.ADMIN, now_ms)
        values = {"name": name, "role": Role.ADMIN.value, "password_hash": kept, "disabled_ms": None}
        accounts.change(connection, who.id, **values)
        who = accounts.by_id(connection, who.id)
        detail: dict[str, str | int] = {"role": Role.ADMIN.value, "way": "first-link"}
        note(connection, Entry(now_ms, who.email, Action.ACCOUNT_MADE, who.email, detail))
        token = admit(connection, request, who, "link")
    return entered(request, token, "/")


def _take_invitation(request: Request, fields: Fields) -> Response:
    access, link = access_of(request), request.path_params["token"]
    now_ms = access.now_ms()
    with access.office.transaction() as connection:
        who = links.look(connection, link, now_ms)
    try:
        name = name_of(fields["name"])
        demand_good(fields["password"], who.email, name)
    except TrothError as error:
        return _page(request, who, fields, error)
    kept = access.passwords.kept(fields["password"])
    with access.office.transaction() as connection:
        who = links.use(connection, link, now_ms)
        accounts.change(connection, who.id, name=name, password_hash=kept)
        sessions.end_others(connection, who.id)
        attempts.forget(connection, attempts.who_account(who.email))
        note(connection, Entry(now_ms, who.email, Action.PASSWORD_CHANGED, who.email, {"way": "link"}))
        token = admit(connection, request, who, "link")
    return entered(request, token, "/")


ROUTES = (
    Route("/first/{token}", show_first, methods=["GET"]),
    form_route("/first/{token}", _take_first),
    Route("/invitation/{token}", show_invitation, methods=["GET"]),
    form_route("/invitation/{token}", _take_invitation),
)
