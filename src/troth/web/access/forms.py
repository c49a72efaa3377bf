"""Forms: what a browser sends, once it is sure that a page of this server sent it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from troth.errors import TrothError, UsageError
from troth.texts import _
from troth.web.access import tokens
from troth.web.access.gate import expired, not_signed_in
from troth.web.access.rights import Right, Visitor
from troth.web.access.state import Notice, access_of, network_of
from troth.web.frame.patience import arriving

MOST_BYTES = 65_536
MOST_FIELDS = 100


class Fields(Mapping[str, str]):
    """The fields of a form; one that was not sent is empty."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._pairs = pairs

    def __getitem__(self, name: str) -> str:
        return next((value for key, value in self._pairs if key == name), "")

    def __iter__(self) -> Any:  # noqa: ANN401 - an iterator of names
        return iter(dict(self._pairs))

    def __len__(self) -> int:
        return len(dict(self._pairs))

    def all(self, name: str) -> list[str]:
        """All values of a field: of boxes that were ticked."""
        return [value for key, value in self._pairs if key == name]

    def number(self, name: str) -> int:
        """The field as a whole number.

        Raises:
            UsageError: `number-invalid`.
        """
        text = self[name]
        if not text.isascii() or not text.isdecimal() or len(text) > 15:
            raise UsageError("number-invalid", _("That is no whole number."), where=name)
        return int(text)


Work = Callable[[Request, Fields], Response]


def form_route(path: str, work: Work, right: Right | None = None, back: str | None = None) -> Route:
    """A route that takes a form. `work` runs in a thread, in the request's language.

    Args:
        path: The address.
        work: What is done with the form.
        right: What one must be allowed to; None: `work` looks after that itself.
        back: Where one goes to when the form cannot be taken, with the reason as a notice; None: the reason
            is a page of its own.
    """

    async def route(request: Request) -> Response:
        fields = await posted(request)
        if right is not None:
            signed_in(request).demand(right)
        try:
            return await run_in_threadpool(work, request, fields)
        except TrothError as error:
            if back is None or error.code in {"not-signed-in", "not-allowed", "office-unreachable"}:
                raise
            return redirected(request, back, Notice(error.message, "failed", error.hint))

    return Route(path, route, methods=["POST"])


async def posted(request: Request) -> Fields:
    """The form of a request.

    Raises:
        TrothError: `form-expired`: it does not carry this browser's token; `body-too-large`.
        UsageError: `form-invalid`: it is no form.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise UsageError("form-invalid", _("That is no form."), where="Content-Type")
    body = await limited(request)
    try:
        pairs = parse_qsl(
            body.decode("utf-8"), keep_blank_values=True, max_num_fields=MOST_FIELDS, errors="strict"
        )
    except ValueError:
        raise UsageError("form-invalid", _("That is no form.")) from None
    fields = Fields(pairs)
    demand_token(request, fields["form_token"])
    return fields


def demand_token(request: Request, given: str) -> None:
    """Let pass a form that this browser was shown.

    Raises:
        TrothError: `form-expired`.
    """
    expected = request.state.form_token
    if not expected or not tokens.same(given, expected):
        raise expired()


async def sent_json(request: Request) -> dict[str, Any]:
    """The JSON object of a request.

    Raises:
        TrothError: `body-too-large`. UsageError: `json-invalid`.
    """
    try:
        found = json.loads(await limited(request))
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise UsageError("json-invalid", _("That is no JSON object."))
    return found


async def limited(request: Request) -> bytes:
    """The body, unless it is larger than any form of ours.

    Raises:
        TrothError: `body-too-large`, `too-slow`.
    """
    parts, size = [], 0
    async for part in arriving(request):
        size += len(part)
        if size > MOST_BYTES:
            raise TrothError(
                "body-too-large", _("That is too large: at most %(most)d bytes.") % {"most": MOST_BYTES}
            )
        parts.append(part)
    return b"".join(parts)


def signed_in(request: Request) -> Visitor:
    """Who asks.

    Raises:
        TrothError: `not-signed-in`.
    """
    visitor = request.state.visitor
    if not isinstance(visitor, Visitor):
        raise not_signed_in()
    return visitor


def person(request: Request) -> int:
    """The id of the account that asks, which no key stands for.

    Raises:
        TrothError: `not-signed-in`, `not-allowed`.
    """
    visitor = signed_in(request)
    if visitor.by_key or visitor.account_id is None:
        raise TrothError("not-allowed", _("This is for people, not for API keys."))
    return visitor.account_id


def redirected(request: Request, address: str, notice: Notice | None = None) -> RedirectResponse:
    """Go on to `address`, with what the page there shall say, once."""
    if notice is not None:
        access_of(request).notices.put(request.state.form_token, notice, network_of(request))
    return RedirectResponse(address, 303)


def take_notice(request: Request) -> Notice | None:
    """What the page shall say about the form that was sent before."""
    access = getattr(request.app.state, "access", None)
    mark = getattr(request.state, "form_token", "")
    return access.notices.take(mark) if access is not None and mark else None


def safe_next(text: str) -> str:
    """An address of this server to go on to; `/` for all that could lead elsewhere.

    Browsers read a backslash as a slash, and leave out tabs and line ends before they look.
    """
    if not text.startswith("/") or text.startswith("//") or len(text) > 2_000:
        return "/"
    if "\\" in text or not text.isprintable() or not text.isascii():
        return "/"
    try:
        parts = urlsplit(text)
    except ValueError:
        return "/"
    own = not parts.scheme and not parts.netloc and not parts.path.startswith("//")
    return text if own and not parts.path.startswith(("/sign-", "/api/")) else "/"


Handler = Callable[[Request], Awaitable[Response]]
