"""To the provider and back."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import tokens
from troth.web.access.entering import admit, entered
from troth.web.access.forms import safe_next
from troth.web.access.provider.accepting import accepted
from troth.web.access.provider.identity import Identity, identity, refused
from troth.web.access.provider.known import TIMEOUT_SECONDS, Provider, unreachable
from troth.web.access.settings import OidcSettings
from troth.web.access.state import Access, Errand, access_of, network_of

if TYPE_CHECKING:
    from authlib.integrations.httpx_client import OAuth2Client

BACK = "/sign-in/provider/back"
SCOPE = "openid email profile"


def go(request: Request) -> Response:
    """Send the browser to the provider, with a state, a nonce and a PKCE challenge of this sign-in alone."""
    access, settings, provider = _settled(request)
    address = safe_next(request.query_params.get("next", ""))
    errand = Errand(request.state.form_token, secrets.token_urlsafe(32), secrets.token_urlsafe(48), address)
    with _client(request, access, settings) as client:
        url, state = client.create_authorization_url(
            provider.addresses().authorize,
            state=secrets.token_urlsafe(32),
            nonce=errand.nonce,
            code_verifier=errand.verifier,
        )
    access.errands.put(state, errand, network_of(request))
    return RedirectResponse(url, 303)


def back(request: Request) -> Response:
    """Take what the provider sent the browser back with."""
    access, settings, provider = _settled(request)
    asked = request.query_params
    errand = access.errands.take(asked.get("state", ""))
    if errand is None or not tokens.same(errand.visit, request.state.form_token):
        raise refused("state")
    issuer = asked.get("iss")  # RFC 9207: which provider answers
    if issuer != settings.issuer and (issuer is not None or provider.addresses().names_itself):
        raise refused("iss")
    if "error" in asked or not asked.get("code"):
        raise refused(asked.get("error", "code"))
    now_ms = access.now_ms()
    who = _vouched(request, access, settings, provider, errand)
    try:
        with access.office.transaction() as connection:
            account = accepted(connection, who, settings, now_ms)
            token = admit(connection, request, account, "provider")
    except TrothError:
        with access.office.transaction() as connection:
            subject = who.email or "unknown"
            detail: dict[str, str | int] = {"way": "provider", "address": network_of(request)}
            note(connection, Entry(now_ms, subject, Action.SIGN_IN_REFUSED, subject, detail))
        raise
    return entered(request, token, errand.next)


def _vouched(
    request: Request, access: Access, settings: OidcSettings, provider: Provider, errand: Errand
) -> Identity:
    """Change the code for an ID token; who it speaks of."""
    import httpx2
    from authlib.integrations.base_client import OAuthError

    try:
        with _client(request, access, settings) as client:
            found = client.fetch_token(
                provider.addresses().token,
                grant_type="authorization_code",
                code=request.query_params["code"],
                redirect_uri=_back_address(request, access),
                code_verifier=errand.verifier,
            )
    except OAuthError as error:
        raise refused(str(error.error)) from error
    except (httpx2.HTTPError, ValueError, OSError) as error:
        raise unreachable(str(error)) from error
    token = found.get("id_token")
    if not isinstance(token, str):
        raise refused("id_token")
    return identity(token, errand.nonce, provider, settings, access.now_ms() // 1000)


def _client(request: Request, access: Access, settings: OidcSettings) -> OAuth2Client:
    from authlib.integrations.httpx_client import OAuth2Client

    return OAuth2Client(
        client_id=settings.client_id,
        client_secret=settings.client_secret or None,
        scope=SCOPE,
        redirect_uri=_back_address(request, access),
        code_challenge_method="S256",
        timeout=TIMEOUT_SECONDS,
        follow_redirects=False,
    )


def _back_address(request: Request, access: Access) -> str:
    base = access.settings.url or f"{request.url.scheme}://{request.headers['host']}"
    return base + BACK


def _settled(request: Request) -> tuple[Access, OidcSettings, Provider]:
    access = access_of(request)
    if access.settings.oidc is None or access.provider is None:
        raise TrothError("page-missing", _("There is nothing at this address."))
    return access, access.settings.oidc, access.provider


ROUTES = (
    Route("/sign-in/provider", go, methods=["GET"]),
    Route(BACK, back, methods=["GET"]),
)
