"""The routes for commands of this machine. They are in no description: only Troth itself uses them."""

from __future__ import annotations

from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from troth.errors import TrothError, UsageError
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access.rights import Right, Visitor
from troth.web.frame.page import API
from troth.web.frame.serving import live_of, visitor_of
from troth.web.local.work import backup_job, import_job, replay_job
from troth.web.work.answers import answer_of
from troth.workspace.doctor import examine, served
from troth.workspace.live import Live
from troth.workspace.questions import CHECKS, EXAMINATION, question
from troth.workspace.remote import LOCAL

ACTOR = "this machine"
JOBS = {"backup": backup_job, "import": import_job, "replay": replay_job}
_MOST_BYTES = 1_000_000


def local_visitor() -> Visitor:
    """Who has the key of the workspace's folder: they have the files, too, so they may do everything."""
    return Visitor(ACTOR, ACTOR, frozenset(Right), by_key=True)


async def hello(request: Request) -> Response:
    """That somebody is here."""
    _demand_local(request)
    return JSONResponse({"folder": str(live_of(request).folder)})


async def ask(request: Request) -> Response:
    """Answer one question."""
    _demand_local(request)
    name, live = request.path_params["question"], live_of(request)
    arguments = await _arguments(request)
    if name in JOBS:
        job = JOBS[name](live, arguments, ACTOR)
        found = answer_of(live, job, local_visitor())
        return JSONResponse({"id": found.id})
    return await run_in_threadpool(_answered, live, name, arguments)


async def look_over(request: Request) -> Response:
    """What `troth doctor` asks: the server looks itself over while it goes on."""
    _demand_local(request)
    live, arguments = live_of(request), await _arguments(request)
    return await run_in_threadpool(_looked_over, live, whole=bool(arguments.get("whole")))


ROUTES = [
    Route(f"{API}/{LOCAL}", hello),
    Route(f"{API}/{LOCAL}/{EXAMINATION}", look_over, methods=["POST"]),
    Route(f"{API}/{LOCAL}/{{question}}", ask, methods=["POST"]),
]


def _looked_over(live: Live, *, whole: bool) -> Response:
    with served(live, whole=whole) as patient:
        return Response(CHECKS.dump_json(examine(patient)), media_type="application/json")


def _answered(live: Live, name: str, arguments: dict[str, Any]) -> Response:
    asked = question(name)
    if name == "explain":
        seen = live.subject(str(arguments.get("customer", "")))
        with live.office.transaction() as connection:
            note(connection, Entry(live.now_ms(), ACTOR, Action.PERSON_SEEN, seen))
    with live.reading() as workspace:
        answer = asked.ask(workspace, arguments)
        return Response(asked.shape.dump_json(answer), media_type="application/json")


def _demand_local(request: Request) -> None:
    if visitor_of(request).actor != ACTOR:
        raise TrothError("not-allowed", _("This is for commands of the server's own machine."))


async def _arguments(request: Request) -> dict[str, Any]:
    body = await request.body()
    try:
        found = msgspec.json.decode(body) if len(body) <= _MOST_BYTES else None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError("request-invalid", str(error)) from error
    if not isinstance(found, dict):
        raise UsageError("request-invalid", _("An object with fields is wanted."))
    return found
