"""What becomes of errors: the API's one shape, or a page that says the same."""

from __future__ import annotations

from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request

from troth.errors import TrothError, UsageError
from troth.texts import _
from troth.web.frame import failures
from troth.web.frame.rendering import page_response
from troth.web.operation.logs import logger


def unreadable(fault: object) -> UsageError:
    """The error for a part of a request that is not what it must be, as pydantic tells it."""
    found = fault if isinstance(fault, dict) else {}
    place = ".".join(str(part) for part in found.get("loc", ()))
    return UsageError("request-invalid", str(found.get("msg", "")), where=place)


async def failed(request: Request, error: Exception) -> Response:
    """The answer that tells of `error`."""
    if isinstance(error, RequestValidationError):
        error = unreadable(error.errors()[0])
    if isinstance(error, ClientDisconnect):  # nobody reads the answer
        error = TrothError("hung-up", _("The request was not sent to its end."))
    if isinstance(error, HTTPException):
        code = {404: "page-missing", 405: "method-wrong"}.get(error.status_code, "request-invalid")
        words = {404: _("There is nothing at this address."), 405: _("This address does not take that.")}
        kind = TrothError if error.status_code in words else UsageError
        error = kind(code, words.get(error.status_code, str(error.detail)))
    if not isinstance(error, TrothError):  # the server's own fault: what it was is in the log
        error = TrothError(
            "internal",
            _("Something went wrong in the server."),
            _("What it was is in the server’s log. Try again, or ask who runs it."),
        )
    told = failures.outside(error)
    if told is not error:
        logger().error(error.code, reason=error.message, place=error.where)
    number = failures.status(error)
    if request.url.path.startswith("/api/") or "json" in request.headers.get("content-type", ""):
        return JSONResponse(failures.body(told), number, failures.headers(error))
    return page_response(
        request,
        "troth.web.frame",
        "failure.html",
        {"error": told},
        title=told.message,
        status=number,
    )
