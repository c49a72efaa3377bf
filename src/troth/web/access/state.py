"""What all of access shares while the server runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import anyio
from starlette.requests import Request

from troth.store.office import Office
from troth.web.access.keyring import KeyRing
from troth.web.access.passwords import AT_ONCE, Passwords
from troth.web.access.pending import Pending
from troth.web.access.provider.known import Provider
from troth.web.access.settings import AccessSettings

NOTICE_LIVES_MS = 120_000


@dataclass(frozen=True, slots=True)
class Notice:
    """What the next page says about the form that was sent, once.

    `secret`: what is shown once and never again: a new key, a link; `label` says what it is.
    """

    text: str
    kind: Literal["done", "failed"] = "done"
    hint: str = ""
    label: str = ""
    secret: str = ""


@dataclass(frozen=True, slots=True)
class Challenge:
    """What a passkey has to sign, for which purpose, and for whom."""

    bytes: bytes
    purpose: Literal["add", "sign-in"]
    account_id: int | None = None


@dataclass(frozen=True, slots=True)
class Errand:
    """A sign-in that is under way at the identity provider, from one browser."""

    visit: str
    nonce: str
    verifier: str
    next: str


class Access:
    """The office, the settings, and what is remembered for minutes."""

    def __init__(
        self,
        office: Office,
        settings: AccessSettings,
        now_ms: Callable[[], int],
        passwords: Passwords | None = None,
    ) -> None:
        self.office = office
        self.settings = settings
        self.now_ms = now_ms
        self.passwords = passwords or Passwords()
        self.password_limit = anyio.CapacityLimiter(AT_ONCE)
        self.ring = KeyRing(office, now_ms)
        self.challenges: Pending[Challenge] = Pending(now_ms)
        self.errands: Pending[Errand] = Pending(now_ms)
        self.provider = Provider(settings.oidc.issuer) if settings.oidc else None
        self.notices: Pending[Notice] = Pending(now_ms, NOTICE_LIVES_MS)


def access_of(request: Request) -> Access:
    """The running server's."""
    found: Access = request.app.state.access
    return found


def network_of(request: Request) -> str:
    """The network address that asks."""
    return request.client.host if request.client else "unknown"


def access_in(found: Access | None) -> Access:
    """The same, from what an action is handed.

    Raises:
        LookupError: access was not installed.
    """
    if found is None:
        raise LookupError("access was not installed")
    return found
