"""One request of a page: may they, what do they ask, what is the answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.requests import Request

from troth.errors import TrothError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access.rights import Visitor
from troth.web.frame.addresses import read
from troth.web.frame.files import MOST_ROWS
from troth.web.frame.filters import Filters
from troth.web.frame.page import Asked, Page
from troth.web.frame.privacy import demand_group
from troth.workspace.live import Live


def visitor_of(request: Request) -> Visitor:
    """Who asks.

    Raises:
        TrothError: `not-signed-in`.
    """
    visitor = getattr(request.state, "visitor", None)
    if not isinstance(visitor, Visitor):
        raise TrothError("not-signed-in", _("Please sign in."), _("Programs send an API key."))
    return visitor


def live_of(request: Request) -> Live:
    """The running workspace."""
    live: Live = request.app.state.live
    return live


def asked(request: Request, page: Page, filters: Filters, path: Mapping[str, str]) -> Asked:
    """The request, once it is sure that it may be answered; a look at a person is in the trail by then."""
    visitor = visitor_of(request)
    visitor.demand(page.right)
    parts = {name: read(value) for name, value in path.items()}
    live = live_of(request)
    if page.about_person:
        _note(live, visitor, Action.PERSON_SEEN, live.subject(parts[page.about_person]))
    return Asked(visitor, filters, live.blueprint, parts, page.at(parts), page.parameters)


def note_look(request: Request, page: Page, question: Asked, answer: Any) -> None:  # noqa: ANN401 - the page's own
    """Note in the trail that an answer shows records, before it is sent; what is refused has shown none."""
    if page.noted and (subject := page.noted(answer, question)) is not None:
        _note(live_of(request), question.visitor, Action.RECORDS_SEEN, subject)


def _note(live: Live, visitor: Visitor, action: Action, subject: str) -> None:
    with live.office.transaction() as connection:
        note(connection, Entry(live.now_ms(), visitor.actor, action, subject))


def answered(request: Request, page: Page, filters: Filters, path: Mapping[str, str]) -> Any:  # noqa: ANN401 - the page's own
    """What the page shows: an instance of its `answer`."""
    live, question = live_of(request), asked(request, page, filters, path)
    with live.reading() as workspace:
        demand_group(live, workspace, page, question)
        answer = page.query(live, workspace, question)
    note_look(request, page, question, answer)
    return answer


def answered_whole(request: Request, page: Page, filters: Filters, path: Mapping[str, str]) -> Any:  # noqa: ANN401 - likewise
    """The same with all rows of its list, for a file."""
    return answered(request, page, filters.model_copy(update={"page": 1, "size": MOST_ROWS}), path)
