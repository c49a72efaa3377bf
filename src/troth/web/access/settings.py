"""How the server is reached and who vouches for people: read from the environment once, at the start."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from troth.errors import UsageError
from troth.texts import _
from troth.web.access.rights import Role

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The company's identity provider.

    Attributes:
        issuer: Its address; what it says about itself is at `/.well-known/openid-configuration` there.
        client_id: What it knows Troth by.
        client_secret: Empty for a public client, which proves itself by PKCE alone.
        role_claim: The claim of the ID token that lists a person's groups or roles.
        roles: Which of its values makes which role; empty: roles are given in Troth.
        new_role: What somebody becomes who has no account yet and no value in `roles`; None: not let in.
    """

    issuer: str
    client_id: str
    client_secret: str = ""
    role_claim: str = "groups"
    roles: tuple[tuple[str, Role], ...] = ()
    new_role: Role | None = None


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """How the server is reached.

    Attributes:
        host: Where it listens.
        port: On which port.
        url: The address people use, without a slash at its end; empty: as they come.
        hosts: Further names in the `Host` header that are answered.
        proxies: Addresses or networks whose `X-Forwarded-*` headers are believed.
        oidc: The identity provider, where there is one.
    """

    host: str = "127.0.0.1"
    port: int = 8765
    url: str = ""
    hosts: frozenset[str] = frozenset()
    proxies: tuple[str, ...] = ()
    oidc: OidcSettings | None = None

    @classmethod
    def read(
        cls, environment: Mapping[str, str] = os.environ, *, host: str = "127.0.0.1", port: int = 8765
    ) -> Self:
        """What the environment says.

        Raises:
            UsageError: `setting-invalid`, with the variable's name in `where`.
        """
        return cls(
            host=host,
            port=port,
            url=_url(environment, "TROTH_URL"),
            hosts=frozenset(name.lower() for name in _list(environment, "TROTH_HOSTS")),
            proxies=_networks(environment, "TROTH_PROXIES"),
            oidc=_oidc(environment),
        )

    @property
    def base(self) -> str:
        """The address to print: the public one, else where it listens."""
        if self.url:
            return self.url
        if self.host in {"", "0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
            return f"http://localhost:{self.port}"
        return f"http://[{self.host}]:{self.port}" if ":" in self.host else f"http://{self.host}:{self.port}"

    @property
    def answered_hosts(self) -> frozenset[str] | None:
        """The names in the `Host` header that are answered; None: all."""
        named = self.hosts | ({urlsplit(self.url).hostname or ""} if self.url else set())
        if self.host in LOOPBACK or named:
            return named | LOOPBACK
        return None


def _list(environment: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in environment.get(name, "").split(",") if part.strip()]


def _url(environment: Mapping[str, str], name: str) -> str:
    url = environment.get(name, "").strip().rstrip("/")
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        plain = not (parts.username or parts.query or parts.fragment) and (parts.port is None or parts.port)
    except ValueError:
        raise _invalid(name, _("It is no web address.")) from None
    if parts.scheme not in {"http", "https"} or not parts.hostname or not plain:
        raise _invalid(name, _("Write it as https://trust.example.com."))
    if parts.path and name == "TROTH_URL":
        raise _invalid(name, _("Troth has a host name of its own; the address ends after it."))
    if parts.scheme == "http" and name != "TROTH_URL" and parts.hostname not in LOOPBACK:
        raise _invalid(name, _("It must begin with https://."))
    return url


def _networks(environment: Mapping[str, str], name: str) -> tuple[str, ...]:
    found = tuple(_list(environment, name))
    for network in found:
        try:
            ipaddress.ip_network(network)
        except ValueError:
            raise _invalid(name, _("Write addresses or networks: 10.0.0.5, 10.1.0.0/16.")) from None
    return found


def _oidc(environment: Mapping[str, str]) -> OidcSettings | None:
    issuer = _url(environment, "TROTH_OIDC_ISSUER")
    if not issuer:
        return None
    client_id = environment.get("TROTH_OIDC_CLIENT_ID", "").strip()
    if not client_id:
        raise _invalid("TROTH_OIDC_CLIENT_ID", _("The identity provider needs one."))
    pairs = [pair.rpartition("=") for pair in _list(environment, "TROTH_OIDC_ROLES")]
    new_role = environment.get("TROTH_OIDC_NEW_ROLE", "").strip()
    return OidcSettings(
        issuer=environment["TROTH_OIDC_ISSUER"].strip(),  # compared as it is, with a slash at its end or none
        client_id=client_id,
        client_secret=environment.get("TROTH_OIDC_CLIENT_SECRET", "").strip(),
        role_claim=environment.get("TROTH_OIDC_ROLE_CLAIM", "").strip() or "groups",
        roles=tuple((group.strip(), _role("TROTH_OIDC_ROLES", role)) for group, _equals, role in pairs),
        new_role=_role("TROTH_OIDC_NEW_ROLE", new_role) if new_role else None,
    )


def _role(name: str, value: str) -> Role:
    try:
        return Role(value.strip())
    except ValueError:
        raise _invalid(name, _("There is no such role."), allowed=tuple(Role)) from None


def _invalid(name: str, hint: str, allowed: tuple[str, ...] = ()) -> UsageError:
    return UsageError(
        "setting-invalid",
        _("%(name)s is not right.") % {"name": name},
        hint,
        allowed=allowed,
        where=name,
    )
