"""Whether a reader has an answer already: a tag that changes with all that an answer depends on."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from starlette.requests import Request

from troth import __version__, texts
from troth.store.office.tables import annotation
from troth.web.frame import notices
from troth.web.frame.page import Page
from troth.web.frame.preferences import theme_of
from troth.web.frame.serving import live_of, visitor_of

_RUN = secrets.token_hex(8)
"""Of this process: a ledger's versions are counted anew when the server starts."""

_MINUTE_MS = 60_000


def freshness(request: Request, page: Page) -> Mapping[str, str]:
    """The headers of an answer that may be kept and asked for again; none where every look is noted.

    Raises:
        TrothError: `not-signed-in`, `not-allowed`: also who has an old answer must still be let in.
    """
    visitor = visitor_of(request)
    visitor.demand(page.right)
    if page.about_person or page.noted or not page.keeps or notices.waiting(request):
        return {"Cache-Control": "no-store"}
    live = live_of(request)
    with live.office.transaction() as connection:
        notes = connection.execute(select(func.count(), func.max(annotation.c.id))).one()
    parts = (
        _RUN, __version__, live.version, live.readouts.made, live.now_ms() // _MINUTE_MS, *notes,
        texts.language(), theme_of(request), visitor.actor, *sorted(visitor.rights),
        request.url.path, request.url.query, getattr(request.state, "form_token", ""),
    )  # fmt: skip
    digest = hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:24]
    return {"ETag": f'W/"{digest}"', "Cache-Control": "private, no-cache", "Vary": "Cookie, Accept-Language"}


def age(late: Sequence[float]) -> Mapping[str, str]:
    """The header of an answer that speaks of a state that has passed, so many seconds ago (RFC 9111)."""
    return {"Age": str(round(max(late)))} if late else {}


def unchanged(request: Request, tag: Mapping[str, str]) -> bool:
    """Whether the reader has just this answer."""
    held = request.headers.get("if-none-match", "")
    return "ETag" in tag and tag["ETag"] in {entry.strip() for entry in held.split(",")}
