"""The cookies of the server: none is read by scripts, none goes to other sites' requests."""

from __future__ import annotations

from http.cookies import SimpleCookie

from starlette.requests import Request

from troth.web.access.sessions import LONGEST_MS

YEAR_SECONDS = 31_536_000
SESSION_SECONDS = LONGEST_MS // 1000
VISIT_SECONDS = 86_400


def name(request: Request, what: str) -> str:
    """`session`, `visit`, `language` or `theme`, as it is called here.

    Over https the name begins with `__Host-`: a browser takes it only from this very host, not from a
    neighbouring one (RFC 6265bis, section 4.1.3.2).
    """
    return f"__Host-troth-{what}" if request.url.scheme == "https" else f"troth-{what}"


def given(request: Request, what: str) -> str | None:
    """The cookie's value, if the browser sent one."""
    return request.cookies.get(name(request, what)) or None


def line(request: Request, what: str, value: str, seconds: int) -> tuple[bytes, bytes]:
    """The header that sets it; 0 seconds: that removes it."""
    made: SimpleCookie = SimpleCookie()
    key = name(request, what)
    made[key] = value
    made[key]["max-age"] = seconds
    made[key]["path"] = "/"
    made[key]["httponly"] = True
    made[key]["samesite"] = "Lax"
    if request.url.scheme == "https":
        made[key]["secure"] = True
    return b"set-cookie", made[key].OutputString().encode("latin-1")
