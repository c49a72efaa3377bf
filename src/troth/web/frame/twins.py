"""The JSON twin of a page, and its tables as files: routes of the API for what its query gives."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel

from troth.web.frame.addresses import parts_of
from troth.web.frame.files import FORMATS, file_response
from troth.web.frame.filters import Filters, narrowed
from troth.web.frame.freshness import age, freshness, unchanged
from troth.web.frame.page import Page, Table
from troth.web.frame.serving import answered, answered_whole
from troth.workspace.kept import ages

_PARTS = {
    "touchpoint": "A touchpoint's id; a slash in it is written `~1`.",
    "mechanism": "A mechanism's id, such as `reliability`.",
    "customer": "A customer's id as the records have it; a slash in it is written `~1`.",
}


def add_twin(router: APIRouter, page: Page) -> None:
    """Serve the tables of `page` and its twin at its address."""
    for table in page.files:
        for ending in FORMATS:
            _add_file(router, page, table, ending)

    def twin(request: Request, response: Response, choices: BaseModel, **path: str) -> object:
        tag = freshness(request, page)
        if tag and unchanged(request, tag):
            return Response(status_code=304, headers=tag)
        with ages() as late:
            answer = answered(request, page, _filters(choices), path)
        response.headers.update({**tag, **age(late)})
        return answer

    _describe(twin, page, page.name, inspect.getdoc(page.answer) or "", response=Response)
    router.add_api_route(
        page.address,
        twin,
        methods=["GET"],
        response_model=page.answer,
        name=f"twin-{page.name}",
        summary=page.summary or page.title.message,
        tags=["pages"],
    )


def _add_file(router: APIRouter, page: Page, table: Table, ending: str) -> None:
    def file(request: Request, choices: BaseModel, **path: str) -> Response:
        tag = freshness(request, page)
        if tag and unchanged(request, tag):
            return Response(status_code=304, headers=tag)
        with ages() as late:
            answer = answered_whole(request, page, _filters(choices), path)
        stem = "-".join(filter(None, (page.name, table.name)))
        made = file_response(table, table.rows(answer), ending, stem)
        made.headers.update({**tag, **age(late)})
        return made

    name = "-".join(filter(None, (page.name, table.name, ending)))
    _describe(file, page, name, _columns(table))
    router.add_api_route(
        f"{page.address}/{table.name}.{ending}" if table.name else f"{page.address}.{ending}",
        file,
        methods=["GET"],
        response_class=Response,
        responses={200: {"content": {FORMATS[ending].split(";")[0]: {}}}},
        name=f"file-{name}",
        summary=f"{page.title.message}: {table.name or 'table'} as {'CSV' if ending == 'csv' else 'Parquet'}",
        tags=["tables"],
    )


def _filters(choices: BaseModel) -> Filters:
    return Filters.model_validate(choices.model_dump(exclude_unset=True))


def _columns(table: Table) -> str:
    return f"Columns: {', '.join(f'`{column}`' for column in table.columns)}." if table.columns else ""


def _describe(function: Callable[..., Any], page: Page, name: str, text: str, **more: type) -> None:
    """Give a route's function what FastAPI reads: name, text, a parameter for every part of the address."""
    function.__name__ = name.replace("-", "_")
    function.__doc__ = text
    keyword = inspect.Parameter.KEYWORD_ONLY
    parts = [
        inspect.Parameter(
            part, keyword, annotation=Annotated[str, Path(description=_PARTS.get(part, ""), max_length=400)]
        )
        for part in parts_of(page.address)
    ]
    function.__signature__ = inspect.Signature(  # type: ignore[attr-defined]  # what `inspect` looks for
        [
            inspect.Parameter("request", keyword, annotation=Request),
            *(inspect.Parameter(other, keyword, annotation=kind) for other, kind in more.items()),
            inspect.Parameter("choices", keyword, annotation=Annotated[narrowed(page.parameters), Query()]),
            *parts,
        ]
    )
