"""Records on their way into a kind's table: what is to be written, and what it takes the place of.

Two temporary tables a kind, so that whoever follows the records (the ledger) sees both before anything is
overwritten.
"""

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import TypeAlias

import duckdb

from troth.blueprint.schema import RecordKind
from troth.intake.sql import count
from troth.store.tables import has_derived_key, hashes, kept, quoted, record_columns, record_table

Around: TypeAlias = Callable[[tuple[str, ...]], AbstractContextManager[None]]
"""What goes on around the writing of the kinds' fresh records, in the same transaction."""


def fresh(kind: str) -> str:
    """The records to be written: declared columns, readings of comments, `_key`, `_row`, and the hashes."""
    return f"temp.{quoted(f'fresh {kind}')}"


def replaced(kind: str) -> str:
    """The table of the records whose place they take: all columns of the kind's table, and `_place`."""
    return f"temp.{quoted(f'replaced {kind}')}"


def set_out(
    connection: duckdb.DuckDBPyConnection, kind: str, there: Iterable[str], rows: str, stored: str
) -> None:
    """Fill both tables.

    `there` are the columns of the kind's table; `rows` is a SELECT of the declared columns, the
    readings of comments, `_key` and `_row`; `stored` one of `rowid AS _place` and all columns of the records
    that are replaced.
    """
    extra = "".join(f", {sql} AS {quoted(name)}" for name, sql in hashes(there).items())
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE {quoted(f'fresh {kind}')} AS SELECT *{extra} FROM ({rows})"
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {quoted(f'replaced {kind}')} AS {stored}")


def write(connection: duckdb.DuckDBPyConnection, name: str, kind: RecordKind, import_no: int) -> None:
    """Put the fresh records in the place of the replaced ones."""
    table = record_table(name)
    if count(connection, f"SELECT count(*) FROM {replaced(name)}"):
        connection.execute(f"DELETE FROM {table} WHERE rowid IN (SELECT _place FROM {replaced(name)})")
    columns = [*kept(kind.columns), *hashes(record_columns(connection, name)), "_row"]
    if not has_derived_key(connection, name):
        columns.append("_key")
    written = ", ".join(map(quoted, columns))
    connection.execute(
        f"INSERT INTO {table} ({written}, _import) SELECT {written}, {import_no} FROM {fresh(name)}"
    )


def clear(connection: duckdb.DuckDBPyConnection, kinds: Iterable[str]) -> None:
    """Drop both tables of every kind."""
    for kind in kinds:
        connection.execute(f"DROP TABLE IF EXISTS {fresh(kind)}; DROP TABLE IF EXISTS {replaced(kind)}")
