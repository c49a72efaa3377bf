"""Reading a request's body: inflated, and never more of it than is allowed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from starlette.requests import Request

from troth.errors import TrothError, UsageError
from troth.texts import _
from troth.web.ingest.limits import Budget, Limits

_GZIP = 31  # zlib's number for "gzip only"
_PIECE = 262_144
_MOST_MEMBERS = 1_000
"""Texts that were compressed apart and set one behind the other; each costs time, though it may be empty."""


@asynccontextmanager
async def body(request: Request, limits: Limits, budget: Budget) -> AsyncIterator[bytes]:
    """The whole body, inflated; its bytes count as in use until the block ends.

    Raises:
        UsageError: `body-too-large`, `encoding-unknown`, `body-not-gzip`, `length-invalid`.
        TrothError: `too-slow`.
        BusyError: other requests take all the room there is.
    """
    inflate = _inflater(request, limits)
    pieces: list[bytes] = []
    taken = 0
    try:
        async for chunk in _chunks(request, limits):
            for piece in inflate.pieces(chunk):
                budget.take(len(piece))
                taken += len(piece)
                pieces.append(piece)
                if taken > limits.bytes:
                    raise _too_large(limits.bytes)
        inflate.end()
        whole = b"".join(pieces)
        pieces.clear()
        yield whole
    finally:
        budget.give_back(taken)


async def _chunks(request: Request, limits: Limits) -> AsyncIterator[bytes]:
    """What arrives, while it arrives fast enough and is not too much."""
    declared = request.headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:19]) > limits.sent_bytes:
        raise _too_large(limits.sent_bytes)
    received = 0
    loop = asyncio.get_running_loop()
    last = loop.time() + limits.whole_seconds
    try:
        async with asyncio.timeout(limits.quiet_seconds) as patience:
            async for chunk in request.stream():
                received += len(chunk)
                if received > limits.sent_bytes:
                    raise _too_large(limits.sent_bytes)
                yield chunk
                patience.reschedule(min(last, loop.time() + limits.quiet_seconds))
    except TimeoutError:
        raise TrothError(
            "too-slow",
            _("The request took too long to arrive; nothing was taken."),
            _("Send fewer records at a time."),
        ) from None


class _Plain:
    def pieces(self, chunk: bytes) -> list[bytes]:
        return [chunk]

    def end(self) -> None:
        """There is nothing to end."""


class _Gzip:
    """Inflates in small pieces, so that what a few bytes blow up to is never in memory at once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inflater = zlib.decompressobj(_GZIP)
        self._began = False
        self._members = 1

    def pieces(self, chunk: bytes) -> list[bytes]:
        found: list[bytes] = []
        size = 0
        rest = chunk
        while rest:
            self._began = True
            if self._inflater.eof:  # one member after the other makes one text
                self._inflater = zlib.decompressobj(_GZIP)
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise _no_gzip()
            try:
                found.append(self._inflater.decompress(rest, _PIECE))
            except zlib.error as error:
                raise _no_gzip() from error
            size += len(found[-1])
            if size > self._most:
                raise _too_large(self._most)
            rest = self._inflater.unused_data if self._inflater.eof else self._inflater.unconsumed_tail
        return found

    def end(self) -> None:
        if not (self._began and self._inflater.eof):
            raise _no_gzip()


def _inflater(request: Request, limits: Limits) -> _Plain | _Gzip:
    match request.headers.get("content-encoding", "").strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Gzip(limits.bytes)
        case encoding:
            raise UsageError(
                "encoding-unknown",
                _("The encoding “%(encoding)s” is not read.") % {"encoding": encoding[:50]},
                _("Send it plain or with gzip."),
                allowed=("gzip", "identity"),
            )


def _too_large(most: int) -> UsageError:
    return UsageError(
        "body-too-large",
        _("The request is larger than %(most)d bytes; nothing was taken.") % {"most": most},
        _("Send fewer records at a time."),
    )


def _no_gzip() -> UsageError:
    return UsageError(
        "body-not-gzip",
        _("The body is not whole gzip, as its header says; nothing was taken."),
        _("Compress it again, or leave the header out."),
    )
