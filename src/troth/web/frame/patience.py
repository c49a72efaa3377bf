"""A body's parts, as long as they come: who falls silent in the middle is told so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from starlette.requests import Request

from troth.errors import TrothError
from troth.texts import _

QUIET_SECONDS = 15.0
"""So long a sender may be silent; one that sends drop by drop is hung up on by the connection."""


async def arriving(request: Request, quiet_seconds: float = QUIET_SECONDS) -> AsyncGenerator[bytes, None]:
    """The parts of the body of `request`.

    Raises:
        TrothError: `too-slow`.
    """
    parts = aiter(request.stream())
    while True:
        try:
            async with asyncio.timeout(quiet_seconds):
                part = await anext(parts)
        except StopAsyncIteration:
            return
        except TimeoutError:
            raise TrothError(
                "too-slow", _("The request took too long to arrive; nothing was taken.")
            ) from None
        yield part
