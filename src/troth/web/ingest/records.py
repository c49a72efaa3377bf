"""`POST /api/v1/records`: records in, answered once they are durable."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from troth.intake.judging import SlowError
from troth.web.access.rights import Right
from troth.web.frame.serving import live_of, visitor_of
from troth.web.ingest.body import body
from troth.web.ingest.limits import Budget, Limits
from troth.web.ingest.reading import Envelope, items
from troth.web.ingest.taking import Taken, judged, kept
from troth.workspace.live import Live

_SMALL = 8_192
"""Bytes of a body that is judged at once; a larger one by a thread, so that others are served meanwhile."""

_THREADS = 4


class Records:
    """The route; what all requests may take together is counted here."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.budget = Budget(self.limits.together_bytes)
        self._threads = CapacityLimiter(_THREADS)

    async def __call__(self, request: Request) -> Response:
        """Take the records of one request."""
        visitor_of(request).demand(Right.SEND_RECORDS)
        envelope = Envelope.of(request.query_params, request.headers)
        live = live_of(request)
        try:
            async with body(request, self.limits, self.budget) as whole:
                taken = await self._judged(live, whole, envelope)
                if (done := kept(live, taken)) is not None:
                    await asyncio.wrap_future(done)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        return Response(msgspec.json.encode(taken.answer()), taken.status, media_type="application/json")

    async def _judged(self, live: Live, whole: bytes, envelope: Envelope) -> Taken:
        if len(whole) <= _SMALL:
            with suppress(SlowError):
                return judged(live, items(whole, envelope, self.limits), hurry=True)
        return await to_thread.run_sync(
            lambda: judged(live, items(whole, envelope, self.limits)), limiter=self._threads
        )
