"""Comments on their way in: masked before they rest, read beside their record.

A reading stands in a column of its own (`_read_<column>`) and is always that of the masked text, so that
reading again needs no import. Equal texts are read once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake.progress import Progress
from troth.intake.sql import count
from troth.intake.staging import STAGED, Staged
from troth.store import Store
from troth.store.tables import comments, quoted, reading_column, record_columns, record_table

if TYPE_CHECKING:
    from troth.reading import Reader
    from troth.reading.assembling import Stamp

BATCH = 2_000
"""Texts that are read in one go, between two tellings of progress."""

_TEXTS, _READ = "temp.texts_to_read", "temp.texts_read"


@dataclass(frozen=True, slots=True)
class Lector:
    """Masks and reads; `fingerprint` is what its readings stand for."""

    reader: Reader
    fingerprint: str

    def masked_and_read(self, texts: Sequence[str]) -> list[tuple[str, str]]:
        """Each text masked, and its reading, in the form in which it is kept."""
        from troth.reading import masked

        kept = [masked(text) for text in texts]
        return list(zip(kept, self.readings(kept), strict=True))

    def readings(self, kept: Sequence[str]) -> list[str]:
        """The readings of texts that are masked."""
        from troth.reading import encoded

        return [encoded(reading) for reading in self.reader.read_all(kept)]


def lector(store: Store, blueprint: Blueprint) -> Lector | None:
    """Who reads the blueprint's comments in the store's folder; None where it has none.

    By the lexica that ship, the blueprint's own words, the folder's accepted model and people's corrections.
    """
    if not any(comments(kind.columns) for kind in blueprint.records.values()):
        return None
    from troth.reading.assembling import stamp

    folder = store.path.parent
    return _lector(blueprint.model_dump_json(include={"words"}), folder, stamp(folder))


@lru_cache(maxsize=4)
def _lector(words: str, folder: Path, _stamp: Stamp) -> Lector:
    """By the words' text, for a blueprint is loaded anew now and then, and its words stay."""
    from troth.blueprint.comments import Words
    from troth.reading.assembling import assembled

    own = {language: Words.model_validate(one) for language, one in json.loads(words)["words"].items()}
    return Lector(*assembled(folder, own))


def reading_fingerprint(store: Store, blueprint: Blueprint) -> str | None:
    """What readings by this blueprint stand for; None where it has no comments."""
    found = lector(store, blueprint)
    return found.fingerprint if found else None


def read_staged(store: Store, blueprint: Blueprint, staged: Staged, progress: Progress | None = None) -> None:
    """Mask and read the comments of the good staged rows, in place."""
    connection = store.connection
    for column in comments(staged.plan.kind.columns):
        name, reading = quoted(column), quoted(reading_column(column))
        connection.execute(f"ALTER TABLE {STAGED} ADD COLUMN {reading} VARCHAR")
        texts = f"SELECT {name} AS text FROM {STAGED} WHERE _problem IS NULL AND {name} IS NOT NULL"
        _read_into(connection, _needed(store, blueprint), STAGED, column, texts, progress)


def mask_raw(connection: duckdb.DuckDBPyConnection, staged: Staged) -> None:
    """Mask the comments in the texts of the staged rows that cannot be used."""
    plan = staged.plan
    if headers := {plan.headers[name] for name in comments(plan.kind.columns) if name in plan.headers}:
        _mask_rows(connection, STAGED, "_raw", "_raw IS NOT NULL", headers)


def masked_row(row: str, headers: Iterable[str]) -> str:
    """A row of the quarantine in JSON, with the values of `headers` masked, and a whole line that is torn."""
    from troth.reading import masked

    fields = json.loads(row)
    for header in (*headers, "_line"):
        value = fields.get(header)
        if isinstance(value, str):
            fields[header] = masked(value)
    return json.dumps(fields, ensure_ascii=False)


def headers_of(kind: RecordKind) -> set[str]:
    """By which headers comments of the kind may stand in rows of the quarantine."""
    return {header for name in comments(kind.columns) for header in (name, kind.columns[name].source or name)}


def with_readings(store: Store, blueprint: Blueprint, kind: RecordKind, records: pa.Table) -> pa.Table:
    """Typed records whose comments are masked, with the readings of these beside them."""
    for column in comments(kind.columns):
        if column in records.column_names:
            texts = records[column].to_pylist()
            distinct = [text for text in dict.fromkeys(texts) if text is not None]
            found = dict(zip(distinct, _needed(store, blueprint).readings(distinct), strict=True))
            readings = pa.array([found.get(text) for text in texts], pa.string())
            records = records.append_column(reading_column(column), readings)
    return records


def note_read(store: Store, blueprint: Blueprint, name: str, kind: RecordKind) -> None:
    """Remember who reads the comments of a kind that has no records yet, in the open transaction."""
    for column in comments(kind.columns):
        store.set_setting(_setting(name, column), _needed(store, blueprint).fingerprint)


