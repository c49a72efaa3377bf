"""What a server says when it cannot do what it is asked."""

from __future__ import annotations

from typing import Any

from troth.errors import TrothError


class ServerError(TrothError):
    """The server's error, in its own words; `status` is HTTP's number, 0 where there was no answer."""

    def __init__(self, status: int, code: str, message: str, hint: str = "", **more: Any) -> None:  # noqa: ANN401 - TrothError's
        super().__init__(code, message, hint, **more)
        self.status = status


def error_of(status: int, body: object) -> ServerError:
    """The error in an answer of the server; also where something between has answered in its place."""
    found = body.get("error") if isinstance(body, dict) else None
    if not isinstance(found, dict):
        return ServerError(status, "answer-unknown", f"HTTP {status}")
    return ServerError(
        status,
        str(found.get("code", "answer-unknown")),
        str(found.get("message", f"HTTP {status}")),
        str(found.get("hint", "")),
        allowed=[str(one) for one in found.get("allowed") or ()],
        where=str(found.get("where", "")),
    )
