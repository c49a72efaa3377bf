"""The server's application: routes, what stands before them, and what becomes of errors."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from fastapi import APIRouter, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import Request
from starlette.routing import Route

from troth import __version__
from troth.errors import TrothError
from troth.web.access.installing import install
from troth.web.access.settings import AccessSettings
from troth.web.frame.acting import add_action, form_route
from troth.web.frame.answering import failed, unreadable
from troth.web.frame.assets import Assets
from troth.web.frame.filters import Filters
from troth.web.frame.page import Page
from troth.web.frame.privacy import demand_group
from troth.web.frame.rendering import page_response
from troth.web.frame.serving import asked, live_of
from troth.web.frame.twins import add_twin
from troth.web.pages import actions, pages

if TYPE_CHECKING:
    from troth.workspace.live import Live

API = "/api/v1"


def application(live: Live, access: AccessSettings | None = None) -> FastAPI:
    """The application over a running workspace; `access`: how it is reached, by default on the loopback."""
    app = FastAPI(
        title="Troth", version=__version__, docs_url=None, redoc_url=None, openapi_url=f"{API}/openapi.json"
    )
    app.state.live = live
    app.state.assets = assets = Assets()
    app.state.menu = [page for page in pages() if page.menu is not None]
    router = APIRouter(prefix=API)
    for page in pages():
        add_twin(router, page)
    for action in actions():
        add_action(router, action)
    app.include_router(router)
    app.router.routes.append(Route("/static/{digest}/{name}", assets.respond))
    app.router.routes.append(Route("/", lambda _request: RedirectResponse("/overview")))
    for page in pages():
        app.router.routes.append(Route(page.address, _html(page), name=page.name))
    for action in actions():
        app.router.routes.append(
            Route(action.address, form_route(action), methods=["POST"], name=f"form-{action.name}")
        )
    app.add_exception_handler(TrothError, failed)
    app.add_exception_handler(RequestValidationError, failed)
    app.add_exception_handler(StarletteHTTPException, failed)
    install(app, live.office, access or AccessSettings(), live.now_ms)
    return app


def _html(page: Page) -> Callable[[Request], Awaitable[Response]]:
    """The route that draws `page`."""

    def draw(request: Request) -> Response:
        filters = _filters(request)
        question = asked(request, page, filters, request.path_params)
        with live_of(request).reading() as workspace:
            demand_group(live_of(request), workspace, page, question)
            answer = page.query(live_of(request), workspace, question)
            more = page.context(answer, question) if page.context else {}
        context = {"answer": answer, "asked": question, **more}
        return page_response(request, page.package, "page.html", context, title=str(page.title))

    async def route(request: Request) -> Response:
        return await run_in_threadpool(draw, request)

    return route


def _filters(request: Request) -> Filters:
    try:
        return Filters.model_validate({name: value for name, value in request.query_params.items() if value})
    except ValidationError as error:
        raise unreadable(error.errors()[0]) from error
