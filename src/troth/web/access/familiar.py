"""Browsers that an account has signed in with by its password before.

Whoever knows an address could keep its owner waiting for ever by guessing wrongly again and again. A browser
that its owner has used is therefore counted by itself: strangers make only strangers wait. Its cookie is
signed with what is kept of the password, so that it ends with the password and nobody else can make one.
"""

from __future__ import annotations

import hashlib
import hmac

from starlette.requests import Request

from troth.web.access import cookies, tokens
from troth.web.access.tokens import digest

_LONGEST = 200


def line(request: Request, email: str, kept: str) -> tuple[bytes, bytes]:
    """The cookie for a browser that has just signed in; `kept`: what is kept of the password."""
    nonce = tokens.fresh()
    value = f"{nonce}.{_signed(nonce, email, kept)}"
    return cookies.line(request, "familiar", value, cookies.YEAR_SECONDS)


def who(request: Request, email: str, kept: str | None) -> str | None:
    """The name under which this browser's failures are counted; None for one that is not familiar."""
    given = cookies.given(request, "familiar") or ""
    nonce, _dot, sign = given.rpartition(".")
    if kept is None or not nonce or len(given) > _LONGEST:
        return None
    return digest(f"familiar {nonce}") if tokens.same(sign, _signed(nonce, email, kept)) else None


def _signed(nonce: str, email: str, kept: str) -> str:
    return hmac.new(kept.encode(), f"familiar {nonce} {email}".encode(), hashlib.sha256).hexdigest()
