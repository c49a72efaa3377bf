"""What went wrong in a page's own parts: scripts, resources, pictures.

What others bring along does not count.
"""

from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import Page, Request
from troth.audit.facts.site import Site
from troth.audit.parsing.addresses import registered_domain

_NOT_THE_SHOPS = ("ERR_ABORTED", "ERR_BLOCKED", "favicon.ico")
"""A request that was given up or blocked on the way, and the icon that browsers ask for unbidden."""


@dataclass(frozen=True, slots=True)
class PageError:
    """One fault: on which page first, and what."""

    page: str
    kind: Literal["script", "resource", "picture"]
    what: str
    selector: str = ""


def page_errors(site: Site) -> tuple[PageError, ...]:
    """The distinct faults of the first visit, each once, where it was met first."""
    found: dict[tuple[str, str], PageError] = {}
    for page in site.pages:
        for error in (*_scripts(page, site), *_resources(page, site), *_pictures(page, site)):
            found.setdefault((error.kind, error.what), error)
    return tuple(found.values())


def _scripts(page: Page, site: Site) -> list[PageError]:
    return [
        PageError(page.id, "script", message.text[:200])
        for message in page.messages
        if message.level == "uncaught" and (not message.url or _own(message.url, site))
    ]


def _resources(page: Page, site: Site) -> list[PageError]:
    return [
        PageError(page.id, "resource", f"{request.url[:200]} ({request.status or request.failure})")
        for request in page.requests
        if _own(request.url, site) and _failed(request)
    ]


def _failed(request: Request) -> bool:
    if any(part in request.failure or part in request.url for part in _NOT_THE_SHOPS):
        return False
    return bool(request.failure) if request.status is None else request.status >= 400


def _pictures(page: Page, site: Site) -> list[PageError]:
    images = page.seen.images if page.seen else ()
    return [
        PageError(page.id, "picture", image.src[:200], image.selector)
        for image in images
        if image.complete
        and not image.natural_width
        and image.src
        and image.visible
        and _own(image.src, site)
    ]


def _own(url: str, site: Site) -> bool:
    return registered_domain(urlsplit(url).hostname or "") == site.domain


FACTS = (page_errors,)
