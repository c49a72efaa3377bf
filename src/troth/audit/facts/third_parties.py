"""Which other parties a page calls: who stands behind each host, what for, and in which visit."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from troth.audit.artifacts.shape import Artifacts, Page, Request, Visit
from troth.audit.facts.site import Site
from troth.audit.hosts import TRACKING, owner
from troth.audit.parsing.addresses import registered_domain


@dataclass(frozen=True, slots=True)
class Party:
    """A host that pages of one visit called.

    `entity` and `purpose` are the host table's, empty where it does not know the host. `first_party`: the
    shop's own domain. `subdued`: every call told the receiver that consent was denied and carried no cookie's
    number (Google's consent mode). `pages`: ids, in the visit's order; `url`: the first call.
    """

    host: str
    entity: str
    purpose: str
    first_party: bool
    visit: Visit
    pages: tuple[str, ...]
    url: str
    subdued: bool = False

    @property
    def tracks(self) -> bool:
        """Whether it serves a purpose that needs the visitor's choice first."""
        return self.purpose in TRACKING and not self.first_party and not self.subdued

    @property
    def known_as(self) -> str:
        """The entity, else the host."""
        return self.entity or self.host


@dataclass(frozen=True, slots=True)
class ThirdParties:
    """Every host called, in all visits."""

    parties: tuple[Party, ...] = field(default=())

    def of(self, *purposes: str, visit: Visit = "first") -> tuple[Party, ...]:
        """The parties of these purposes in one visit; all of the visit when no purpose is named."""
        found = (party for party in self.parties if party.visit == visit)
        return tuple(party for party in found if not purposes or party.purpose in purposes)

    def trackers(self, visit: Visit) -> tuple[Party, ...]:
        """The parties of one visit that track."""
        return tuple(party for party in self.parties if party.visit == visit and party.tracks)


def third_parties(artifacts: Artifacts, site: Site) -> ThirdParties:
    """The hosts that each visit's pages called, the shop's own first."""
    calls: dict[tuple[Visit, str, str, str], list[tuple[Page, Request]]] = {}
    for page in artifacts.pages:
        for request in page.requests:
            if (host := called(request)) is not None:
                known = owner(request.url)
                names = (known.entity, known.purpose) if known else ("", "")
                calls.setdefault((page.visit, host, *names), []).append((page, request))
    found = [_party(key, made, site) for key, made in calls.items()]
    return ThirdParties(tuple(sorted(found, key=lambda party: not party.first_party)))


def called(request: Request) -> str | None:
    """The host that was called; None for what never left the page (data, the page's own security policy)."""
    if "csp" in request.failure.lower():
        return None
    try:
        parts = urlsplit(request.url)
    except ValueError:
        return None
    return parts.hostname if parts.scheme in {"http", "https", "ws", "wss"} else None


def _party(key: tuple[Visit, str, str, str], made: list[tuple[Page, Request]], site: Site) -> Party:
    visit, host, entity, purpose = key
    return Party(
        host=host,
        entity=entity,
        purpose=purpose,
        first_party=_own(host, site),
        visit=visit,
        pages=tuple(dict.fromkeys(page.id for page, _request in made)),
        url=made[0][1].url,
        subdued=_subdued(request for _page, request in made),
    )


def _own(host: str, site: Site) -> bool:
    """Whether the host is the shop's: of its domain, or of the one that its front page leads to."""
    homes = {urlsplit(page.final_url).hostname or "" for page in site.of("home")}
    domains = {site.domain, *map(registered_domain, homes)} - {""}
    return registered_domain(host) in domains or any(host.endswith(f".{domain}") for domain in domains)


def _subdued(requests: Iterable[Request]) -> bool:
    """Whether each call says that both storage purposes are denied: `gcs=G100`."""
    return all(parse_qs(urlsplit(request.url).query).get("gcs") == ["G100"] for request in requests)


FACTS = (third_parties,)
