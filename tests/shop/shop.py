"""The shop: what it is made of, where it answers, and what was done to it."""

from collections.abc import Collection
from datetime import date
from pathlib import Path
from typing import Self

from tests.shop import certificates
from tests.shop.certificates import Certificate
from tests.shop.faults import AWKWARD, FAULTS
from tests.shop.server import Server
from tests.shop.site import PROVIDER, TRACKERS, Site


class Shop:
    """A shop on 127.0.0.1, open while it is entered.

    `faults` are ids of rules (see `faults.FAULTS`), `awkward` names of `faults.AWKWARD`. `certificate`,
    `old_tls` and `tls=False` (HTTP only) set the server's TLS apart from any fault. `today` is the day that
    reviews and offers count from.

    `orders`, `sent`: what was bought and what forms were sent, which no audit may ever do.

    >>> with Shop("nl", faults={"returns-linked"}) as shop:
    ...     shop.url
    'https://127.0.0.1:43210/'
    """

    def __init__(
        self,
        language: str = "en",
        faults: Collection[str] = (),
        *,
        awkward: Collection[str] = (),
        certificate: Certificate = "good",
        old_tls: bool = False,
        tls: bool = True,
        today: date | None = None,
    ) -> None:
        self.language = language
        self.faults, self.awkward = frozenset(faults), frozenset(awkward)
        if unknown := (self.faults - FAULTS.keys()) | (self.awkward - AWKWARD.keys()):
            raise ValueError(f"no such fault: {', '.join(sorted(unknown))}")
        if "certificate-valid" in self.faults and certificate == "good":
            certificate = "expiring"
        hosts = ("127.0.0.1", "localhost", "shop.test", *TRACKERS, PROVIDER)
        context = (
            certificates.context(hosts, certificate, old_tls=old_tls or "tls-modern" in self.faults)
            if tls
            else None
        )
        self.site = Site(language, self.faults, self.awkward, today or date.today(), tls=tls)  # noqa: DTZ011 - the shop's own day
        self._server = Server(self.site.respond, context)
        self.site.origin = self.url.rstrip("/")

    @property
    def url(self) -> str:
        """Where the shop answers."""
        return f"{'https' if self.site.tls else 'http'}://127.0.0.1:{self._server.port}/"

    @property
    def port(self) -> int:
        """The port, for HTTP and HTTPS alike."""
        return self._server.port

    @property
    def ca_file(self) -> Path:
        """The authority's certificate, to be trusted by whoever visits."""
        return certificates.authority().file

    @property
    def resolver_rules(self) -> str:
        """For Chromium's `--host-resolver-rules`: third parties are this shop too, all else is nowhere."""
        third = ", ".join(f"MAP {host}:443 127.0.0.1:{self.port}" for host in (*TRACKERS, PROVIDER))
        return f"{third}, MAP shop.test 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"

    @property
    def orders(self) -> int:
        """How often the final button was pressed."""
        return self.site.orders

    @property
    def sent(self) -> list[str]:
        """The paths of other forms that were sent."""
        return self.site.sent

    @property
    def tracked(self) -> list[str]:
        """What trackers were asked for: host and path."""
        return self.site.tracked

    def address(self, kind: str) -> str:
        """The address of a page by its kind (`imprint`, `basket`, `product:jug` …)."""
        return self.site.origin + self.site.path(kind)

    def __enter__(self) -> Self:
        self._server.__enter__()
        return self

    def __exit__(self, *exception: object) -> None:
        self._server.__exit__(*exception)
