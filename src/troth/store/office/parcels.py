"""What a parcel holds: the accepted records of one kind of one request, as columns in MessagePack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

Value = str | int | float | bool | None
"""A typed value: a date is days since 1970, a time microseconds since 1970 in UTC."""


class Refused(msgspec.Struct, frozen=True, array_like=True):
    """A record that goes to quarantine: the reason's code, column and value, the key, the row in JSON."""

    code: str
    column: str | None
    detail: str | None
    key: str | None
    row: str


class Contents(msgspec.Struct, frozen=True, array_like=True):
    """The records by column, and what type each column had; beside them what goes to quarantine."""

    types: Mapping[str, str]
    columns: Mapping[str, Sequence[Value]]
    refused: Sequence[Refused] = ()


class Parcel(msgspec.Struct, frozen=True):
    """A parcel on its way into the inbox: its kind, how many records, and what is in it."""

    kind: str
    n: int
    body: bytes


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(Contents)


def packed(kind: str, n: int, contents: Contents) -> Parcel:
    """A parcel of `n` records."""
    return Parcel(kind, n + len(contents.refused), _ENCODER.encode(contents))


def unpacked(body: bytes) -> Contents:
    """What is in a parcel's body."""
    return _DECODER.decode(body)
