"""What the records and the quarantine hold of one person: read out, and removed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import duckdb

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake import experiences
from troth.intake.headers import places_of
from troth.intake.personal import by_link, own_ids
from troth.intake.persons import is_theirs, stored_kinds
from troth.intake.sql import count, literal
from troth.store import Store
from troth.store.tables import comments, kept, quoted, record_columns, record_table

_BORDER = r"[^\pL\pN_.@+-]"
"""What may stand beside an id in a line that could not be taken apart: nothing that could be a part of it."""


def records(store: Store, blueprint: Blueprint) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """By kind, the records of who is meant (`persons.mean`): columns, `_key`, where from and when.

    Comments have their readings beside them (`troth.reading.encoding`).
    """
    for name, kind in stored_kinds(store, blueprint).items():
        there = record_columns(store.connection, name)
        names = [column for column in kept(kind.columns) if column in there]
        columns = ", ".join(f"r.{quoted(column)}" for column in names)
        found = store.connection.sql(
            f"SELECT {columns}, r._key, i.source AS _source, i.finished_ms AS _imported_ms"
            f" FROM (SELECT * FROM {record_table(name)} WHERE {is_theirs(blueprint, kind)}) AS r"
            " LEFT JOIN import_run AS i ON i.import_no = r._import ORDER BY r._key"
        ).to_arrow_table()
        if found.num_rows:
            yield name, found.to_pylist()


def written(store: Store, blueprint: Blueprint) -> list[str]:
    """The comments of who is meant, as they rest."""
    found: list[str] = []
    for name, kind in stored_kinds(store, blueprint).items():
        there = record_columns(store.connection, name)
        for column in comments(kind.columns):
            if column in there:
                rows = store.connection.execute(
                    f"SELECT DISTINCT {quoted(column)} FROM {record_table(name)}"
                    f" WHERE {quoted(column)} IS NOT NULL AND {is_theirs(blueprint, kind)}"
                ).fetchall()
                found += [text for (text,) in rows]
    return found


def remove_records(store: Store, blueprint: Blueprint) -> dict[str, int]:
    """Delete the records of who is meant, in the open transaction; how many, by kind."""
    return {
        name: count(store.connection, f"DELETE FROM {record_table(name)} WHERE {is_theirs(blueprint, kind)}")
        for name, kind in stored_kinds(store, blueprint).items()
    }


def quarantined(store: Store, blueprint: Blueprint) -> list[dict[str, Any]]:
    """The quarantined rows of who is meant, as they came."""
    rows = store.connection.execute(
        "SELECT kind, import_no, row_no, reason, column_name, detail, row_json FROM quarantine"
        f" WHERE rowid IN ({found_raw(store, blueprint)}) ORDER BY import_no, row_no"
    ).fetchall()
    names = ("kind", "import_no", "row_no", "reason", "column", "detail")
    return [{**dict(zip(names, row, strict=False)), "row": json.loads(row[-1])} for row in rows]


def remove_quarantined(store: Store, blueprint: Blueprint) -> int:
    """Delete them, in the open transaction; how many."""
    return count(store.connection, f"DELETE FROM quarantine WHERE rowid IN ({found_raw(store, blueprint)})")


def found_raw(store: Store, blueprint: Blueprint, table: str = "quarantine") -> str:
    """SELECT of the row ids in a table of rows as they came (`kind`, `row_json`)."""
    kinds = {**blueprint.records, READY_MADE: experiences.KIND}
    there = store.connection.execute(f"SELECT DISTINCT kind FROM {table}").fetchall()
    parts = [_found_of(store.connection, name, kinds[name], table) for (name,) in there if name in kinds]
    return " UNION ALL ".join(parts) or "SELECT NULL::BIGINT WHERE FALSE"


def _found_of(connection: duckdb.DuckDBPyConnection, name: str, kind: RecordKind, table: str) -> str:
    rows = f"(SELECT rowid AS place, row_json FROM {table} WHERE kind = {literal(name)})"
    headers = [
        str(header)
        for (header,) in connection.execute(
            f"SELECT DISTINCT unnest(json_keys(row_json)) AS key FROM {rows} ORDER BY key"
        ).fetchall()
    ]
    ids, keys = "SELECT id FROM temp.person_id", "SELECT key FROM temp.person_key WHERE kind = "
    tests = [(text, ids) for column in own_ids(kind) for text in _texts(kind, column, headers)]
    link = by_link(kind)
    if link is not None:
        tests += [(text, f"{keys}{literal(link.to)}") for text in _texts(kind, link.by, headers)]
        ids = f"{ids} UNION {keys}{literal(link.to)}"
    line = "json_extract_string(row_json, '$._line')"
    around = f"'(^|{_BORDER})' || regexp_escape(id) || '({_BORDER}|$)'"
    torn = f"SELECT place FROM {rows}, ({ids}) AS p(id) WHERE regexp_matches({line}, {around})"
    read = [f"SELECT place FROM {rows} WHERE trim({text}) IN ({of})" for text, of in tests]
    return " UNION ALL ".join([*read, torn])


def _texts(kind: RecordKind, column: str, headers: list[str]) -> Iterator[str]:
    """SQL for the column's text in a kept row, for every way in which files spelt its header."""
    wanted = kind.columns[column].source or column
    for place in places_of(wanted, headers):
        pointer = "/" + headers[place].replace("~", "~0").replace("/", "~1")
        yield f"json_extract_string(row_json, {literal(pointer)})"
    if wanted != column and column in headers:
        yield f"json_extract_string(row_json, {literal('/' + column)})"
