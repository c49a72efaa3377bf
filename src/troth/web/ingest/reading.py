"""What a body holds: plain records, records that name their kind, or CloudEvents 1.0.

https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterator, Mapping
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


def items(body: bytes, envelope: Envelope, limits: Limits) -> list[Item]:
    """Every record of `body`, in its order.

    Raises:
        UsageError: `json-broken`, `body-too-large` (more records than allowed, or absurdly many values).
    """
    if sum(map(body.count, (b",", b"[", b"{", b"\n"))) > limits.signs:
        raise _too_many(limits.records)
    found = _lines(body, limits) if envelope.media_type in _LINES else _document(body, envelope)
    known = envelope.kind or (envelope.event_type and kind_of(envelope.event_type)) or None
    result: list[Item] = []
    for item in found:
        result.extend([item] if item.fault else _opened(item.record, known))
        if len(result) > limits.records:
            raise _too_many(limits.records)
    return result


def kind_of(event_type: str) -> str:
    """The record kind that a CloudEvent's type names behind its last dot: `com.example.orders`."""
    return event_type.rpartition(".")[2]


def _document(body: bytes, envelope: Envelope) -> list[Item]:
    try:
        found = msgspec.json.decode(body)
    except _BROKEN as error:
        if envelope.media_type not in {"application/json", ""} and b"\n" in body.strip():
            return _lines(body, Limits())
        raise UsageError(
            "json-broken",
            _("The JSON cannot be read: %(reason)s; nothing was taken.") % {"reason": error},
            _("Mend it, or send one object a line as application/x-ndjson: a broken line harms no other."),
        ) from error
    return [Item(None, one) for one in (found if isinstance(found, list) else [found])]


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
