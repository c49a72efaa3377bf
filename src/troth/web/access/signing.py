"""Signing in with a password, and signing out."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import accounts, attempts, familiar, passkeys
from troth.web.access.attempts import Wait
from troth.web.access.entering import admit, entered, leave
from troth.web.access.forms import Fields, form_route, posted, safe_next
from troth.web.access.state import Access, access_of, network_of
from troth.web.frame.rendering import page_response

MOST_WAITING = 20
"""Passwords that wait to be looked at; more are told to come again."""


def show(request: Request) -> Response:
    """The page to sign in at."""
    address = safe_next(request.query_params.get("next", ""))
    if request.state.visitor is not None:
        return RedirectResponse(address, 303)
    return page(request, address)


def page(
    request: Request, address: str, error: TrothError | None = None, email: str = "", status: int = 200
) -> Response:
    """The same, after a failure."""
    access = access_of(request)
    with access.office.transaction() as connection:
        nobody = accounts.is_empty(connection)
    context = {
        "error": error,
        "email": email,
        "next": address,
        "nobody": nobody,
        "provider": access.settings.oidc is not None,
        "passkeys": passkeys.party(request, access.settings) is not None,
    }
    package = "troth.web.access.templates"
    return page_response(request, package, "sign-in.html", context, title=_("Sign in"), status=status)


async def take(request: Request) -> Response:
    """Look at an address and a password.

    The work with passwords has threads of its own, few, because it takes memory.
    """
    fields, access = await posted(request), access_of(request)
    if access.password_limit.statistics().tasks_waiting >= MOST_WAITING:
        error = _wait_a_little(1)
        return await anyio.to_thread.run_sync(lambda: _again(request, fields, error, 429))
    return await anyio.to_thread.run_sync(lambda: _judged(request, fields), limiter=access.password_limit)


def _judged(request: Request, fields: Fields) -> Response:
    access, email, network = access_of(request), fields["email"].strip().lower(), network_of(request)
    with access.office.transaction() as connection:
        who = accounts.by_email(connection, email)
        kept = accounts.password_hash(connection, who.id) if who else None
    known = familiar.who(request, email, kept)
    whos = (known,) if known else (attempts.who_network(network), attempts.who_account(email))
    wait = _counted(access, whos)
    if wait.ms:
        answer = _again(request, fields, _wait_a_little(wait.ms), 429)
        answer.headers["Retry-After"] = str(-(-wait.ms // 1000))
        return answer
    fits = access.passwords.fits(fields["password"], kept)
    if who is None or kept is None or not fits or who.disabled_ms is not None:
        _refused(access, who.email if who else "unknown", network, locks=wait.begins)
        wrong = TrothError("sign-in-refused", _("The address and the password do not belong together."))
        return _again(request, fields, wrong, 401)
    outdated = access.passwords.is_outdated(kept)
    anew = access.passwords.kept(fields["password"]) if outdated else None
    with access.office.transaction() as connection:
        attempts.forget(connection, *whos)
        if anew:
            accounts.change(connection, who.id, password_hash=anew)
        token = admit(connection, request, who, "password")
    answer = entered(request, token, safe_next(fields["next"]))
    answer.raw_headers.append(familiar.line(request, email, anew or kept))
    return answer


def _counted(access: Access, whos: tuple[str, ...]) -> Wait:
    """Count this attempt as failed for each of `whos`, unless one has to wait; a network allows for more."""
    now_ms, begins = access.now_ms(), False
    with access.office.transaction() as connection:
        for who in whos:
            allowance = attempts.OF_NETWORK if len(whos) > 1 and who == whos[0] else attempts.OF_ACCOUNT
            wait = attempts.begin(connection, who, allowance, now_ms)
            if wait.ms:
                return wait
            begins = begins or wait.begins
    return Wait(0, begins)


def _refused(access: Access, subject: str, network: str, *, locks: bool) -> None:
    """Note it; while somebody has to wait nothing is noted, so that nobody fills the trail."""
    detail: dict[str, str | int] = {"address": network}
    with access.office.transaction() as connection:
        note(connection, Entry(access.now_ms(), subject, Action.SIGN_IN_REFUSED, subject, detail))
        if locks:
            note(connection, Entry(access.now_ms(), subject, Action.LOCKED_OUT, subject, detail))


def _again(request: Request, fields: Fields, error: TrothError, status: int) -> Response:
    return page(request, safe_next(fields["next"]), error, fields["email"][:320], status)


def _wait_a_little(wait_ms: int) -> TrothError:
    minutes = -(-wait_ms // attempts.MINUTE_MS)
    return TrothError(
        "too-many",
        _("Too many attempts."),
        _("Try again in %(minutes)d min. A passkey or a link from an administrator works meanwhile.")
        % {"minutes": minutes},
    )


def _sign_out(request: Request, _fields: Fields) -> Response:
    return leave(request)


ROUTES = (
    Route("/sign-in", show, methods=["GET"]),
    Route("/sign-in", take, methods=["POST"]),
    form_route("/sign-out", _sign_out),
)
