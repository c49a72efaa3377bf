"""The one-pass collector: `collector/*.js`, evaluated beside the page, and read as `Seen`."""

from functools import cache
from importlib.resources import files
from typing import Any

from playwright.async_api import CDPSession
from pydantic import TypeAdapter

from troth.audit.artifacts.page import Seen
from troth.audit.gather.isolated import PageMovedError, run
from troth.audit.gather.vitals import Traces, traces_of, traces_script

_PARTS = ("limits", "dom", "paint", "names", "regions", "lists", "note", "walk", "see")
_TRIES = 3


async def collect(session: CDPSession, *, limit_s: float = 10.0, frame: str = "") -> Seen:
    """What the page shows now, in one pass; tried again when it navigates meanwhile.

    `frame`: the id of a frame within, which is then looked at instead; places count from its own corner.

    Raises:
        PageMovedError: it never stood still.
        ScriptFailedError: the collector was stopped at `limit_s` seconds.
    """
    return _seen().validate_json(await _steadily(session, script(), limit_s, frame))


async def collect_with_traces(session: CDPSession, *, limit_s: float = 10.0) -> tuple[Seen, Traces]:
    """What the page shows now and what it left in the browser, in one go; raises as `collect`."""
    seen, left = await _steadily(session, f"[{script()}, {traces_script()}]", limit_s, "")
    return _seen().validate_json(seen), traces_of(left)


async def _steadily(session: CDPSession, expression: str, limit_s: float, frame: str) -> Any:  # noqa: ANN401 - JSON
    for _attempt in range(_TRIES - 1):
        try:
            return await run(session, expression, limit_s=limit_s, frame=frame)
        except PageMovedError:
            continue
    return await run(session, expression, limit_s=limit_s, frame=frame)


@cache
def script() -> str:
    """The collector as one expression whose value is a JSON text."""
    folder = files("troth.audit.gather") / "collector"
    parts = [(folder / f"{name}.js").read_text("utf-8") for name in _PARTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\nreturn JSON.stringify(see());\n})()"


@cache
def _seen() -> TypeAdapter[Seen]:
    return TypeAdapter(Seen)
