"""`/healthz`, `/readyz` and `/metrics`."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from troth.web.access.rights import Right
from troth.web.frame.serving import live_of, visitor_of
from troth.web.operation import state


async def healthz(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("ok\n")


async def readyz(request: Request) -> Response:
    """Every part does its work: 200, else 503. Which one does not is told by its code and no more."""
    parts = await run_in_threadpool(state.parts, live_of(request))
    ready = not any(part.code for part in parts)
    told = {"ready": ready, "parts": {part.name: part.code or "ok" for part in parts}}
    return JSONResponse(told, 200 if ready else 503)


async def metrics(request: Request) -> Response:
    """Figures for Prometheus, which sends an API key that may `see`."""
    from prometheus_client.exposition import choose_encoder

    visitor_of(request).demand(Right.SEE)
    encode, kind = choose_encoder(request.headers.get("accept", ""))
    text = await run_in_threadpool(encode, request.app.state.figures.registry)
    return Response(text, headers={"Content-Type": kind})


ROUTES = [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]
