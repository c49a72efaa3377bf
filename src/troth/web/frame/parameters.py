"""Parameters of an address that mean nothing are refused: a slip of the pen would have all data answer."""

from __future__ import annotations

from collections.abc import Collection

from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.requests import Request

from troth.errors import UsageError, nearest
from troth.texts import _

EVERYWHERE = ("lang",)
"""What the gate reads at every address."""


def demand_declared(request: Request) -> None:
    """Let pass what the API's route declares; every route of the API depends on this.

    Raises:
        UsageError: `parameter-unknown`, `parameter-repeated`.
    """
    demand_known(request, declared(request.scope.get("route")))


def declared(route: object) -> list[str]:
    """The parameters that an API's route reads behind the question mark, as its description names them."""
    names: list[str] = []
    for parameter in route.dependant.query_params if isinstance(route, APIRoute) else ():
        kind: object = parameter.field_info.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            names += kind.model_fields
        else:
            names.append(parameter.alias)
    return names


def demand_known(request: Request, known: Collection[str]) -> None:
    """Let pass an address that asks by the `known` parameters only, by each once.

    Raises:
        UsageError: `parameter-unknown`, `parameter-repeated`.
    """
    allowed = dict.fromkeys((*known, *EVERYWHERE))
    for name in request.query_params:
        if name not in allowed:
            near = nearest(name, allowed)
            raise UsageError(
                "parameter-unknown",
                _("There is no parameter “%(name)s” here.") % {"name": name[:100]},
                _("Did you mean %(near)s?") % {"near": near} if near else "",
                allowed=allowed,
                where=f"query.{name[:100]}",
            )
        if len(request.query_params.getlist(name)) > 1:
            raise UsageError(
                "parameter-repeated",
                _("The parameter “%(name)s” stands there more than once.") % {"name": name},
                where=f"query.{name}",
            )
