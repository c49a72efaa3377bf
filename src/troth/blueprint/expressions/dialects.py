"""What engines spell differently though sqlglot passes it through: one entry a node type and engine.

DuckDB's meaning counts. A spelling names its operand once, so that nesting does not multiply it.
"""

from collections.abc import Callable, Mapping

import sqlglot
from sqlglot import exp


def spelled(tree: exp.Expr, dialect: str) -> exp.Expr:
    """A copy of a compiled tree that means on the engine of `dialect` what it means on DuckDB."""
    spellings = _SPELLINGS.get(dialect, {})
    root = tree.copy()
    for node in reversed(list(root.walk())):  # a node's parts come before it
        if spell := spellings.get(type(node)):
            mended = spell(node)
            root = mended if node is root else root
            node.replace(mended)
    return root


def _postgres_round(node: exp.Expr) -> exp.Expr:
    """Halves away from zero: ROUND of a DOUBLE goes to the even neighbour; a plain cast keeps 15 digits."""
    exact = exp.cast(exp.cast(node.this, "TEXT"), "DECIMAL")
    return exp.cast(exp.Round(this=exact), "DOUBLE")


def _spark_whole(node: exp.Expr) -> exp.Expr:
    """A DOUBLE: FLOOR and CEIL give a BIGINT and fail where it does not fit. Beyond 2^52 all are whole."""
    name = "FLOOR" if type(node) is exp.Floor else "CEIL"
    whole = f"CASE WHEN ABS(v) < 4503599627370496 THEN CAST({name}(v) AS DOUBLE) ELSE v END"
    mended = sqlglot.parse_one(f"ELEMENT_AT(TRANSFORM(ARRAY(x), v -> {whole}), 1)", dialect="spark")
    operand = next(column for column in mended.find_all(exp.Column) if column.name == "x")
    operand.replace(node.this)
    return mended


def _spark_date_diff(node: exp.Expr) -> exp.Expr:
    """The borders between two times: Spark counts full hours, days … from one to the other."""
    unit = node.args["unit"]
    end, start = (
        exp.TimestampTrunc(this=side, unit=unit.copy()) for side in (node.this, node.args["expression"])
    )
    return exp.DateDiff(this=end, expression=start, unit=unit.copy())


_SPELLINGS: Mapping[str, Mapping[type[exp.Expr], Callable[[exp.Expr], exp.Expr]]] = {
    "postgres": {exp.Round: _postgres_round},
    "spark": {exp.Floor: _spark_whole, exp.Ceil: _spark_whole, exp.DateDiff: _spark_date_diff},
}
