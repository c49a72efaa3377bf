"""The JSON twin of a page: a route of the API for what its query gives."""

from __future__ import annotations

import inspect
import re
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request

from troth.web.frame.filters import Filters
from troth.web.frame.page import Page
from troth.web.frame.serving import answered

_PART = re.compile(r"\{(\w+)(?::path)?\}")


def add_twin(router: APIRouter, page: Page) -> None:
    """Serve the twin of `page` at its address."""
    names = _PART.findall(page.address)

    def twin(request: Request, filters: Filters, **path: str) -> Any:  # noqa: ANN401 - the page's own answer
        return answered(request, page, filters, path)

    twin.__name__ = page.name.replace("-", "_")
    twin.__doc__ = inspect.getdoc(page.answer)
    # FastAPI reads a route's parameters from its signature: one for every part of the address.
    twin.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
            inspect.Parameter(
                "filters", inspect.Parameter.KEYWORD_ONLY, annotation=Annotated[Filters, Query()]
            ),
            *(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=str) for name in names),
        ]
    )
    router.add_api_route(
        page.address, twin, methods=["GET"], response_model=page.answer, name=f"twin-{page.name}"
    )
