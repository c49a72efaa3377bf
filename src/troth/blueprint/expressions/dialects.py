"""What engines spell differently though sqlglot passes it through: one entry a node type and engine.

DuckDB's meaning is the one that counts. A spelling names its operand once, so that nesting does not multiply it.
"""

from collections.abc import Callable, Mapping
from typing import Any

import sqlglot
from sqlglot import exp

_Spelling = Callable[[Any], exp.Expr]


def spelled(tree: exp.Expr, dialect: str) -> exp.Expr:
    """A copy of a compiled tree that means on the engine of `dialect` what it means on DuckDB."""
    spellings = _SPELLINGS.get(dialect, {})
    whole = exp.Paren(this=tree.copy())
    for node in reversed(list(whole.walk())):  # a node's parts come before it
        if spell := spellings.get(type(node)):
            node.replace(spell(node))
    return whole.this


def _postgres_round(node: exp.Round) -> exp.Expr:
    """Halves away from zero: ROUND of a DOUBLE goes to the even neighbour, and a cast alone keeps 15 digits."""
    exact = exp.cast(exp.cast(node.this, "TEXT"), "DECIMAL")
    return exp.cast(exp.Round(this=exact), "DOUBLE")


def _spark_whole(node: exp.Floor | exp.Ceil) -> exp.Expr:
    """A DOUBLE: FLOOR and CEIL give a BIGINT and fail where it does not fit. Beyond 2^52 all are whole."""
    name = "FLOOR" if type(node) is exp.Floor else "CEIL"
    whole = f"CASE WHEN ABS(v) < 4503599627370496 THEN CAST({name}(v) AS DOUBLE) ELSE v END"
    return sqlglot.parse_one(f"ELEMENT_AT(TRANSFORM(ARRAY(x), v -> {whole}), 1)", dialect="spark").transform(
        lambda part: node.this.copy() if part == exp.column("x") else part
    )


def _spark_date_diff(node: exp.DateDiff) -> exp.Expr:
    """The borders between two times: Spark counts full hours, days … from one to the other."""
    end, start = (
        exp.TimestampTrunc(this=side, unit=node.unit.copy()) for side in (node.this, node.expression)
    )
    return exp.DateDiff(this=end, expression=start, unit=node.unit.copy())


_SPELLINGS: Mapping[str, Mapping[type[exp.Expr], _Spelling]] = {
    "postgres": {exp.Round: _postgres_round},
    "spark": {exp.Floor: _spark_whole, exp.Ceil: _spark_whole, exp.DateDiff: _spark_date_diff},
}
