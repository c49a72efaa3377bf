"""Asking the shop's host without a browser: is the link alive, where does plain http lead.

Nothing is sent along: no cookie, no body. At most the beginning of an answer is read.
"""

import fnmatch
import http.client
import socket
import ssl
from dataclasses import dataclass
from ipaddress import ip_address
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from troth.audit.browser.addresses import Refuses
from troth.audit.gather.tls import ending, trusting
from troth.audit.parsing.addresses import same_site

_MOST_HOPS = 10
_HEAD_UNKNOWN = {400, 403, 404, 405, 406, 500, 501, 503}
_REDIRECTS = {301, 302, 303, 307, 308}


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, None when there was no answer, and every address on the way to it, the asked one first."""

    status: int | None
    hops: tuple[str, ...]
    failure: str = ""


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and how.

    Args:
        user_agent: What it says it is.
        limit_s: Seconds to wait for a host.
        resolver_rules: Chromium's `host-resolver-rules`, empty where there are none.
        refuses: Says of an address whether it must not be asked; None: any may be.
    """

    user_agent: str
    limit_s: float = 8.0
    resolver_rules: str = ""
    refuses: Refuses | None = None

    def connect(self, host: str, port: int) -> socket.socket:
        """A new connection, to the very address that was looked at.

        Raises:
            OSError: There is no such host, it does not answer, or its address is refused.
        """
        name, number = mapped(host, port, self.resolver_rules)
        if self.refuses is None:
            return socket.create_connection((name, number), self.limit_s)
        found = socket.getaddrinfo(name, number, type=socket.SOCK_STREAM)
        where = [str(place[0]).partition("%")[0] for *_rest, place in found]
        if not where or any(self.refuses(ip_address(address)) for address in where):
            raise OSError(f"address-private: {host}")
        return socket.create_connection((where[0], number), self.limit_s)

    def ask(self, url: str, shop: str) -> Answer:
        """Where `url` ends and with which status: by HEAD, by GET where HEAD is not answered well.

        Redirects are followed on the shop's own site only; one that leads away ends the way with its own
        status.
        """
        hops = [url]
        until = monotonic() + 2 * self.limit_s
        while monotonic() < until:
            try:
                status, location = self._once(hops[-1])
            except (OSError, http.client.HTTPException, ValueError) as error:
                return Answer(None, tuple(hops), str(error) or type(error).__name__)
            following = urljoin(hops[-1], location) if status in _REDIRECTS and location else ""
            if not following:
                return Answer(status, tuple(hops))
            if following in hops or len(hops) > _MOST_HOPS:
                return Answer(status, (*hops, following), "redirects in circles")
            hops.append(following)
            if not same_site(following, shop):
                return Answer(status, tuple(hops))
        return Answer(None, tuple(hops), "timed out")

    def _once(self, url: str) -> tuple[int, str]:
        status, location = self._request("HEAD", url)
        return self._request("GET", url) if status in _HEAD_UNKNOWN else (status, location)

    def _request(self, method: str, url: str) -> tuple[int, str]:
        parts = urlsplit(url)
        host, secure = parts.hostname or "", parts.scheme == "https"
        plain = self.connect(host, parts.port or (443 if secure else 80))
        with ending(plain, 1.5 * self.limit_s):
            return self._spoken(method, parts, plain)

    def _spoken(self, method: str, parts: SplitResult, plain: socket.socket) -> tuple[int, str]:
        host, secure = parts.hostname or "", parts.scheme == "https"
        try:
            wire: socket.socket = trusting().wrap_socket(plain, server_hostname=host) if secure else plain
        except (ssl.SSLError, OSError):
            plain.close()
            raise
        connection = http.client.HTTPConnection(parts.netloc, timeout=self.limit_s)
        connection.sock = wire
        try:
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            connection.request(method, target.replace(" ", "%20"), headers=self._headers())
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", "")
        finally:
            connection.close()

    def _headers(self) -> dict[str, str]:
        return {"User-Agent": self.user_agent, "Accept": "text/html,*/*", "Connection": "close"}


def mapped(host: str, port: int, rules: str) -> tuple[str, int]:
    """Where a connection to `host:port` goes by Chromium's resolver rules.

    >>> mapped("shop.test", 80, "MAP shop.test:80 127.0.0.1:8080")
    ('127.0.0.1', 8080)

    Raises:
        OSError: The rules say that there is no such host.
    """
    said = [rule.split() for rule in rules.split(",") if rule.strip()]
    if any(rule[0] == "EXCLUDE" and _fits(host, port, rule[1]) for rule in said if len(rule) == 2):
        return host, port
    for rule in said:
        if rule[0] == "MAP" and len(rule) == 3 and _fits(host, port, rule[1]):
            if rule[2] == "~NOTFOUND":
                raise OSError(f"no such host: {host}")
            there, colon, number = rule[2].rpartition(":")
            return (there, int(number)) if colon and number.isdigit() else (rule[2], port)
    return host, port


def _fits(host: str, port: int, pattern: str) -> bool:
    name, colon, number = pattern.rpartition(":")
    if colon and number.isdigit():
        return int(number) == port and fnmatch.fnmatch(host, name)
    return fnmatch.fnmatch(host, pattern)
