"""Comments on their way in: masked before they rest, read beside their record.

A reading stands in a column of its own (`_read_<column>`) and is always that of the masked text, so that
reading again needs no import. Equal texts are read once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
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

BATCH = 2_000
"""Texts that are read in one go, between two tellings of progress."""

_TEXTS, _READ = "temp.texts_to_read", "temp.texts_read"


@dataclass(frozen=True, slots=True)
class Lector:
    """Masks and reads; `fingerprint` is what its readings stand for."""

    reader: Reader
    fingerprint: str

    def read(self, text: str) -> tuple[str, str]:
        """The masked text and its reading, in the form in which it is kept."""
        from troth.reading import encoded, masked

        kept = masked(text)
        return kept, encoded(self.reader.read(kept))

    def reading(self, kept: str) -> str:
        """The reading of a text that is masked."""
        from troth.reading import encoded

        return encoded(self.reader.read(kept))


def lector(blueprint: Blueprint) -> Lector | None:
    """Who reads the blueprint's comments; None where it has none."""
    if not any(comments(kind.columns) for kind in blueprint.records.values()):
        return None
    return _lector(blueprint.model_dump_json(include={"words"}))


@lru_cache(maxsize=4)
def _lector(words: str) -> Lector:
    """By the words' text, for a blueprint is loaded anew now and then, and its words stay."""
    from troth.blueprint.comments import Words
    from troth.reading import Reader
    from troth.reading.fingerprint import fingerprint
    from troth.reading.own import own_words

    own = {language: Words.model_validate(one) for language, one in json.loads(words)["words"].items()}
    return Lector(Reader(own_words(own)), fingerprint(own))


def reading_fingerprint(blueprint: Blueprint) -> str | None:
    """What readings by this blueprint stand for; None where it has no comments."""
    found = lector(blueprint)
    return found.fingerprint if found else None


def read_staged(
    connection: duckdb.DuckDBPyConnection,
    blueprint: Blueprint,
    staged: Staged,
    progress: Progress | None = None,
) -> None:
    """Mask and read the comments of the good staged rows, in place."""
    for column in comments(staged.plan.kind.columns):
        name, reading = quoted(column), quoted(reading_column(column))
        connection.execute(f"ALTER TABLE {STAGED} ADD COLUMN {reading} VARCHAR")
        texts = f"SELECT {name} AS text FROM {STAGED} WHERE _problem IS NULL AND {name} IS NOT NULL"
        _read_into(connection, _needed(blueprint), STAGED, column, texts, progress)


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


def with_readings(blueprint: Blueprint, kind: RecordKind, records: pa.Table) -> pa.Table:
    """Typed records whose comments are masked, with the readings of these beside them."""
    for column in comments(kind.columns):
        if column in records.column_names:
            texts = records[column].to_pylist()
            found = {
                text: _needed(blueprint).reading(text) for text in dict.fromkeys(texts) if text is not None
            }
            readings = pa.array([found.get(text) for text in texts], pa.string())
            records = records.append_column(reading_column(column), readings)
    return records


def note_read(store: Store, blueprint: Blueprint, name: str, kind: RecordKind) -> None:
    """Remember who reads the comments of a kind that has no records yet, in the open transaction."""
    for column in comments(kind.columns):
        store.set_setting(_setting(name, column), _needed(blueprint).fingerprint)


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
        _read_into(connection, _needed(blueprint), table, column, texts, progress)
        rows = f"kind = '{name}'"
        _mask_rows(connection, "quarantine", "row_json", rows, headers_of(blueprint.records[name]))
        store.set_setting(_setting(name, column), _needed(blueprint).fingerprint)
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
                for said, kept, key in batch:
                    if kept != (None if said is None else _needed(blueprint).reading(said)):
                        found += 1
                        yield name, str(key)


def _outdated(store: Store, blueprint: Blueprint) -> Iterator[tuple[str, str]]:
    for name, kind in blueprint.records.items():
        if columns := comments(kind.columns):
            there = record_columns(store.connection, name)
            for column in columns:
                known = store.setting(_setting(name, column))
                if column in there and known != _needed(blueprint).fingerprint:
                    yield name, column


def _setting(kind: str, column: str) -> str:
    return f"read:{kind}.{column}"


def _needed(blueprint: Blueprint) -> Lector:
    found = lector(blueprint)
    assert found is not None  # noqa: S101 - who asks has a comment at hand
    return found


def _read_into(
    connection: duckdb.DuckDBPyConnection,
    reader: Lector,
    table: str,
    column: str,
    texts: str,
    progress: Progress | None,
) -> None:
    """Read the distinct `texts`, and put them and their readings into the rows of `table`."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE texts_to_read AS
        SELECT row_number() OVER () - 1 AS n, text FROM (SELECT DISTINCT text FROM ({texts}))""")
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
        _put(connection, [(text, *reader.read(text)) for (text,) in rows])
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
