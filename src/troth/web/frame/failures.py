"""Errors in one shape: `{"error": {code, message, hint, allowed, where}}`, or a page that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from troth.errors import TrothError, UsageError
from troth.texts import _

STATUS: Mapping[str, int] = {
    "json-broken": 400,
    "http-invalid": 400,
    "hung-up": 400,
    "not-signed-in": 401,
    "key-invalid": 401,
    "sign-in-refused": 401,
    "identity-refused": 401,
    "account-missing": 403,
    "group-missing": 403,
    "signature-invalid": 401,
    "not-allowed": 403,
    "form-expired": 403,
    "account-disabled": 403,
    "people-hidden": 403,
    "group-too-small": 403,
    "form-foreign": 403,
    "annotation-unknown": 404,
    "hook-missing": 404,
    "customer-unknown": 404,
    "account-unknown": 404,
    "key-unknown": 404,
    "page-missing": 404,
    "touchpoint-unknown": 404,
    "mechanism-unknown": 404,
    "job-unknown": 404,
    "link-invalid": 404,
    "method-wrong": 405,
    "job-not-ready": 409,
    "blueprint-moved": 409,
    "passkeys-nowhere": 409,
    "last-admin": 409,
    "too-slow": 408,
    "name-taken": 409,
    "body-too-large": 413,
    "encoding-unknown": 415,
    "media-type-unknown": 415,
    "host-unknown": 421,
    "too-many": 429,
    "head-too-large": 431,
    "provider-unreachable": 502,
    "store-full": 507,
    "office-unreachable": 503,
    "shutting-down": 503,
    "crowded": 503,
}
"""HTTP's number for an error's code, where it is neither 422 (the caller can mend it) nor 500."""

_AGAIN = (429, 503, 507)
_HALF_READ = (408, 413, 415)

_SHAPE: dict[str, Any] = {
    "description": "The request cannot be answered; `code` says why, and stays the same in every language.",
    "content": {
        "application/json": {
            "schema": {
                "type": "object",
                "required": ["error"],
                "properties": {
                    "error": {
                        "type": "object",
                        "required": ["code", "message", "hint", "allowed", "where"],
                        "properties": {
                            **{name: {"type": "string"} for name in ("code", "message", "hint", "where")},
                            "allowed": {"type": "array", "items": {"type": "string"}},
                        },
                    }
                },
            },
            "example": {
                "error": {
                    "code": "request-invalid",
                    "message": "Input should be a valid date or datetime, input is too short",
                    "hint": "",
                    "allowed": [],
                    "where": "query.at",
                }
            },
        }
    },
}
READING: dict[int | str, dict[str, Any]] = dict.fromkeys(
    (401, 403, 404, 409, 422, 429, 500, 503, 507), _SHAPE
)
"""How the API's description tells of the errors of what only reads."""

CHANGING: dict[int | str, dict[str, Any]] = READING | dict.fromkeys((400, 408, 413, 415), _SHAPE)
"""The same of what takes a body."""


def status(error: TrothError) -> int:
    """HTTP's number for `error`."""
    return STATUS.get(error.code, 422 if isinstance(error, UsageError) else 500)


def headers(error: TrothError) -> dict[str, str]:
    """What HTTP's head says about `error`: when to try again, and that a half-read body ends here."""
    number = status(error)
    found = {"Connection": "close"} if number in _HALF_READ else {}
    if number in _AGAIN:
        found["Retry-After"] = str(getattr(error, "retry_after_seconds", 5))
    return found


def outside(error: TrothError) -> TrothError:
    """The error as it may be told to whoever asks over HTTP.

    Where the office rests, and why it or the identity provider gives no answer, is for whoever runs the
    server.
    """
    if error.code == "office-unreachable":
        return TrothError(
            error.code,
            _("The store cannot be reached."),
            _("What it was is in the server’s log. Try again, or ask who runs it."),
        )
    if error.code == "provider-unreachable":
        return TrothError(
            error.code,
            _("The identity provider cannot be used."),
            _("What it was is in the server’s log. Try again, or ask who runs it."),
        )
    if error.code == "store-full":
        return TrothError(error.code, error.message, error.hint)
    return error


def body(error: TrothError) -> dict[str, dict[str, str | list[str]]]:
    """The error as the API says it, to anybody."""
    return {"error": outside(error).as_dict()}
