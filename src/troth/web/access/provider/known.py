"""What an identity provider says about itself: where to go, and the keys it signs with."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from troth.errors import TrothError
from troth.texts import _
from troth.web.access.settings import LOOPBACK

if TYPE_CHECKING:
    import httpx2
    from joserfc.jwk import KeySet

HOLDS_SECONDS = 3_600.0
KEYS_AGAIN_SECONDS = 30.0
"""A key that is not known makes its provider be asked again, but not more often."""
TIMEOUT_SECONDS = 10.0
MOST_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the provider does what, and what it is called."""

    issuer: str
    authorize: str
    token: str
    keys: str
    names_itself: bool


class Provider:
    """The provider, asked when it is needed, remembered for an hour; used by many threads."""

    def __init__(self, issuer: str, client: Callable[[], httpx2.Client] | None = None) -> None:
        self._issuer = issuer
        self._client = client or quiet_client
        self._lock = threading.Lock()
        self._addresses: tuple[float, Addresses] | None = None
        self._keys: tuple[float, KeySet] | None = None

    def addresses(self) -> Addresses:
        """Where the provider does what.

        Raises:
            TrothError: `provider-unreachable`: it gives no answer, or says it is another one.
        """
        with self._lock:
            if self._addresses is None or time.monotonic() - self._addresses[0] > HOLDS_SECONDS:
                url = self._issuer.rstrip("/") + "/.well-known/openid-configuration"
                self._addresses = (time.monotonic(), self._read(self._fetched(url)))
            return self._addresses[1]

    def keys(self, *, again: bool = False) -> KeySet:
        """The keys it signs with; `again`: fetched anew, because one was not among them.

        Raises:
            TrothError: `provider-unreachable`.
        """
        from joserfc.errors import JoseError
        from joserfc.jwk import KeySet

        url = self.addresses().keys
        with self._lock:
            age = time.monotonic() - self._keys[0] if self._keys else HOLDS_SECONDS
            if self._keys is None or age >= (KEYS_AGAIN_SECONDS if again else HOLDS_SECONDS):
                found = self._fetched(url)
                try:
                    usable = [key for key in found["keys"] if key.get("kty") in {"RSA", "EC", "OKP"}]
                    self._keys = (time.monotonic(), KeySet.import_key_set({"keys": usable}))
                except (JoseError, KeyError, TypeError, ValueError, AttributeError) as error:
                    raise unreachable(str(error)) from error
            return self._keys[1]

    def _read(self, found: dict[str, Any]) -> Addresses:
        """The addresses, which must be secret ones: what is sent there are codes and secrets."""
        if found.get("issuer") != self._issuer:  # OpenID Connect Discovery 1.0, section 4.3
            raise unreachable(_("it calls itself %(issuer)r") % {"issuer": found.get("issuer")})
        names = ("authorization_endpoint", "token_endpoint", "jwks_uri")
        urls = [str(found.get(name, "")) for name in names]
        for name, url in zip(names, urls, strict=True):
            parts = urlsplit(url)
            if parts.scheme != "https" and parts.hostname not in LOOPBACK:
                raise unreachable(_("its %(name)s is no https address") % {"name": name})
        named = found.get("authorization_response_iss_parameter_supported") is True
        return Addresses(self._issuer, urls[0], urls[1], urls[2], named)

    def _fetched(self, url: str) -> dict[str, Any]:
        import httpx2

        try:
            with self._client() as client, client.stream("GET", url) as answer:
                answer.raise_for_status()
                body = b""
                for part in answer.iter_bytes():
                    body += part
                    if len(body) > MOST_BYTES:
                        raise unreachable(_("its answer is too large"))
            found = _json(body)
        except (httpx2.HTTPError, ValueError, OSError) as error:
            raise unreachable(str(error)) from error
        return found


def quiet_client() -> httpx2.Client:
    """A client that follows no redirects: the addresses are those that the provider names."""
    import httpx2

    return httpx2.Client(timeout=TIMEOUT_SECONDS, follow_redirects=False)


def unreachable(reason: str) -> TrothError:
    """The error for a provider that cannot be used."""
    return TrothError(
        "provider-unreachable",
        _("The identity provider cannot be used: %(reason)s.") % {"reason": reason},
        _("Is TROTH_OIDC_ISSUER right? Signing in with a password works meanwhile."),
    )


def _json(body: bytes) -> dict[str, Any]:
    import json

    found = json.loads(body)
    if not isinstance(found, dict):
        raise ValueError("no object")  # noqa: TRY004 - what a reader of JSON raises
    return found
