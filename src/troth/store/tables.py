"""The tables of `ledger.duckdb`, and the tables of records that follow the blueprint."""

from collections.abc import Iterable, Mapping
from typing import Protocol

import duckdb

LAYOUT = 3
LAYOUT_SETTING = "layout"

TYPES = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIMESTAMP",
    "comment": "VARCHAR",
}
"""The column types of a blueprint and how they rest; a TIMESTAMP is in UTC."""

BOOKKEEPING = {"_key": "VARCHAR", "_import": "INTEGER", "_row": "BIGINT", "_hash": "UINTEGER"}
"""What every record has beside its declared columns: its key, the import that brought it, its row there, and
the key's hash."""

HASH = "_hash"
"""The column with the hash of the key; of another column that records are looked up by, see `hash_column`."""

KEY_SEPARATOR = "\u241f"
"""Stands between the parts of a key of several columns."""

_LAYOUT = """
CREATE TABLE setting (name VARCHAR PRIMARY KEY, value VARCHAR NOT NULL);
CREATE TABLE import_run (
    import_no INTEGER PRIMARY KEY, kind VARCHAR NOT NULL, source VARCHAR NOT NULL,
    started_ms BIGINT NOT NULL, finished_ms BIGINT NOT NULL, read BIGINT NOT NULL, added BIGINT NOT NULL,
    changed BIGINT NOT NULL, same BIGINT NOT NULL, stale BIGINT NOT NULL, quarantined BIGINT NOT NULL);
CREATE TABLE quarantine (
    import_no INTEGER NOT NULL, kind VARCHAR NOT NULL, row_no BIGINT NOT NULL, reason VARCHAR NOT NULL,
    column_name VARCHAR, detail VARCHAR, row_json VARCHAR NOT NULL, _key VARCHAR);
CREATE TABLE customer (
    customer_no INTEGER NOT NULL, customer VARCHAR NOT NULL, shard SMALLINT NOT NULL,
    hash UINTEGER NOT NULL);
CREATE TABLE touchpoint (touchpoint_no SMALLINT NOT NULL, touchpoint VARCHAR NOT NULL);
CREATE TABLE source (source_no SMALLINT NOT NULL, source VARCHAR NOT NULL);
CREATE SCHEMA record;
"""

DERIVED = """
CREATE TABLE experience (
    customer_no INTEGER NOT NULL, touchpoint_no SMALLINT NOT NULL, mechanism_no TINYINT NOT NULL,
    weight INTEGER NOT NULL, severity TINYINT NOT NULL, at_ms BIGINT NOT NULL, source_no SMALLINT NOT NULL,
    record VARCHAR USING COMPRESSION zstd NOT NULL, shard SMALLINT NOT NULL, n TINYINT NOT NULL);
CREATE TABLE day_cube (
    day INTEGER NOT NULL, touchpoint_no SMALLINT NOT NULL, mechanism_no TINYINT NOT NULL,
    severity TINYINT NOT NULL, weight BIGINT NOT NULL, n BIGINT NOT NULL);
CREATE TABLE customer_segment (
    customer_no INTEGER NOT NULL, segment VARCHAR NOT NULL, value VARCHAR NOT NULL, rank BIGINT);
CREATE TABLE refresh_state (part VARCHAR PRIMARY KEY, fingerprint VARCHAR NOT NULL);
"""
"""What a refresh makes of the records, in this layout."""


class Typed(Protocol):
    """A declared column; `type` is one of `TYPES`."""

    @property
    def type(self) -> str:
        """The type's name."""


class Kind(Protocol):
    """A record kind of the blueprint, as far as its table goes."""

    @property
    def columns(self) -> Mapping[str, Typed]:
        """The declared columns by name."""


def reading_column(column: str) -> str:
    """The column with the reading of the comment in `column` (see `troth.reading.encoding`)."""
    return f"_read_{column}"


def comments(columns: Mapping[str, Typed]) -> tuple[str, ...]:
    """The columns that are comments."""
    return tuple(name for name, column in columns.items() if column.type == "comment")


def kept(columns: Mapping[str, Typed]) -> dict[str, str]:
    """What a record's table keeps of its declared `columns`: them and the readings of comments."""
    readings = {reading_column(name): "VARCHAR" for name in comments(columns)}
    return {name: TYPES[column.type] for name, column in columns.items()} | readings


def create(connection: duckdb.DuckDBPyConnection) -> None:
    """Make all tables of this layout in an empty database."""
    connection.execute(_LAYOUT)
    connection.execute(DERIVED)
    connection.execute("INSERT INTO setting VALUES (?, ?)", [LAYOUT_SETTING, str(LAYOUT)])


def quoted(name: str) -> str:
    """`name` as an identifier in SQL."""
    return '"' + name.replace('"', '""') + '"'


def hashed(text: str) -> str:
    """SQL: 32 bits of the hash of a text, by which rows are found without reading their texts."""
    return f"CAST(hash({text}) >> 32 AS UINTEGER)"


