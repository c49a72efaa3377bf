"""Every request is counted, timed and logged, by its route: addresses may name people, routes do not."""

from __future__ import annotations

import os
import time
from itertools import count
from typing import TYPE_CHECKING

from troth.errors import raised_at
from troth.web.operation.logs import logger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from troth.web.operation.figures import Figures

_QUIET = frozenset({"/healthz", "/readyz", "/metrics"})
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
REQUEST_ID = "X-Request-Id"
_REQUEST_ID = REQUEST_ID.lower().encode()


class Watched:
    """ASGI middleware around everything else."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures
        self._ids = _ids()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and tell how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, number, id_ = time.perf_counter(), 500, next(self._ids)

        async def answer(message: Message) -> None:
            nonlocal number
            if message["type"] == "http.response.start":
                number = message["status"]
                message["headers"] = [*message["headers"], (_REQUEST_ID, id_.encode())]
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
        self._figures.count(method, route, number, seconds)
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


def _ids() -> Iterator[str]:
    """Names for requests, none of which any process gives twice."""
    process = os.urandom(10).hex()
    return (f"{process}{number:012x}" for number in count(1))


def route_of(scope: Scope) -> str:
    """The route's pattern, such as `/customers/{customer}`; `unmatched` where there is none."""
    taken, endpoint = scope.get("route"), scope.get("endpoint")
    routes = [taken] if taken else scope["app"].routes if endpoint and "app" in scope else []
    for route in routes:
        if route is taken or getattr(route, "endpoint", None) == endpoint:
            return str(route.path)
    return "unmatched"
