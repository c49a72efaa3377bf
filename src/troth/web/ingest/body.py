"""Reading a request's body: inflated, and never more of it than is allowed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Mapping
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect

from troth.errors import TrothError, UsageError
from troth.texts import _
from troth.web.ingest.limits import Limits, Share

if TYPE_CHECKING:
    from starlette.types import Receive

_GZIP = 31  # zlib's number for "gzip only"
_PIECE = 262_144
_MOST_MEMBERS = 1_000
"""Texts that were compressed apart and set one behind the other; each costs time, though it may be empty."""


async def body(headers: Mapping[str, str], receive: Receive, limits: Limits, share: Share) -> bytes:
    """The whole body, inflated, of a request with these headers (lower case); its bytes count in `share`.

    Raises:
        UsageError: `body-too-large`, `encoding-unknown`, `body-not-gzip`.
        TrothError: `too-slow`.
        BusyError: other requests take all the room there is.
        ClientDisconnect: The sender hung up.
    """
    inflate = _inflater(headers.get("content-encoding", ""), limits)
    declared = headers.get("content-length", "")
    if declared.isdecimal() and int(declared[:19]) > limits.sent_bytes:
        raise _too_large(limits.sent_bytes)
    pieces: list[bytes] = []
    received, more = 0, True
    loop = asyncio.get_running_loop()
    last = loop.time() + limits.whole_seconds
    try:
        async with asyncio.timeout(limits.quiet_seconds) as patience:
            while more:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise ClientDisconnect
                chunk, more = message.get("body", b""), message.get("more_body", False)
                received += len(chunk)
                if received > limits.sent_bytes:
                    raise _too_large(limits.sent_bytes)
                for piece in inflate.pieces(chunk):
                    share.take(len(piece))
                    pieces.append(piece)
                    if share.taken > limits.bytes:
                        raise _too_large(limits.bytes)
                if more:
                    patience.reschedule(min(last, loop.time() + limits.quiet_seconds))
    except TimeoutError:
        raise TrothError(
            "too-slow",
            _("The request took too long to arrive; nothing was taken."),
            _("Send fewer records at a time."),
        ) from None
    inflate.end()
    return pieces[0] if len(pieces) == 1 else b"".join(pieces)


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


def _inflater(header: str, limits: Limits) -> _Plain | _Gzip:
    match header.strip().lower():
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
