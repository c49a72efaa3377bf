"""One request of an action: read its fields and its file, within limits, and do what is asked."""

from __future__ import annotations

import inspect
import re
from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from fastapi import APIRouter, Request
from pydantic import ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.responses import Response

from troth.errors import TrothError, UsageError
from troth.texts import _, number
from troth.web.access.forms import demand_token, redirected
from troth.web.access.state import Notice, access_of, network_of
from troth.web.frame import failures
from troth.web.frame.action import Action, Asking, Done, Upload, whole_schema
from troth.web.frame.notices import go_on
from troth.web.frame.patience import arriving
from troth.web.frame.serving import live_of, visitor_of

FORM, MULTIPART, JSON = "application/x-www-form-urlencoded", "multipart/form-data", "application/json"
_PART = re.compile(r"\{(\w+)(?::path)?\}")
_LONGEST_NAME = 120
_FIELDS = 50
_NO_WAY_BACK = frozenset({"not-signed-in", "not-allowed", "form-expired", "office-unreachable"})


def form_route(action: Action) -> Callable[[Request], Any]:
    """The route for a page's form: it answers with a redirect."""

    async def route(request: Request) -> Response:
        try:
            done = await performed(request, action, by_form=True)
        except TrothError as error:
            if action.back is None or error.code in _NO_WAY_BACK:
                raise
            return redirected(request, action.back, Notice(error.message, "failed", error.hint))
        if isinstance(done.notice, str):
            return go_on(done.address, done.notice, secure=request.url.scheme == "https")
        return redirected(request, done.address, done.notice)

    return route


def add_action(router: APIRouter, action: Action) -> None:
    """Serve `action` to programs."""
    names = _PART.findall(action.address)

    async def act(request: Request, **_path: str) -> Any:  # noqa: ANN401 - the action's own answer
        return (await performed(request, action)).answer

    act.__name__ = action.name.replace("-", "_")
    act.__doc__ = inspect.getdoc(action.perform)
    # FastAPI reads a route's parameters from its signature: one for every part of the address.
    act.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request),
            *(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=str) for name in names),
        ]
    )
    router.add_api_route(
        action.address,
        act,
        methods=["POST"],
        response_model=action.answer,
        name=f"do-{action.name}",
        responses=failures.CHANGING,
        openapi_extra={"requestBody": _described(action)},
    )


def _described(action: Action) -> dict[str, Any]:
    """The request's body, for the API's description."""
    schema = whole_schema(action.form)
    needed = list(schema.get("required", []))
    if not action.takes_file:
        return {"content": {JSON: {"schema": schema}, FORM: {"schema": schema}}, "required": bool(needed)}
    fields = {**schema.get("properties", {}), "file": {"type": "string", "format": "binary"}}
    whole = {**schema, "properties": fields, "required": [*needed, "file"]}
    return {"content": {MULTIPART: {"schema": whole}}, "required": True}


async def performed(request: Request, action: Action, *, by_form: bool = False) -> Done:
    """Let the visitor do it, if they may; what it does runs in a thread.

    `by_form`: a page's form must carry the token that the page was given; of the API the gate demands it.
    """
    visitor = visitor_of(request)
    visitor.demand(action.right)
    async with AsyncExitStack() as stack:
        fields, file = await _read(request, action, stack)
        if by_form:
            demand_token(request, str(fields.get("form_token", "")))
        form = _checked(action, fields)
        folder = stack.enter_context(TemporaryDirectory(prefix="upload-", dir=live_of(request).passing))
        upload = await run_in_threadpool(_laid_down, file, Path(folder)) if file else None
        if action.takes_file and upload is None:
            raise UsageError("file-missing", _("No file was sent."), where="file")
        path, network = request.path_params, network_of(request)
        asking = Asking(visitor, form, path, upload, access_of(request), network)
        return await run_in_threadpool(action.perform, live_of(request), asking)


async def _read(
    request: Request, action: Action, stack: AsyncExitStack
) -> tuple[dict[str, Any], UploadFile | None]:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    stream = _limited(request, action.most_bytes)
    if kind in ("", JSON):
        return await _from_json(stream), None
    if kind == MULTIPART:
        parser: MultiPartParser | FormParser = MultiPartParser(
            request.headers, stream, max_files=1, max_fields=_FIELDS, max_part_size=action.most_bytes
        )
    elif kind == FORM:
        parser = FormParser(request.headers, stream, max_fields=_FIELDS, max_part_size=action.most_bytes)
    else:
        raise UsageError(
            "media-type-unknown",
            _("A request of the type “%(type)s” is not understood here.") % {"type": kind},
            allowed=(FORM, MULTIPART, JSON),
        )
    try:
        data: FormData = await parser.parse()
    except MultiPartException as error:
        raise UsageError("request-invalid", error.message) from error
    stack.push_async_callback(data.close)
    file = data.get("file")
    fields: dict[str, Any] = {}
    for name, value in data.multi_items():
        if isinstance(value, str):  # what comes more than once, such as ticked boxes, is a list
            fields[name] = value if name not in fields else [*_listed(fields[name]), value]
    return fields, file if isinstance(file, UploadFile) and file.filename else None


def _listed(value: str | list[str]) -> list[str]:
    return value if isinstance(value, list) else [value]


async def _from_json(stream: AsyncGenerator[bytes, None]) -> dict[str, Any]:
    import msgspec

    body = b"".join([chunk async for chunk in stream])
    try:
        found = msgspec.json.decode(body) if body.strip() else {}
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError("request-invalid", str(error)) from error
    if not isinstance(found, dict):
        raise UsageError("request-invalid", _("An object with fields is wanted."))
    return found


async def _limited(request: Request, most: int) -> AsyncGenerator[bytes, None]:
    """The body's parts, until they are more than allowed."""
    declared = request.headers.get("content-length", "")
    read = int(declared) if declared.isascii() and declared.isdigit() else 0
    if read > most:
        raise _too_large(most)
    read = 0
    async for chunk in arriving(request):
        read += len(chunk)
        if read > most:
            raise _too_large(most)
        yield chunk


def _too_large(most: int) -> UsageError:
    return UsageError(
        "body-too-large",
        _("The request is too large; at most %(size)s MB are taken.") % {"size": number(most / 1e6, 1)},
    )


def _checked(action: Action, fields: dict[str, Any]) -> Any:  # noqa: ANN401 - the action's own form
    try:
        return action.form.model_validate(fields)
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise UsageError("request-invalid", fault["msg"], where=place) from error


def _laid_down(file: UploadFile, folder: Path) -> Upload:
    name = safe_name(file.filename or "")
    path = folder / name
    with path.open("wb") as target:
        copyfileobj(file.file, target, 1 << 20)
    return Upload(name, path)


def safe_name(name: str) -> str:
    """The last part of a file's name without anything that could lead out of a folder or start an option.

    >>> safe_name("../../etc/pass wd;.csv")
    'pass wd_.csv'
    """
    last = re.split(r"[/\\]", name)[-1]
    plain = re.sub(r"[^\w. ()+-]", "_", last).lstrip(".-")[-_LONGEST_NAME:].strip()
    return plain or "file"
