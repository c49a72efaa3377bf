"""Running a script beside the page, not in it.

An isolated world sees the same document with untouched JSON, Array and Element, whatever the page did to its
own; and no content security policy forbids it.
"""

from typing import Any

from playwright.async_api import CDPSession, Error

WORLD = "troth"
_GONE = (
    "Cannot find context",
    "context was destroyed",
    "No frame",
    "Inspected target navigated",
    "uniqueContextId",
)


class PageMovedError(Exception):
    """The document went away while a script looked at it."""


class ScriptFailedError(Exception):
    """A script of our own raised, or was stopped at its time limit."""


async def run(session: CDPSession, expression: str, *, limit_s: float = 10.0) -> Any:  # noqa: ANN401 - JSON
    """What `expression` gives in the isolated world of the page's main frame; a promise is awaited.

    Raises:
        PageMovedError: the page navigated meanwhile.
        ScriptFailedError: the script raised or ran longer than `limit_s`.
    """
    try:
        tree = await session.send("Page.getFrameTree")
        world = await session.send(
            "Page.createIsolatedWorld", {"frameId": tree["frameTree"]["frame"]["id"], "worldName": WORLD}
        )
        answer = await session.send(
            "Runtime.evaluate",
            {
                "expression": expression,
                "contextId": world["executionContextId"],
                "returnByValue": True,
                "awaitPromise": True,
                "timeout": int(limit_s * 1000),
            },
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
    return answer["result"].get("value")
