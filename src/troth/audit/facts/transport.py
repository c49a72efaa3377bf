"""What goes over the wire unencrypted: pages, parts of pages, forms, and where plain HTTP leads."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import registered_domain


@dataclass(frozen=True, slots=True)
class Insecure:
    """Something that used `http://`: the page's id, the address, and the form's selector if it is one."""

    page: str
    url: str
    selector: str = ""


@dataclass(frozen=True, slots=True)
class Transport:
    """How the shop is reached.

    `looked`: ids of pages that could be seen. `pages`: the shop's pages that came over plain HTTP; `parts`:
    what an encrypted page asked for over plain HTTP; `forms`: forms that send there. `plain_http`: the
    addresses that `http://` led through, empty when it did not answer.
    """

    looked: tuple[str, ...]
    pages: tuple[Insecure, ...]
    parts: tuple[Insecure, ...]
    forms: tuple[Insecure, ...]
    plain_http: tuple[str, ...]

    @property
    def stays_plain(self) -> bool:
        """Whether plain HTTP answers without leading to HTTPS."""
        return bool(self.plain_http) and not self.plain_http[-1].startswith("https:")


def transport(artifacts: Artifacts, site: Site) -> Transport:
    """The pages of all visits; each address once."""
    pages = [page for page in artifacts.pages if page.seen is not None]
    return Transport(
        looked=tuple(page.id for page in pages),
        pages=_once(
            Insecure(page.id, page.final_url) for page in pages if _plain(page.final_url) and _own(page, site)
        ),
        parts=_once(part for page in pages if not _plain(page.final_url) for part in _parts(page)),
        forms=_once(form for page in pages for form in _forms(page)),
        plain_http=artifacts.plain_http,
    )


def _plain(url: str) -> bool:
    return url.lower().startswith(("http:", "ws:"))


def _own(page: Page, site: Site) -> bool:
    return registered_domain(_host(page.final_url)) in {site.domain, registered_domain(site.host)}


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _parts(page: Page) -> list[Insecure]:
    """What the page asked for over plain HTTP; the way to the page itself is not part of it."""
    way = {page.url.rstrip("/"), page.final_url.rstrip("/")}
    host = _host(page.final_url)
    return [
        Insecure(page.id, request.url)
        for request in page.requests
        if _plain(request.url)
        and request.url.rstrip("/") not in way
        and not (request.type == "document" and _host(request.url) == host)
    ]


def _forms(page: Page) -> list[Insecure]:
    forms = page.seen.forms if page.seen else ()
    return [Insecure(page.id, form.action, form.selector) for form in forms if _plain(form.action)]


def _once(found: Iterable[Insecure]) -> tuple[Insecure, ...]:
    kept: dict[tuple[str, str], Insecure] = {}
    for one in found:
        kept.setdefault((one.url, one.selector), one)
    return tuple(kept.values())


FACTS = (transport,)
