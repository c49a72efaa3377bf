"""Running a script beside the page, not in it.

An isolated world sees the same document with untouched JSON, Array and Element, whatever the page did to its
own; and no content security policy forbids it.
"""

import json
from typing import Any
from weakref import WeakKeyDictionary

from playwright.async_api import CDPSession, Error

WORLD = "troth"
_GONE = (
    "Cannot find context",
    "context was destroyed",
    "No frame",
    "Inspected target navigated",
    "uniqueContextId",
)

# A selector as the collector writes it: a space that stands alone leads into a shadow root.
_FIND = r"""((selector) => {
  let within = document, found = null;
  for (const part of selector.split(/(?<![\\>]) (?!>)/)) {
    found = within && within.querySelector(part);
    within = found && found.shadowRoot;
  }
  return found;
})"""


_main_frames: WeakKeyDictionary[CDPSession, str] = WeakKeyDictionary()


class PageMovedError(Exception):
    """The document went away while a script looked at it."""


class ScriptFailedError(Exception):
    """A script of our own raised, or was stopped at its time limit."""


async def run(session: CDPSession, expression: str, *, limit_s: float = 10.0, frame: str = "") -> Any:  # noqa: ANN401 - JSON
    """What `expression` gives in the isolated world of a frame; a promise is awaited.

    `frame`: its id as of `frame_in`; empty: the page's main frame.

    Raises:
        PageMovedError: the page navigated meanwhile.
        ScriptFailedError: the script raised or ran longer than `limit_s`.
    """
    asked = {"returnByValue": True, "awaitPromise": True, "timeout": int(limit_s * 1000)}
    return (await _evaluated(session, expression, frame, asked)).get("value")


def finding() -> str:
    """A function of JavaScript, as an expression: the element that a selector of the collector finds."""
    return _FIND


async def frame_in(session: CDPSession, selector: str, *, outer: str = "", limit_s: float = 2.0) -> str:
    """The id of the frame whose element `selector` finds in the frame `outer`; empty where there is none.

    Raises:
        PageMovedError, ScriptFailedError: as `run`.
    """
    found = await _evaluated(
        session, f"{_FIND}({json.dumps(selector)})", outer, {"timeout": int(limit_s * 1000)}
    )
    if "objectId" not in found:
        return ""
    try:
        told = await session.send("DOM.describeNode", {"objectId": found["objectId"]})
    except Error as error:
        raise PageMovedError(error.message) from error
    return str(told["node"].get("frameId", ""))


async def _evaluated(
    session: CDPSession, expression: str, frame: str, asked: dict[str, Any]
) -> dict[str, Any]:
    try:
        context = await _world(session, frame)
        answer = await session.send(
            "Runtime.evaluate", {"expression": expression, "contextId": context, **asked}
        )
    except Error as error:
        if any(sign in error.message for sign in _GONE):
            raise PageMovedError(error.message) from error
        if "Internal error" in error.message:  # what a script that was stopped at its limit looks like
            raise ScriptFailedError("terminated") from error
        raise ScriptFailedError(error.message) from error
    if "exceptionDetails" in answer:
        details = answer["exceptionDetails"]
        raise ScriptFailedError(details.get("exception", {}).get("description") or details.get("text", ""))
    result: dict[str, Any] = answer["result"]
    return result


async def _world(session: CDPSession, frame: str) -> int:
    """The isolated world's context in a frame; the main one keeps its id from page to page, nearly always."""
    known = frame or _main_frames.get(session, "")
    if known:
        try:
            return await _created(session, known)
        except Error:
            if frame:
                raise
    tree = await session.send("Page.getFrameTree")
    _main_frames[session] = tree["frameTree"]["frame"]["id"]
    return await _created(session, _main_frames[session])


async def _created(session: CDPSession, frame: str) -> int:
    made = await session.send("Page.createIsolatedWorld", {"frameId": frame, "worldName": WORLD})
    return int(made["executionContextId"])
