"""Every request is counted, timed and logged, by its route: addresses may name people, routes do not."""

from __future__ import annotations

import time
import uuid
from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from troth.errors import raised_at
from troth.web.operation.logs import logger

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from troth.web.operation.figures import Figures

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUEST_ID = "X-Request-Id"


class Watched:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, number, id_ = time.perf_counter(), 500, uuid.uuid4().hex

        async def answer(message: Message) -> None:
            nonlocal number
            if message["type"] == "http.response.start":
                number = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = id_
            await send(message)

        failure: Exception | None = None
        try:
            await self._app(scope, receive, answer)
        except Exception as error:
            failure = error
            raise
        finally:
            self._tell(scope, number, time.perf_counter() - begun, id_, failure)

    def _tell(self, scope: Scope, number: int, seconds: float, id_: str, failure: Exception | None) -> None:
        method = scope["method"] if scope["method"] in _METHODS else "other"
        route = route_of(scope)
        self._figures.requests.labels(method, route, str(number)).inc()
        self._figures.seconds.labels(method, route).observe(seconds)
        if route in _QUIET and number < 400:
            return
        told = {"method": method, "route": route, "status": number, "ms": round(seconds * 1000, 1), "id": id_}
        if failure is not None:
            # Its message is left out: it may hold what somebody sent.
            logger().error("request-failed", error=type(failure).__name__, place=raised_at(failure), **told)
        elif number >= 500:
            logger().error("request", **told)
        else:
            logger().info("request", **told)


def route_of(scope: Scope) -> str:
    """The route's pattern, such as `/customers/{customer}`; `unmatched` where there is none."""
    taken, endpoint = scope.get("route"), scope.get("endpoint")
    routes = [taken] if taken else scope["app"].routes if endpoint and "app" in scope else []
    for route in routes:
        if route is taken or getattr(route, "endpoint", None) == endpoint:
            return str(route.path)
    return "unmatched"