def hash_column(column: str) -> str:
    """The column with the hash of `column`, which is not the key but looked up by (a link, a customer)."""
    return f"{HASH}_{column}"


def hashes(columns: Iterable[str]) -> dict[str, str]:
    """Those of a table's `columns` that hold hashes, and the SQL of each."""
    return {
        name: hashed("_key" if name == HASH else f"CAST({quoted(name.removeprefix(f'{HASH}_'))} AS VARCHAR)")
        for name in columns
        if name == HASH or name.startswith(f"{HASH}_")
    }


def record_kinds(connection: duckdb.DuckDBPyConnection, database: str | None = None) -> list[str]:
    """The kinds that have a table in the current database, or in another one that the connection has open.

    Of copies that are being made, as for a backup, every connection sees the tables, too.
    """
    query = (
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'record'"
        " AND database_name = coalesce(?, current_database()) ORDER BY 1"
    )
    return [name for (name,) in connection.execute(query, [database]).fetchall()]


def record_table(kind: str) -> str:
    """The name of the table that holds the records of `kind`, quoted."""
    return f"record.{quoted(kind)}"


def record_columns(connection: duckdb.DuckDBPyConnection, kind: str) -> dict[str, str]:
    """The columns of the kind's table and their SQL types, in order; empty when there is no table."""
    return dict(
        connection.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database()"
            " AND schema_name = 'record' AND table_name = ? ORDER BY column_index",
            [kind],
        ).fetchall()
    )


def all_record_columns(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    """The columns of every kind's table and their SQL types, in order."""
    found: dict[str, dict[str, str]] = {}
    for kind, name, type_ in connection.execute(
        "SELECT table_name, column_name, data_type FROM duckdb_columns()"
        " WHERE database_name = current_database() AND schema_name = 'record'"
        " ORDER BY table_name, column_index"
    ).fetchall():
        found.setdefault(kind, {})[name] = type_
    return found


def has_derived_key(connection: duckdb.DuckDBPyConnection, kind: str) -> bool:
    """Whether the kind's table has its `_key` from a column, so that nothing is written to it."""
    rows = connection.execute(
        "SELECT contains(sql, 'GENERATED ALWAYS') FROM duckdb_tables() WHERE schema_name = 'record'"
        " AND table_name = ? AND database_name = current_database()",
        [kind],
    ).fetchall()
    return any(derived for (derived,) in rows)


def ensure_record_table(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    declared: Kind,
    key_column: str | None = None,
    looked_up: Iterable[str] = (),
) -> None:
    """Make the table for the records of `kind`, or give the existing one the declared columns.

    A new column is NULL in the records that are there, one that is no longer declared is dropped with its
    values, and values of a column whose type has changed are cast. With `key_column` a new table has its
    `_key` from that text column, so that a key is written and kept only once. The columns `looked_up` (beside
    the key) have a hash each.

    Raises:
        duckdb.ConversionException: a value does not fit the column's new type.
    """
    table = record_table(kind)
    wanted = kept(declared.columns)
    existing = record_columns(connection, kind)
    if not existing:
        derived = f" GENERATED ALWAYS AS ({quoted(key_column)}) VIRTUAL" if key_column else ""
        types = {**wanted, **BOOKKEEPING, "_key": f"{BOOKKEEPING['_key']}{derived}"}
        types |= {hash_column(name): BOOKKEEPING[HASH] for name in looked_up}
        columns = ", ".join(f"{quoted(name)} {type_}" for name, type_ in types.items())
        connection.execute(f"CREATE TABLE {table} ({columns})")
        return
    for name, type_ in wanted.items():
        if name not in existing:
            connection.execute(f"ALTER TABLE {table} ADD COLUMN {quoted(name)} {type_}")
        elif existing[name] != type_:
            connection.execute(f"ALTER TABLE {table} ALTER COLUMN {quoted(name)} TYPE {type_}")
    hashing = [hash_column(name) for name in looked_up]
    if any(existing.get(name, type_) != type_ for name, type_ in wanted.items()):
        hash_anew(connection, kind, existing)
    for name in existing.keys() - wanted.keys() - BOOKKEEPING.keys() - set(hashing):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {quoted(name)}")
    add_hashes(connection, kind, [HASH, *hashing])


def add_hashes(connection: duckdb.DuckDBPyConnection, kind: str, names: Iterable[str]) -> None:
    """Give the kind's table the columns of hashes `names` that it does not have yet."""
    missing = [name for name in names if name not in record_columns(connection, kind)]
    for name in missing:
        connection.execute(f"ALTER TABLE {record_table(kind)} ADD COLUMN {quoted(name)} {BOOKKEEPING[HASH]}")
    hash_anew(connection, kind, missing)


def hash_anew(connection: duckdb.DuckDBPyConnection, kind: str, names: Iterable[str]) -> None:
    """Work out the hashes in the columns `names` of the kind's table."""
    if values := ", ".join(f"{quoted(name)} = {sql}" for name, sql in hashes(names).items()):
        connection.execute(f"UPDATE {record_table(kind)} SET {values}")
