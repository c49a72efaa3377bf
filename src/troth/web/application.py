"""The server's application: routes, what stands before them, and what becomes of errors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fastapi import APIRouter, Depends, FastAPI
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Route

from troth import __version__
from troth.errors import TrothError
from troth.web.access.installing import install
from troth.web.access.settings import AccessSettings
from troth.web.frame import failures, preferences
from troth.web.frame.acting import add_action, form_route
from troth.web.frame.answering import failed
from troth.web.frame.assets import Assets
from troth.web.frame.page import API
from troth.web.frame.pages import html
from troth.web.frame.parameters import demand_declared
from troth.web.frame.twins import add_twin
from troth.web.ingest import add_ingest
from troth.web.local import routes as local
from troth.web.operation.figures import Figures
from troth.web.operation.routes import ROUTES
from troth.web.operation.watching import Watched
from troth.web.pages import actions, pages

if TYPE_CHECKING:
    from troth.workspace.live import Live

_ABOUT = """What the pages show, as data. Every page has a twin here; every table as CSV and Parquet.

Trust is in points, 0 to 100, and 50 is neutral; evidence, balance and owed are in ordinary good experiences;
shares are 0 to 1; times are UTC. Numbers are not rounded.
Where records arrive faster than figures can be worked out, the header `Age` says how old an answer is, in
seconds.
A parameter that is not described is refused (`parameter-unknown`): a slip of the pen is not answered with all
data; nor may one stand there twice (`parameter-repeated`).
An error is always `{"error": {code, message, hint, allowed, where}}`.
"""


def application(live: Live, access: AccessSettings | None = None) -> FastAPI:
    """The application over a running workspace; `access`: how it is reached, by default on the loopback."""
    app = FastAPI(
        title="Troth",
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
    )
    app.state.live = live
    app.state.assets = assets = Assets()
    app.state.menu = [page for page in pages() if page.menu is not None]
    router = APIRouter(prefix=API, responses=failures.READING, dependencies=[Depends(demand_declared)])
    for page in pages():
        add_twin(router, page)
    for action in actions():
        add_action(router, action)
    app.include_router(router)
    short_way = add_ingest(app, API)
    routes = app.router.routes
    routes.append(Route("/static/{digest}/{name}", assets.respond))
    routes.append(Route("/preferences", preferences.choose))
    routes.append(Route("/", _to_overview))
    for page in pages():
        routes.append(Route(page.address, html(page), name=page.name))
    for action in actions():
        routes.append(Route(action.address, form_route(action), methods=["POST"], name=f"form-{action.name}"))
    routes.extend(local.ROUTES)
    app.add_exception_handler(TrothError, failed)
    app.add_exception_handler(RequestValidationError, failed)
    app.add_exception_handler(StarletteHTTPException, failed)
    app.add_exception_handler(ClientDisconnect, failed)
    app.add_exception_handler(Exception, failed)
    install(app, live.office, access or AccessSettings(), live.now_ms, short_way)
    app.state.figures = figures = Figures(live)
    routes.extend(ROUTES)
    app.add_middleware(Watched, figures=figures)
    return app


def _to_overview(request: Request) -> RedirectResponse:
    return RedirectResponse(str(request.url.replace(path="/overview", scheme="", netloc="")))
