"""Finding records by the hashes of what they are looked up by, at the cost of reading those hashes alone."""

from itertools import count

import duckdb

_FEW = 100

_numbers = count()


def rows_of(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    hashes: str,
    *,
    selected: str,
    text: str,
    wanted: str,
) -> str:
    """A SELECT of `selected` of the rows of `table` whose `text` (an expression) is in `wanted` (a SELECT).

    Looked for are those whose `column` is one of `hashes`, a SELECT of the hashes of `wanted`; it must be
    run before the table is written to. The engine reads all columns of a table before it joins, and a text
    whose hash it only thinks might do costs most, so there are three steps: the places of the hashes, what
    lies at these places, and those of it whose text is the one.
    """
    name = f"follow_places_{next(_numbers)}"
    [(found,)] = connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {name} AS
        SELECT rowid AS place FROM {table} WHERE {column} IN ({hashes})""").fetchall()
    if 0 < found <= _FEW:  # some by a hash alone, most often: reading their texts shows whether any is left
        looked_at, name = name, f"{name}_read"
        [(found,)] = connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE {name} AS
            SELECT rowid AS place FROM {table}
            WHERE rowid IN (SELECT place FROM {looked_at}) AND {text} IN ({wanted})""").fetchall()
    if not found:
        return f"SELECT {selected} FROM {table} WHERE false"
    return f"""
        SELECT * EXCLUDE (_text) FROM (
            WITH placed AS MATERIALIZED (
                SELECT {selected}, {text} AS _text FROM {table} WHERE rowid IN (SELECT place FROM {name})
            ) FROM placed)
        WHERE _text IN ({wanted})"""
