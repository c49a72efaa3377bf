"""The HTML route of a page."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from fastapi.responses import Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from troth.errors import UsageError
from troth.web.frame.answering import unreadable
from troth.web.frame.choices import choices
from troth.web.frame.filters import KEPT, Filters
from troth.web.frame.freshness import age, freshness, unchanged
from troth.web.frame.page import Asked, Page
from troth.web.frame.parameters import demand_known
from troth.web.frame.privacy import demand_group, least_group, shown_groups
from troth.web.frame.rendering import page_response
from troth.web.frame.serving import asked, live_of, note_look
from troth.workspace import Workspace
from troth.workspace.kept import ages
from troth.workspace.live import Live

NOTHING_YET = ("experiences-missing", "moment-too-early")
"""Errors of a workspace that has nothing to show: no fault, but a page that says what to do next."""

Route = Callable[[Request], Awaitable[Response]]


def html(page: Page) -> Route:
    """The route that draws `page`."""

    def draw(request: Request) -> Response:
        tag = freshness(request, page)
        if unchanged(request, tag):
            return Response(status_code=304, headers=dict(tag))
        response = _drawn(request, page)
        if response.status_code == 200:
            response.headers.update(tag)
        return response

    async def route(request: Request) -> Response:
        return await run_in_threadpool(draw, request)

    return route


def filters_of(request: Request, page: Page) -> Filters:
    """What stands behind the question mark; an empty field of a form is as good as none.

    Raises:
        UsageError: `parameter-unknown`, `parameter-repeated`, `request-invalid`.
    """
    demand_known(request, (*page.parameters, *KEPT))
    try:
        return Filters.model_validate({name: value for name, value in request.query_params.items() if value})
    except ValidationError as error:
        raise unreadable(error.errors()[0]) from error


def _drawn(request: Request, page: Page) -> Response:
    live = live_of(request)
    question = asked(request, page, filters_of(request, page), request.path_params)
    try:
        with ages() as late, live.reading() as workspace:
            demand_group(live, workspace, page, question)
            answer = page.query(live, workspace, question)
            more = page.context(answer, question) if page.context else {}
            offered = choices(workspace, _segment_values(live, workspace, question)) if page.filters else None
    except UsageError as error:
        if error.code not in NOTHING_YET:
            raise
        return page_response(
            request, page.package, "nothing.html", {"asked": question, "page": page, "nothing": error},
            title=str(page.title),
        )  # fmt: skip
    context = {
        "answer": answer, "asked": question, "page": page, "under": page.under, "choices": offered, **more,
        "late_s": max(late, default=0.0),
    }  # fmt: skip
    note_look(request, page, question, answer)
    title = page.heading(answer) if page.heading else str(page.title)
    response = page_response(request, page.package, page.template, context, title=title)
    response.headers.update(age(late))
    return response


def _segment_values(live: Live, workspace: Workspace, question: Asked) -> tuple[tuple[str, str], ...]:
    """What the filter bar offers: where nobody is shown alone only groups that may be shown."""
    values, least = live.readouts.segment_values(), least_group(workspace)
    if least is None or not workspace.has_experiences:
        return values
    allowed = shown_groups(live, question.filters.at, least)
    return tuple((segment, value) for segment, value in values if f"{segment}={value}" in allowed)
