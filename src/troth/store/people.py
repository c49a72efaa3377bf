"""Which tables of the ledger hold people, in one place: what is added to the ledger is added here.

The records' own tables are found by the blueprint (`intake.persons`). A test compares this list with the
ledger's tables, so that none is forgotten.
"""

from collections.abc import Iterable

import duckdb

DICTIONARY = "customer"
"""Numbers people: `customer` is the id, `customer_no` the number of all the other tables."""

BY_NUMBER = ("experience", "customer_segment", "customer_state", "customer_tail", "recent")
"""Tables with a row or more a person, by `customer_no`; the last three are there while sums stand ready."""

AS_THEY_CAME = ("quarantine",)
"""Tables that hold rows in which an id may stand."""

DERIVED_SUMS = ("day_cube", "shard_state", "segment_cube", "refresh_state")
"""Tables that are made of the records and hold sums only."""

WITHOUT_PEOPLE = ("setting", "import_run", "touchpoint", "source", *DERIVED_SUMS)
"""Tables that hold nobody."""


def number_of(connection: duckdb.DuckDBPyConnection, ids: Iterable[str]) -> list[int]:
    """The numbers of those of `ids` that have one."""
    rows = connection.execute(
        f"SELECT customer_no FROM {DICTIONARY} WHERE customer IN (SELECT unnest(?::VARCHAR[]))", [list(ids)]
    ).fetchall()
    return [int(number) for (number,) in rows]


def rows_of(connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> dict[str, int]:
    """How many rows each table has of the people with these numbers."""
    return _each(connection, "SELECT count(*) FROM", numbers)


def forget_numbers(connection: duckdb.DuckDBPyConnection, numbers: list[int]) -> dict[str, int]:
    """Delete the people's rows in every table that has them by number; how many these were, by table."""
    return _each(connection, "DELETE FROM", numbers)


def forget_derived(connection: duckdb.DuckDBPyConnection) -> None:
    """Empty all that was made of the records: it is made anew when it is asked for."""
    for table in _there(connection, (*BY_NUMBER, *DERIVED_SUMS)):
        connection.execute(f"DELETE FROM {table}")


def _each(connection: duckdb.DuckDBPyConnection, verb: str, numbers: list[int]) -> dict[str, int]:
    counts = {}
    for table in _there(connection, (*BY_NUMBER, DICTIONARY)):
        [(n,)] = connection.execute(
            f"{verb} {table} WHERE customer_no IN (SELECT unnest(?::INTEGER[]))", [numbers]
        ).fetchall()
        counts[table] = int(n)
    return counts


def _there(connection: duckdb.DuckDBPyConnection, tables: tuple[str, ...]) -> list[str]:
    rows = connection.execute(
        "SELECT table_name FROM duckdb_tables() WHERE schema_name = 'main'"
        " AND database_name = current_database()"
    ).fetchall()
    names = {name for (name,) in rows}
    return [table for table in tables if table in names]
