"""Whether a request that changes something was made by a page of this server.

Browsers say where a request comes from in `Sec-Fetch-Site` and `Origin`, which no page can forge: what comes
from another site is refused for every address, whatever its route does. A form carries a token as well, bound
to the session (see `forms`): that holds where a browser is too old to send either header, and where another
program on the same host could send from what counts as the same site. Requests with an API key need none of
it: no browser adds a key by itself.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.requests import Request

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_own(request: Request, url: str) -> bool:
    """Whether nothing says that the request comes from elsewhere. `url`: the public address, or empty."""
    site = request.headers.get("sec-fetch-site")
    if site is not None and site != "same-origin":
        return False
    origin = request.headers.get("origin")
    return origin is None or origin in own(request, url)


def own(request: Request, url: str) -> set[str]:
    """The origins of this server: as it was called, and the public one."""
    called = f"{request.url.scheme}://{request.headers.get('host', '')}"
    return {_bare(origin) for origin in (called, url) if origin}


def _bare(url: str) -> str:
    """The origin as browsers write it: small letters, no port where it is the usual one."""
    parts = urlsplit(url.lower())
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return f"{parts.scheme}://{parts.netloc.removesuffix(usual)}"
