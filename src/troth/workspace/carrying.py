"""From parcels to the ledger: columns to Arrow, one step for all kinds, what was refused to quarantine."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import pyarrow as pa

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake.comments import headers_of, masked_row
from troth.intake.importing import declared_kind
from troth.intake.keeping import next_import
from troth.intake.readers.values import text
from troth.store import Store
from troth.store.office.inbox import Waiting
from troth.store.office.parcels import Contents, Refused, Value, unpacked

_ARROW = {
    "text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(),
    "date": pa.date32(), "time": pa.timestamp("us"), "comment": pa.string(),
}  # fmt: skip
_EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC, like all times of the ledger
SOURCE = "inbox"
"""Where records came from, as the list of imports says it."""

OVERTAKEN = "declared-anew"
"""Why a record is in quarantine that was taken before its kind was declared anew."""


@dataclass(slots=True)
class Load:
    """What is carried in one step, by kind; `refused` goes to quarantine."""

    arrivals: dict[str, pa.Table] = field(default_factory=dict)
    refused: dict[str, list[Refused]] = field(default_factory=dict)


def loaded(blueprint: Blueprint, waiting: Sequence[Waiting]) -> Load:
    """The parcels' records by kind, in the order of arrival, with the types that are declared now.

    A parcel that was judged by another declaration than today's goes to quarantine, to be read anew.
    """
    load = Load()
    contents: dict[str, list[Contents]] = {}
    for one in waiting:
        contents.setdefault(one.kind, []).append(unpacked(one.body))
    for name, several in contents.items():
        kind = declared_kind(blueprint, name) if name in {*blueprint.records, READY_MADE} else None
        refused = list(chain.from_iterable(one.refused for one in several))
        good: list[Contents] = []
        for content in several:
            if kind is not None and _fits(kind, content):
                good.append(content)
            else:
                refused.extend(_overtaken(kind, content))
        if refused:
            load.refused[name] = refused
        if kind is not None and any(map(_length, good)):
            load.arrivals[name] = _table(kind, good)
    return load


def quarantine(store: Store, refused: Mapping[str, Sequence[Refused]], now_ms: int) -> None:
    """Keep what cannot be used, in the open transaction; what is there already stays as it is."""
    for name, rows in refused.items():
        table = pa.table(
            {
                "row_no": pa.array(range(1, len(rows) + 1), pa.int64()),
                "reason": pa.array([row.code for row in rows], pa.string()),
                "column_name": pa.array([row.column for row in rows], pa.string()),
                "detail": pa.array([row.detail for row in rows], pa.string()),
                "row_json": pa.array([row.row for row in rows], pa.string()),
                "_key": pa.array([row.key for row in rows], pa.string()),
            }
        )
        connection = store.connection
        connection.register("refused_rows", table)
        try:
            import_no = next_import(store)
            [(n,)] = connection.execute(
                """
                INSERT INTO quarantine
                    (import_no, kind, row_no, reason, column_name, detail, row_json, _key)
                SELECT $import_no, $kind, min(row_no), reason, column_name, detail, row_json, _key
                FROM refused_rows AS r
                WHERE NOT EXISTS (
                    SELECT 1 FROM quarantine AS q WHERE q.kind = $kind AND q.row_json = r.row_json)
                GROUP BY ALL
                """,
                {"import_no": import_no, "kind": name},
            ).fetchall()
            if n:
                connection.execute(
                    "INSERT INTO import_run VALUES (?, ?, ?, ?, ?, ?, 0, 0, 0, 0, ?)",
                    [import_no, name, SOURCE, now_ms, now_ms, n, n],
                )
        finally:
            connection.unregister("refused_rows")


def _fits(kind: RecordKind, contents: Contents) -> bool:
    """Whether its columns are declared with the types it was judged by; new columns are empty in it."""
    declared = {name: column.type for name, column in kind.columns.items()}
    return all(declared.get(name, type_) == type_ for name, type_ in contents.types.items())


def _length(contents: Contents) -> int:
    return len(next(iter(contents.columns.values()), ()))


def _table(kind: RecordKind, several: Sequence[Contents]) -> pa.Table:
    arrays = {}
    for name, column in kind.columns.items():
        values: list[Value] = []
        for one in several:
            values.extend(one.columns[name] if name in one.columns else [None] * _length(one))
        match column.type:
            case "date":
                arrays[name] = pa.array(values, pa.int32()).cast(_ARROW["date"])
            case "time":
                arrays[name] = pa.array(values, pa.int64()).cast(_ARROW["time"])
            case type_:
                arrays[name] = pa.array(values, _ARROW[type_])
    return pa.table(arrays)


def _overtaken(kind: RecordKind | None, contents: Contents) -> Iterator[Refused]:
    """The records as a file would have them, by the headers of today's declaration where there is one."""
    sources = {name: column.source or name for name, column in kind.columns.items()} if kind else {}
    comments = headers_of(kind) if kind else set()
    headers = [sources.get(name, name) for name in contents.columns]
    types = [contents.types[name] for name in contents.columns]
    for row in zip(*contents.columns.values(), strict=True):
        texts = [_text(value, type_) for value, type_ in zip(row, types, strict=True)]
        whole = json.dumps(dict(zip(headers, texts, strict=True)), ensure_ascii=False)
        yield Refused(OVERTAKEN, None, None, None, masked_row(whole, comments) if comments else whole)


def _text(value: Value, type_: str) -> str | None:
    if value is None:
        return None
    if type_ == "date":
        return (_EPOCH + dt.timedelta(days=int(value))).date().isoformat()
    if type_ == "time":
        return (_EPOCH + dt.timedelta(microseconds=int(value))).isoformat() + "Z"
    return text(value)
