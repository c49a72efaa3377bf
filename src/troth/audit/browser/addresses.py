"""Which addresses the browser may go to: http and https, and no private networks unless allowed."""

import asyncio
import re
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, unquote, urlsplit

from troth.errors import UsageError
from troth.texts import _

Address = IPv4Address | IPv6Address
Refuses = Callable[[Address], bool]

_NAT64 = IPv6Network("64:ff9b::/96")
_LOOKUP_S = 10.0
_LOGIN = re.compile(r"(?P<scheme>(?:[a-z][a-z0-9+.-]*://)?)(?P<login>[^/?#]*)@", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Login:
    """What a host asks for before any page: a shop under test often stands behind it (HTTP Basic)."""

    user: str
    password: str = field(repr=False)


def is_private(address: Address) -> bool:
    """Whether `address` is none of the public internet: private, loopback, link-local, reserved.

    An IPv4 address wrapped in IPv6 (mapped, NAT64, 6to4, Teredo) counts as what it wraps.
    """
    if isinstance(address, IPv6Address):
        inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
        if address in _NAT64:
            inner.append(IPv4Address(int(address) & 0xFFFFFFFF))
        wrapped = [part for part in inner if part is not None]
        if wrapped:
            return any(is_private(part) for part in wrapped)
    return not address.is_global or address.is_multicast


def is_loopback(host: str) -> bool:
    """Whether `host`, by its name alone, is this machine."""
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


async def addresses(host: str) -> tuple[Address, ...]:
    """The addresses of `host`, in the order the system gives them; empty when it has none."""
    bare = host.strip("[]")
    try:
        return (ip_address(bare),)
    except ValueError:
        pass
    loop = asyncio.get_running_loop()
    try:
        found = await asyncio.wait_for(
            loop.getaddrinfo(bare, None, type=socket.SOCK_STREAM), timeout=_LOOKUP_S
        )
    except (OSError, UnicodeError, TimeoutError):
        return ()
    return tuple(dict.fromkeys(ip_address(str(where[0]).partition("%")[0]) for *_rest, where in found))


def http_parts(url: str) -> SplitResult | None:
    """The parts of an http or https address with a host; None for anything else."""
    try:
        parts = urlsplit(url)
        valid = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:
        return None
    return parts if valid else None


def without_login(url: str) -> tuple[str, Login | None]:
    """The address to show and to keep, and the name and password that stood in it.

    >>> without_login("https://me:secret@shop.example/de")
    ('https://shop.example/de', Login(user='me'))
    """
    found = _LOGIN.match(url)
    if found is None:
        return url, None
    user, _colon, password = found["login"].partition(":")
    login = Login(unquote(user), unquote(password)) if user else None
    return found["scheme"] + url[found.end() :], login


async def checked(url: str, *, allow_private: bool) -> str:
    """The shop's address as the user gave it, with a scheme.

    Raises:
        UsageError: `address-invalid`; `address-private` when its host is, or leads, into a private network.
    """
    full = url if "://" in url else f"https://{url}"
    parts = http_parts(full)
    if parts is None or parts.hostname is None:
        raise UsageError(
            "address-invalid",
            _("This is not the address of a web page."),
            _("Write it like https://shop.example."),
            where=url,
        )
    if not allow_private and any(map(is_private, await addresses(parts.hostname))):
        raise UsageError(
            "address-private",
            _("This address lies in a private network."),
            _("Allow it with `--allow-private` if the shop is your own."),
            where=url,
        )
    return full
