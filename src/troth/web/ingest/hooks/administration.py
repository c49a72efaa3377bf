"""`/api/v1/endpoints`: the API for the endpoints of webhooks."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from troth.errors import UsageError
from troth.texts import _
from troth.web.access.rights import Right
from troth.web.frame import failures
from troth.web.frame.serving import live_of, visitor_of
from troth.web.frame.small import SmallRoute
from troth.web.ingest.hooks import endpoints
from troth.web.ingest.hooks.receiving import NAME

router = APIRouter(
    prefix="/endpoints", tags=["webhooks"], route_class=SmallRoute, responses=failures.CHANGING
)

Name = Annotated[str, StringConstraints(pattern=f"^{NAME.pattern}$")]


class NewEndpoint(BaseModel):
    """An endpoint to be made."""

    model_config = ConfigDict(extra="forbid")

    name: Name
    """The last part of its address."""
    scheme: Literal["standard", "shopify", "woocommerce", "shopware"]
    """How the sender signs."""
    kind: str
    """The record kind that a payload is."""
    paths: dict[str, Annotated[str, StringConstraints(min_length=1, max_length=500)]] = Field(
        default_factory=dict, max_length=500
    )
    """Where columns are in the payload, if not by their name or `source`: `{"order_id": "order.id"}`."""
    secret: str | None = Field(None, max_length=300)
    """The sender's secret, where the sender makes it; without it there is a new one."""


class Change(BaseModel):
    """What may be changed."""

    model_config = ConfigDict(extra="forbid")

    enabled: bool


class Shown(BaseModel):
    """An endpoint, without its secret."""

    name: str
    address: str
    scheme: str
    kind: str
    paths: dict[str, str]
    enabled: bool
    created_ms: int
    last_used_ms: int | None


class Made(Shown):
    """A new endpoint, with its secret: it is shown only now."""

    secret: str


@router.get("")
def list_endpoints(request: Request) -> list[Shown]:
    """The endpoints of webhooks, by name."""
    visitor_of(request).demand(Right.ADMINISTER)
    return [Shown(**_parts(request, one)) for one in endpoints.listed(live_of(request).office)]


@router.post("", status_code=201)
def make_endpoint(request: Request, wanted: NewEndpoint) -> Made:
    """Make an endpoint; its secret is shown only in this answer."""
    visitor = visitor_of(request)
    visitor.demand(Right.ADMINISTER)
    live = live_of(request)
    judge = live.arrivals.judge(wanted.kind)
    if strange := sorted(wanted.paths.keys() - judge.types.keys()):
        raise UsageError(
            "column-missing",
            _("The record kind has no column “%(column)s”.") % {"column": strange[0][:200]},
            allowed=judge.types,
        )
    draft = endpoints.Draft(wanted.name, wanted.scheme, wanted.kind, wanted.paths, wanted.secret)
    made, secret = endpoints.make(live.office, draft, visitor.actor, live.now_ms())
    return Made(**_parts(request, made), secret=secret)


@router.patch("/{name}")
def change_endpoint(request: Request, name: str, change: Change) -> Shown:
    """Switch an endpoint off or on."""
    visitor = visitor_of(request)
    visitor.demand(Right.ADMINISTER)
    live = live_of(request)
    changed = endpoints.switch(live.office, name, visitor.actor, live.now_ms(), enabled=change.enabled)
    return Shown(**_parts(request, changed))


def _parts(request: Request, endpoint: endpoints.Endpoint) -> dict[str, Any]:
    return {
        "name": endpoint.name,
        "address": str(request.url_for("hook", name=endpoint.name)),
        "scheme": endpoint.scheme,
        "kind": endpoint.kind,
        "paths": dict(endpoint.paths),
        "enabled": endpoint.enabled,
        "created_ms": endpoint.created_ms,
        "last_used_ms": endpoint.last_used_ms,
    }
