"""The one-pass collector: `collector/*.js`, evaluated beside the page, and read as `Seen`."""

from functools import cache
from importlib.resources import files

from playwright.async_api import CDPSession
from pydantic import TypeAdapter

from troth.audit.artifacts.page import Seen
from troth.audit.gather.isolated import PageMovedError, run

_PARTS = ("limits", "dom", "paint", "names", "regions", "lists", "note", "walk", "see")
_TRIES = 3


async def collect(session: CDPSession, *, limit_s: float = 10.0, frame: str = "") -> Seen:
    """What the page shows now, in one pass; tried again when it navigates meanwhile.

    `frame`: the id of a frame within, which is then looked at instead; places count from its own corner.

    Raises:
        PageMovedError: it never stood still.
        ScriptFailedError: the collector was stopped at `limit_s` seconds.
    """
    for _attempt in range(_TRIES - 1):
        try:
            return _seen().validate_json(await run(session, script(), limit_s=limit_s, frame=frame))
        except PageMovedError:
            continue
    return _seen().validate_json(await run(session, script(), limit_s=limit_s, frame=frame))


@cache
def script() -> str:
    """The collector as one expression whose value is a JSON text."""
    folder = files("troth.audit.gather") / "collector"
    parts = [(folder / f"{name}.js").read_text("utf-8") for name in _PARTS]
    return '(() => {\n"use strict";\n' + "\n".join(parts) + "\nreturn JSON.stringify(see());\n})()"


@cache
def _seen() -> TypeAdapter[Seen]:
    return TypeAdapter(Seen)
