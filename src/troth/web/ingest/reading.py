"""What a body holds: plain records, records that name their kind, or CloudEvents 1.0.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import msgspec

from troth.errors import UsageError
from troth.texts import _
from troth.web.ingest.limits import Limits

_LINES = {"application/x-ndjson", "application/ndjson", "application/jsonl", "application/jsonlines"}
_BROKEN = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)


@dataclass(frozen=True, slots=True)
class Item:
    """One record: its kind, None when nothing names it; its JSON value; what is wrong with its envelope."""

    kind: str | None
    record: object
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The records of a body.

    Attributes:
        kinds: Those of each kind, with their places in the request, from 0.
        unusable: What has no kind, or whose envelope is at fault, with its place.
    """

    kinds: Mapping[str, tuple[Sequence[int], list[object]]]
    unusable: Sequence[tuple[int, Item]] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """What a request says about its body: the kind of all records, the media type, a CloudEvent's attributes.

    `event_type`: that of a CloudEvent in binary mode, whose data the body is; None when it is none.
    """

    kind: str | None = None
    media_type: str = ""
    event_type: str | None = None

    @classmethod
    def of(cls, query: Mapping[str, str], headers: Mapping[str, str]) -> Envelope:
        """That of a request with this query and these headers (lower case)."""
        media_type = headers.get("content-type", "").partition(";")[0].strip().lower()
        event = headers.get("ce-type", "") if "ce-specversion" in headers else None
        return cls(query.get("kind") or None, media_type, event)


def records(body: bytes, envelope: Envelope, limits: Limits) -> Found:
    """Every record of `body`, by kind.

    Raises:
        UsageError: `json-broken`, `body-too-large` (more records than allowed, or absurdly many values).
    """
    if len(body) > limits.signs and sum(map(body.count, (b",", b"[", b"{", b"\n"))) > limits.signs:
        raise _too_many(limits.records)
    known = envelope.kind or (envelope.event_type and kind_of(envelope.event_type)) or None
    lines = envelope.media_type in _LINES
    values = None if lines else _document(body, envelope)
    if values is not None and known is not None and len(values) <= limits.records and _are_plain(values):
        return Found({known: (range(len(values)), values)} if values else {})
    items = _lines(body, limits) if values is None else [Item(None, one) for one in values]
    return _sorted(items, known, limits)


def kind_of(event_type: str) -> str:
    """The record kind that a CloudEvent's type names behind its last dot: `com.example.orders`."""
    return event_type.rpartition(".")[2]


def _are_plain(values: Sequence[object]) -> bool:
    """Whether all are records as they stand: no CloudEvent is among them."""
    return not any(type(one) is dict and "specversion" in one for one in values)


def _sorted(items: Sequence[Item], known: str | None, limits: Limits) -> Found:
    """What is in `items`, by kind; one may hold several records."""
    kinds: dict[str, tuple[list[int], list[object]]] = {}
    unusable: list[tuple[int, Item]] = []
    place = 0
    for item in items:
        for one in [item] if item.fault else _opened(item.record, known):
            if place == limits.records:
                raise _too_many(limits.records)
            if one.fault or one.kind is None:
                unusable.append((place, one))
            else:
                places, values = kinds.setdefault(one.kind, ([], []))
                places.append(place)
                values.append(one.record)
            place += 1
    return Found(kinds, unusable)


def _document(body: bytes, envelope: Envelope) -> list[object] | None:
    """The values of a JSON document; None where it is none, but may be one value a line."""
    try:
        found = msgspec.json.decode(body)
    except _BROKEN as error:
        if envelope.media_type not in {"application/json", ""} and b"\n" in body.strip():
            return None
        raise UsageError(
            "json-broken",
            _("The JSON cannot be read: %(reason)s; nothing was taken.") % {"reason": error},
            _("Mend it, or send one object a line as application/x-ndjson: a broken line harms no other."),
        ) from error
    return found if isinstance(found, list) else [found]


def _lines(body: bytes, limits: Limits) -> list[Item]:
    lines = [line for line in body.split(b"\n") if line.strip()]
    if len(lines) > limits.records:
        raise _too_many(limits.records)
    return [_line(line) for line in lines]


def _line(line: bytes) -> Item:
    try:
        return Item(None, msgspec.json.decode(line))
    except _BROKEN:
        return Item(None, line.decode("utf-8", "replace"), "no-json")


def _opened(found: object, kind: str | None) -> Iterator[Item]:
    """The records in one JSON value: itself, those of an event, or those it wraps with their kind."""
    if isinstance(found, dict):
        if "specversion" in found and ("data" in found or "data_base64" in found):
            yield from _event(found, kind)
            return
        named = found.get("kind")
        if kind is None and isinstance(named, str) and len(found) == 2:
            if isinstance(several := found.get("records"), list):
                yield from (Item(named, one) for one in several)
                return
            if "record" in found:
                yield Item(named, found["record"])
                return
    yield Item(kind, found)


def _event(event: Mapping[str, object], kind: str | None) -> Iterator[Item]:
    named = event.get("type")
    wrong = next((name for name in ("id", "source", "type") if not _is_text(event.get(name))), None)
    if event["specversion"] != "1.0":
        wrong = "specversion"
    if wrong:
        yield Item(kind, dict(event), f"cloudevent: {wrong}")
        return
    kind = kind or kind_of(str(named))
    data = event.get("data")
    if "data_base64" in event:
        try:
            data = msgspec.json.decode(base64.b64decode(str(event["data_base64"]), validate=True))
        except (*_BROKEN, binascii.Error, ValueError):
            yield Item(kind, dict(event), "cloudevent: data_base64")
            return
    yield from (Item(kind, one) for one in (data if isinstance(data, list) else [data]))


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value)


def _too_many(most: int) -> UsageError:
    return UsageError(
        "body-too-large",
        _("The request has more than %(most)d records; nothing was taken.") % {"most": most},
        _("Send fewer records at a time."),
    )
