"""Routes whose bodies are small: FastAPI alone would read whatever comes before it looks at it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, ClassVar

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.types import Message

from troth.web.access.forms import limited
from troth.web.access.rights import Right
from troth.web.frame.serving import visitor_of

Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class SmallRoute(APIRoute):
    """A route of FastAPI that refuses a body which is larger than any form of ours.

    `right`: what one must be allowed to, before anything is read.
    """

    right: ClassVar[Right] = Right.ADMINISTER

    def get_route_handler(self) -> Handler:
        """The route's handler, which gets the whole body or is not called."""
        handle = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            visitor_of(request).demand(self.right)
            body = await limited(request)

            async def receive() -> Message:
                return {"type": "http.request", "body": body, "more_body": False}

            return await handle(Request(request.scope, receive))

        return bounded
