"""The protecting headers of each page of the first visit, graded."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import Page
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import registered_domain
from troth.audit.parsing.security_headers import Graded, graded


@dataclass(frozen=True, slots=True)
class Protected:
    """A page and its marks."""

    page: str
    graded: Graded


@dataclass(frozen=True, slots=True)
class SecurityHeaders:
    """The shop's pages whose headers are known, the weakest first."""

    pages: tuple[Protected, ...]


def security_headers(site: Site) -> SecurityHeaders:
    """The pages on the shop's own domain that were answered well."""
    pages = [page for page in site.pages if page.headers and (page.status or 0) < 400 and _own(page, site)]
    found = [Protected(page.id, _graded(page)) for page in pages]
    return SecurityHeaders(tuple(sorted(found, key=lambda one: one.graded.points)))


def _own(page: Page, site: Site) -> bool:
    return registered_domain(urlsplit(page.final_url).hostname or "") == site.domain


def _graded(page: Page) -> Graded:
    headers = {name.lower(): value for name, value in page.headers.items()}
    return graded(headers, secure=page.final_url.startswith("https:"), meta=_written(page))


def _written(page: Page) -> str:
    """The content security policies in the page's own head, one a line."""
    from selectolax.lexbor import LexborHTMLParser

    if page.seen is None or "content-security-policy" not in page.seen.html.lower():
        return ""
    tree = LexborHTMLParser(page.seen.html)
    metas = [node.attributes for node in tree.css("head meta[http-equiv][content]")]
    wanted = "content-security-policy"
    return "\n".join(
        one.get("content") or "" for one in metas if (one.get("http-equiv") or "").lower() == wanted
    )


FACTS = (security_headers,)
