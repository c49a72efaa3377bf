"""The ways in for records: the API, and webhooks."""

from __future__ import annotations

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.routing import Route

from troth.web.frame.answering import failed
from troth.web.ingest.hooks.receiving import Hooks
from troth.web.ingest.openapi import described
from troth.web.ingest.quick import Quick
from troth.web.ingest.records import Records


def add_ingest(app: FastAPI, prefix: str) -> Middleware:
    """Give the application its ways in, below `prefix`; what is returned makes one of them short."""
    records, hooks = Records(), Hooks()
    route = Route(f"{prefix}/records", records.__call__, methods=["POST"], name="records")
    app.router.routes[:0] = [  # before all others: they are asked for most, and every route before costs time
        route,
        Route(f"{prefix}/hooks/{{name}}", hooks.__call__, methods=["POST"], name="hook"),
    ]
    app.openapi = described(app.openapi)  # type: ignore[method-assign] # FastAPI's own way to add to it
    return Middleware(Quick, route=route, records=records, failed=failed)
