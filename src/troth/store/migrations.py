"""From every layout that was ever released to the one of today, always forward."""

import duckdb

from troth.store import tables

_PROBE = """
    SELECT md5(string_agg(CAST(hash(left(repeat('Troth ', 20), i)) AS VARCHAR), ',' ORDER BY i))
    FROM (SELECT CAST(i AS INTEGER) AS i FROM range(100) AS t(i))"""
_HASHING = "hashing"
"""Setting: what the engine's hash gave when the hashes were worked out; another engine may hash otherwise."""


def due(connection: duckdb.DuckDBPyConnection, layout: int) -> bool:
    """Whether a ledger of `layout` must be changed before it is used."""
    return layout < tables.LAYOUT or _kept(connection) != _probe(connection)


def migrate(connection: duckdb.DuckDBPyConnection, layout: int) -> None:
    """Bring a ledger of `layout` to today's, in the open transaction."""
    for step in range(layout, tables.LAYOUT):
        _STEPS[step](connection)
    kinds = tables.record_kinds(connection)
    for kind in kinds:
        tables.hash_anew(connection, kind, tables.record_columns(connection, kind))
    connection.execute(f"UPDATE customer SET hash = {tables.hashed('customer')}")
    connection.executemany(
        "INSERT OR REPLACE INTO setting VALUES (?, ?)",
        [(tables.LAYOUT_SETTING, str(tables.LAYOUT)), (_HASHING, _probe(connection))],
    )


def _to_2(connection: duckdb.DuckDBPyConnection) -> None:
    """Hashes to look rows up by."""
    for kind in tables.record_kinds(connection):
        name = tables.quoted(tables.HASH)
        connection.execute(f"ALTER TABLE {tables.record_table(kind)} ADD COLUMN {name} UINTEGER")
    _drop_derived(connection)
    connection.execute("""
        CREATE TABLE customer_2 (
            customer_no INTEGER NOT NULL, customer VARCHAR NOT NULL, shard SMALLINT NOT NULL,
            hash UINTEGER NOT NULL);
        INSERT INTO customer_2 SELECT customer_no, customer, shard, 0 FROM customer;
        DROP TABLE customer;
        ALTER TABLE customer_2 RENAME TO customer;""")


def _to_3(connection: duckdb.DuckDBPyConnection) -> None:
    """How late the record is that told a segment's value."""
    _drop_derived(connection)


def _drop_derived(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty tables of today's layout for what is derived: the next refresh makes it anew."""
    derived = ("experience", "day_cube", "customer_segment", "refresh_state")
    standing = ("customer_state", "customer_tail", "shard_state", "segment_cube", "recent")
    for table in (*derived, *standing):
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute(tables.DERIVED)


_STEPS = {1: _to_2, 2: _to_3}


def _probe(connection: duckdb.DuckDBPyConnection) -> str:
    return str(connection.execute(_PROBE).fetchall()[0][0])


def _kept(connection: duckdb.DuckDBPyConnection) -> str | None:
    rows = connection.execute("SELECT value FROM setting WHERE name = ?", [_HASHING]).fetchall()
    return str(rows[0][0]) if rows else None
