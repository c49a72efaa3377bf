"""`POST /api/v1/hooks/{name}`: one delivery, taken once, never lost."""

from __future__ import annotations

import re

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from troth.errors import TrothError
from troth.intake.judging.judge import Judge, malformed
from troth.intake.judging.outcome import Judged
from troth.store.office.parcels import Parcel
from troth.store.office.writing import Delivery
from troth.web.frame.serving import live_of
from troth.web.ingest.body import body
from troth.web.ingest.hooks.endpoints import Endpoint, found, missing, note_refusal
from troth.web.ingest.hooks.schemes import SCHEMES, verify
from troth.web.ingest.limits import Budget, Limits, Share
from troth.web.ingest.waiting import Waiting
from troth.workspace.live import Live

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
"""What an endpoint may be called."""

_PING = re.compile(rb"webhook_id=\d{1,20}")
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
_LIMITS = Limits(sent_bytes=5_000_000, bytes=5_000_000, records=1_000)


class Hooks:
    """The route; what all requests may take together is counted here."""

    def __init__(self, limits: Limits = _LIMITS) -> None:
        self.limits = limits
        self.budget = Budget(limits.together_bytes)
        self._waiting = Waiting()

    async def __call__(self, request: Request) -> Response:
        """Take one delivery. It is answered once it is durable; a known one is answered as if it were new."""
        live, name = live_of(request), request.path_params["name"]
        if not NAME.fullmatch(name):
            raise missing()
        endpoint, secrets = await run_in_threadpool(found, live.office, name, live.now_ms())
        if not endpoint.enabled:
            raise missing()
        scheme = SCHEMES[endpoint.scheme]
        try:
            with Share(self.budget) as share:
                whole = await body(request.headers, request.receive, self.limits, share)
                if scheme.name == "woocommerce" and _PING.fullmatch(whole):
                    return JSONResponse({"taken": False})  # sent unsigned when the sender's webhook is saved
                delivery = verify(scheme, request.headers, whole, secrets, live.now_ms())
                parcel = await run_in_threadpool(self._parcel, live, endpoint, whole)
                done = live.arrivals.take([parcel], Delivery(endpoint.id, delivery))
                taken = await self._waiting.outcome(done)
        except ClientDisconnect:
            return Response(status_code=400)  # nobody reads it
        except TrothError as error:
            await run_in_threadpool(note_refusal, live.office, endpoint.id, error.code, live.now_ms())
            raise
        return JSONResponse({"taken": taken})

    def _parcel(self, live: Live, endpoint: Endpoint, whole: bytes) -> Parcel:
        """The payload's records; what cannot be used goes to quarantine, since its sender cannot mend it."""
        judge = live.arrivals.judge(endpoint.kind, endpoint.paths)
        return live.arrivals.parcel(judge, self._judged(judge, whole, live.now_ms()), keep_refused=True)

    def _judged(self, judge: Judge, whole: bytes, now_ms: int) -> Judged:
        fault = "no-json"
        try:
            if sum(map(whole.count, (b",", b"[", b"{"))) <= self.limits.signs:
                payload = msgspec.json.decode(whole)
                records = payload if isinstance(payload, list) else [payload]
                if len(records) <= self.limits.records:
                    return judge.judge(records, now_ms, kept=True)
            fault = "too-many"
        except _BROKEN:
            pass
        line = whole.decode("utf-8", "replace")
        return Judged(0, {}, (malformed(0, line, fault, judge.pseudonym_key),))
