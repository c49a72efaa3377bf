"""What a provider vouches for: its ID token, taken only when everything in it is as it must be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.errors import TrothError
from troth.texts import _
from troth.web.access.provider.known import Provider
from troth.web.access.rights import Role
from troth.web.access.settings import OidcSettings

if TYPE_CHECKING:
    from joserfc.jwt import Token

ALGORITHMS = (
    "RS256",
    "RS384",
    "RS512",
    "PS256",
    "PS384",
    "PS512",
    "ES256",
    "ES384",
    "ES512",
    "EdDSA",
    "Ed25519",
)
"""Signatures with a public key only: `none` and those with a shared secret are refused."""
LEEWAY_SECONDS = 60
_RANK = (Role.ADMIN, Role.ANALYST, Role.CASE_WORKER, Role.VIEWER)


@dataclass(frozen=True, slots=True)
class Identity:
    """A person, as the provider knows them.

    `subject`: the provider and its name for the person, which never changes. `email`: empty unless the
    provider has checked it. `role`: by their groups; None when no group says one.
    """

    subject: str
    email: str
    name: str
    role: Role | None


def identity(token: str, nonce: str, provider: Provider, settings: OidcSettings, now_s: int) -> Identity:
    """Who the ID token speaks of (OpenID Connect Core 1.0, section 3.1.3.7).

    Raises:
        TrothError: `identity-refused`: not signed by the provider, made for somebody else, for another
            sign-in, or too old.
    """
    from joserfc.errors import JoseError
    from joserfc.jwt import JWTClaimsRegistry

    try:
        claims = _decoded(token, provider).claims
        JWTClaimsRegistry(
            now=now_s,
            leeway=LEEWAY_SECONDS,
            iss={"essential": True, "value": settings.issuer},
            aud={"essential": True, "value": settings.client_id},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        ).validate(claims)
    except (JoseError, ValueError, TypeError, KeyError) as error:
        raise refused(str(error)) from error
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if claims.get("azp", None if several else settings.client_id) != settings.client_id:
        raise refused("azp")
    return _person(claims, settings)


def _decoded(token: str, provider: Provider) -> Token:
    from joserfc import jwt
    from joserfc.errors import BadSignatureError, InvalidKeyIdError

    try:
        return jwt.decode(token, provider.keys(), algorithms=ALGORITHMS)
    except (InvalidKeyIdError, BadSignatureError):  # it may sign with a new key since
        return jwt.decode(token, provider.keys(again=True), algorithms=ALGORITHMS)


def _person(claims: dict[str, Any], settings: OidcSettings) -> Identity:
    checked = claims.get("email_verified") is True
    email = str(claims.get("email") or "").strip().lower() if checked else ""
    name = " ".join(str(claims.get("name") or claims.get("preferred_username") or email).split())[:200]
    subject = f"{settings.issuer} {claims['sub']}"
    if len(subject) > 500:
        raise refused("sub")
    return Identity(subject, email, name, role_of(claims.get(settings.role_claim), settings))


def role_of(groups: object, settings: OidcSettings) -> Role | None:
    """The highest role that a person's groups give; None when none of them gives one."""
    named = {groups} if isinstance(groups, str) else set()
    if isinstance(groups, list):
        named = {group for group in groups if isinstance(group, str)}
    given = {role for group, role in settings.roles if group in named}
    return next((role for role in _RANK if role in given), None)


def refused(reason: str) -> TrothError:
    """The error for a token that is not taken."""
    return TrothError(
        "identity-refused",
        _("The identity provider's answer was not accepted (%(reason)s).") % {"reason": reason[:200]},
        _("Begin anew at the page to sign in."),
    )
