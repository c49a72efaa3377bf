"""Finding records by the hashes of what they are looked up by, at the cost of reading those hashes alone."""

from itertools import count

import duckdb

_FEW = 2_000
"""So many rows are fetched by their place; more by a scan of the table, which is quicker then."""

_numbers = count()


def places_of(connection: duckdb.DuckDBPyConnection, table: str, column: str, hashes: str) -> str:
    """A condition on the rows of `table` whose `column` is one of `hashes`, a SELECT.

    The engine reads all columns of a table before it joins, so the places are looked for first: most often
    there are none, or few. The condition holds until the table is written to.
    """
    name = f"follow_places_{next(_numbers)}"
    [(found,)] = connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT rowid AS place FROM {table} WHERE {column} IN ({hashes})""").fetchall()
    if not found:
        return "false"
    return f"rowid IN (SELECT place FROM {name})" if found <= _FEW else f"{column} IN ({hashes})"