def read_anew(store: Store, blueprint: Blueprint, progress: Progress | None = None) -> bool:
    """Read stored comments that another reader has read, or none, in the open transaction.

    Whether there were any. Those of a column that was no comment before are masked, in the quarantine, too.
    """
    found = list(_outdated(store, blueprint))
    connection = store.connection
    for name, column in found:
        table, reading = record_table(name), reading_column(column)
        if reading not in record_columns(connection, name):
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(reading)} VARCHAR")
        texts = f"SELECT {quoted(column)} AS text FROM {table} WHERE {quoted(column)} IS NOT NULL"
        _read_into(connection, _needed(store, blueprint), table, column, texts, progress)
        rows = f"kind = '{name}'"
        _mask_rows(connection, "quarantine", "row_json", rows, headers_of(blueprint.records[name]))
        store.set_setting(_setting(name, column), _needed(store, blueprint).fingerprint)
    return bool(found)


def misread(store: Store, blueprint: Blueprint, most: int) -> Iterator[tuple[str, str]]:
    """Records (kind and key) whose comment reads otherwise than was kept, at most so many of a kind."""
    for name, kind in blueprint.records.items():
        there = record_columns(store.connection, name)
        for column in comments(kind.columns):
            if reading_column(column) not in there:
                continue
            text, reading = quoted(column), quoted(reading_column(column))
            found = 0
            query = f"SELECT {text}, {reading}, min(_key) FROM {record_table(name)} GROUP BY ALL"
            rows = store.connection.execute(query)
            while found < most and (batch := rows.fetchmany(BATCH)):
                said = [text for text, _kept, _key in batch if text is not None]
                anew = dict(zip(said, _needed(store, blueprint).readings(said), strict=True))
                for text, kept, key in batch:
                    if kept != anew.get(text):
                        found += 1
                        yield name, str(key)


def _outdated(store: Store, blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    for name, kind in blueprint.records.items():
        if columns := comments(kind.columns):
            there = record_columns(store.connection, name)
            for column in columns:
                known = store.setting(_setting(name, column))
                if column in there and known != _needed(store, blueprint).fingerprint:
                    yield name, column


def _setting(kind: str, column: str) -> str:
    return f"read:{kind}.{column}"


def _needed(store: Store, blueprint: Blueprint) -> Lector:
    found = lector(store, blueprint)
    assert found is not None  # noqa: S101 - who asks has a comment at hand
    return found


def _read_into(
    connection: duckdb.DuckDBPyConnection,
    reader: Lector,
    table: str,
    column: str,
    query: str,
    progress: Progress | None,
) -> None:
    """Read the distinct texts of `query`, and put them and their readings into the rows of `table`."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE texts_to_read AS
        SELECT row_number() OVER () - 1 AS n, text FROM (SELECT DISTINCT text FROM ({query}))""")
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE texts_read (text VARCHAR, kept VARCHAR, reading VARCHAR)"
    )
    whole = count(connection, f"SELECT count(*) FROM {_TEXTS}")
    for first in range(0, whole, BATCH):
        if progress:
            progress("reading", first / whole)
        rows = connection.execute(
            f"SELECT text FROM {_TEXTS} WHERE n BETWEEN {first} AND {first + BATCH - 1}"
        ).fetchall()
        texts = [text for (text,) in rows]
        read = reader.masked_and_read(texts)
        _put(connection, [(text, *both) for text, both in zip(texts, read, strict=True)])
    name, reading = quoted(column), quoted(reading_column(column))
    if whole:
        connection.execute(
            f"UPDATE {table} SET {name} = r.kept, {reading} = r.reading FROM {_READ} AS r"
            f" WHERE {table}.{name} = r.text"
        )
    connection.execute(f"DROP TABLE {_TEXTS}; DROP TABLE {_READ}")
    if progress and whole:
        progress("reading", 1.0)


def _put(connection: duckdb.DuckDBPyConnection, rows: Sequence[tuple[str, str, str]]) -> None:
    names = ("text", "kept", "reading")
    columns: Mapping[str, list[str]] = dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))
    connection.register("texts_batch", pa.table(columns))
    try:
        connection.execute(f"INSERT INTO {_READ} SELECT text, kept, reading FROM texts_batch")
    finally:
        connection.unregister("texts_batch")


def _mask_rows(
    connection: duckdb.DuckDBPyConnection, table: str, column: str, where: str, headers: Iterable[str]
) -> None:
    rows = connection.execute(f"SELECT rowid, {column} FROM {table} WHERE {where}").fetchall()
    changed = [(new, place) for place, row in rows if (new := masked_row(row, headers)) != row]
    for first in range(0, len(changed), BATCH):
        part = changed[first : first + BATCH]
        texts, places = (list(values) for values in zip(*part, strict=True))
        connection.register("masked_rows", pa.table({"place": places, "row_text": texts}))
        try:
            connection.execute(
                f"UPDATE {table} SET {column} = m.row_text FROM masked_rows AS m"
                f" WHERE {table}.rowid = m.place"
            )
        finally:
            connection.unregister("masked_rows")
