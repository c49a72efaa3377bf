"""What readers chose for themselves: language and colours. Kept in cookies, so that no page flashes."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse

from troth import texts
from troth.web.access import accounts, cookies
from troth.web.access.rights import Visitor
from troth.web.frame.addresses import local

THEMES = ("auto", "light", "dark")


def theme_of(request: Request) -> str:
    """`light` or `dark` where the reader chose, else `auto`: as the system has it."""
    chosen = cookies.given(request, "theme")
    return chosen if chosen in THEMES else "auto"


def choose(request: Request) -> RedirectResponse:
    """Keep a choice and go back to where it was made: `/preferences?theme=dark&back=/grid`.

    A language is kept for the account, too, where somebody is signed in.
    """
    back = RedirectResponse(local(request.query_params.get("back", "/")), 303)
    for what, allowed in (("language", texts.LANGUAGES), ("theme", THEMES)):
        if (chosen := request.query_params.get(what, "")) in allowed:
            back.raw_headers.append(cookies.line(request, what, chosen, cookies.YEAR_SECONDS))
            if what == "language":
                _keep_language(request, chosen)
    return back


def _keep_language(request: Request, language: str) -> None:
    visitor = getattr(request.state, "visitor", None)
    if isinstance(visitor, Visitor) and visitor.account_id is not None:
        with request.app.state.live.office.transaction() as connection:
            accounts.change(connection, visitor.account_id, language=language)
