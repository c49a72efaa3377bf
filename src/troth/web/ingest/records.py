"""`POST /api/v1/records`: records in, answered once they are durable."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
from anyio import CapacityLimiter, to_thread
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from troth.intake.judging import SlowError
from troth.web.access.rights import Right
from troth.web.frame.serving import live_of, visitor_of
from troth.web.ingest.body import body
from troth.web.ingest.limits import Budget, Limits, Share
from troth.web.ingest.reading import Envelope, records
from troth.web.ingest.taking import Taken, judged, kept
from troth.web.ingest.waiting import Waiting
from troth.workspace.live import Live

if TYPE_CHECKING:
    from starlette.types import Receive

_SMALL = 8_192
"""Bytes of a body that is judged at once; a larger one by a thread, so that others are served meanwhile."""

_THREADS = 4


class Records:
    """The way in; what all requests may take together is counted here."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self.budget = Budget(self.limits.together_bytes)
        self._threads = CapacityLimiter(_THREADS)
        self._waiting = Waiting()

    async def __call__(self, request: Request) -> Response:
        """Take the records of one request: the route."""
        visitor_of(request).demand(Right.SEND_RECORDS)
        envelope = Envelope.of(request.query_params, request.headers)
        try:
            number, told = await self.take(live_of(request), request.headers, request.receive, envelope)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        return Response(told, number, media_type="application/json")

    async def take(
        self, live: Live, headers: Mapping[str, str], receive: Receive, envelope: Envelope
    ) -> tuple[int, bytes]:
        """Take the records of a request with these headers (lower case): HTTP's number, and the answer.

        Raises:
            TrothError: Why nothing was taken.
            ClientDisconnect: The sender hung up.
        """
        with Share(self.budget) as share:
            whole = await body(headers, receive, self.limits, share)
            taken = await self._judged(live, whole, envelope)
            if (done := kept(live, taken)) is not None:
                await self._waiting.outcome(done)
        return taken.status, msgspec.json.encode(taken.answer())

    async def _judged(self, live: Live, whole: bytes, envelope: Envelope) -> Taken:
        if len(whole) <= _SMALL:
            with suppress(SlowError):
                return judged(live, records(whole, envelope, self.limits), hurry=True)
        return await to_thread.run_sync(
            lambda: judged(live, records(whole, envelope, self.limits)), limiter=self._threads
        )
