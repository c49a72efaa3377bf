"""Pieces of SQL text, and answers of one number."""

from collections.abc import Iterable, Mapping

import duckdb


def literal(value: str) -> str:
    """`value` as a string literal."""
    return "'" + value.replace("'", "''") + "'"


def choice(expression: str, cases: Mapping[str, str], otherwise: str) -> str:
    """SQL for the case that a text equals.

    DuckDB makes a join of a long IN list (and of `list_contains`), and a join does not keep the rows' order.
    """
    whens = " ".join(f"WHEN {literal(value)} THEN {result}" for value, result in cases.items())
    return f"CASE {expression} {whens} ELSE {otherwise} END" if cases else otherwise


def one_of(expression: str, values: Iterable[str]) -> str:
    """SQL that is true where a text is one of `values`, else false, NULL included."""
    return choice(expression, dict.fromkeys(values, "true"), "false")


def count(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The one number that `query` answers with."""
    rows = connection.execute(query).fetchall()
    return int(rows[0][0]) if rows else 0
