"""The shop's own cookies that tell who the visitor is: session, sign-in."""

import re
from dataclasses import dataclass

from troth.audit.artifacts.shape import Artifacts, Cookie
from troth.audit.facts.cookie_jar import need_of
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import registered_domain

_SESSION = re.compile(
    r"sess|log-?in|auth|(?:^|[_.-])sid(?:$|[_.-])|^frontend$|^sid$|remember[_-]?me|(?:customer|user)[_-]?token",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"consent|(?:log-?in|auth)[_-]?(?:url|redirect|state|error)|author|is[_-]?logged", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class SessionCookie:
    """Such a cookie with its flags; `page`: the first page that had it in the jar."""

    name: str
    page: str
    secure: bool
    http_only: bool
    same_site: str


@dataclass(frozen=True, slots=True)
class SessionCookies:
    """The session cookies of all visits, each name once; `looked`: a page's jar was seen at all."""

    cookies: tuple[SessionCookie, ...]
    looked: bool


def session_cookies(artifacts: Artifacts, site: Site) -> SessionCookies:
    """The cookies of the shop's own domain whose name says session or sign-in; what tracks is left out."""
    pages = [page for page in artifacts.pages if page.seen is not None]
    found: dict[str, SessionCookie] = {}
    for page in pages:
        for cookie in page.cookies:
            if _tells_who(cookie, site):
                found.setdefault(
                    cookie.name,
                    SessionCookie(cookie.name, page.id, cookie.secure, cookie.http_only, cookie.same_site),
                )
    return SessionCookies(tuple(found.values()), bool(pages))


def _tells_who(cookie: Cookie, site: Site) -> bool:
    host = cookie.domain.lstrip(".")
    if registered_domain(host) != site.domain or not _SESSION.search(cookie.name) or _NOT.search(cookie.name):
        return False
    return need_of(cookie.name, cookie.domain, site.domain)[0] != "tracking"


FACTS = (session_cookies,)
