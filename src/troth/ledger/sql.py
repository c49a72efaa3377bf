"""The ledger's SQL: composed in DuckDB's dialect, checked node by node, rendered for an engine by sqlglot.

Transpiling is no proof: sqlglot passes much through unchanged. So a statement may only be made of node
types that the conformance suite has seen to mean the same everywhere, by exact type (`isinstance` would let
TRY_CAST pass as a CAST). What engines spell too differently is written as one of the functions in
`_SPELLINGS`.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias, get_args

import sqlglot
from sqlglot import exp

from troth.blueprint.expressions import spelled

Dialect: TypeAlias = Literal["duckdb", "postgres", "spark"]
DIALECTS: tuple[Dialect, ...] = get_args(Dialect)

EPOCH_MS = "troth_epoch_ms"
"""Function of a TIMESTAMP in UTC: its epoch milliseconds as BIGINT, rounded down, so that a time stays in its
day."""

EXPRESSION = "troth_expression"
"""Stands for one of the blueprint's expressions, by its number."""

DAY_MS = 86_400_000

_ALLOWED: frozenset[type[exp.Expr]] = frozenset({
    exp.Add, exp.Alias, exp.And, exp.Anonymous, exp.Between, exp.Boolean, exp.Case, exp.Cast,
    exp.Coalesce, exp.Column, exp.Count, exp.DataType, exp.EQ, exp.Filter, exp.Floor, exp.From, exp.GT,
    exp.GTE, exp.Group, exp.Having, exp.Identifier, exp.If, exp.In, exp.IntDiv, exp.Is, exp.Join,
    exp.LT, exp.LTE, exp.Literal, exp.Max, exp.Mul, exp.NEQ, exp.Neg, exp.Not, exp.Null, exp.Nullif,
    exp.Or, exp.Order, exp.Ordered, exp.Paren, exp.RowNumber, exp.Select, exp.Star, exp.Sub,
    exp.Subquery, exp.Substring, exp.Sum, exp.Table, exp.TableAlias, exp.Tuple, exp.Union, exp.Values,
    exp.Where, exp.Window,
})  # fmt: skip
_WIDE = exp.DataType.build("DECIMAL(38, 0)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement of the ledger.

    Attributes:
        name: short, unique among the statements that belong together.
        purpose: what it answers, in the reader's language.
        sql: the text, for the engine that it was rendered for.
    """

    name: str
    purpose: str
    sql: str


def literal(value: str) -> str:
    """`value` as a string literal."""
    return exp.Literal.string(value).sql("duckdb")


def values(rows: Iterable[tuple[int, ...]]) -> str:
    """Rows of integers for a VALUES clause."""
    return ", ".join(f"({', '.join(map(str, row))})" for row in rows)


_NUMBER = re.compile(r"(?<![\w.])[0-9]{4,18}(?![\w.])")
_STANDS_FOR = 7_310_254_866_193_000_000
_STAND_IN = re.compile(r"(?<![0-9])7310254866193[0-9]{6}(?![0-9])")


def render(
    text: str, dialect: Dialect = "duckdb", *, checked: tuple[exp.Expr, ...] = (), pretty: bool = False
) -> str:
    """A statement composed in DuckDB's dialect as the text of another.

    Args:
        text: one statement. Where it reads `troth_expression(i)`, the i-th of `checked` is put.
        dialect: the engine's.
        checked: expressions of the blueprint, which have passed a gate of their own.
        pretty: over several lines, for people.

    Raises:
        ValueError: a node of a type that is not known to mean the same on every engine.
    """
    if checked or pretty:
        return _rendered(text, dialect, checked, pretty=pretty)
    # Which moment and which customers are asked about makes no other statement: it is worked out once.
    numbers: list[str] = []

    def stand_in(found: re.Match[str]) -> str:
        numbers.append(found[0])
        return str(_STANDS_FOR + len(numbers) - 1)

    plain = _rendered(_NUMBER.sub(stand_in, text), dialect, checked, pretty=pretty)
    return _STAND_IN.sub(lambda found: numbers[int(found[0]) - _STANDS_FOR], plain)


@lru_cache(maxsize=256)
def _rendered(text: str, dialect: Dialect, checked: tuple[exp.Expr, ...], *, pretty: bool) -> str:
    tree = sqlglot.parse_one(text, dialect="duckdb")
    for node in tree.walk():
        named = str(node.this).lower() if type(node) is exp.Anonymous else EXPRESSION
        if type(node) not in _ALLOWED or named not in {EXPRESSION, *_SPELLINGS}:
            raise ValueError(f"{type(node).__name__} is not in the portable subset: {node.sql('duckdb')}")
    for node in reversed(list(tree.walk())):  # a node's parts come before it
        spelled = _spelled(node, dialect, checked)
        if spelled is not node:
            node.replace(spelled)
    return tree.sql(dialect, pretty=pretty)


def _spelled(node: exp.Expr, dialect: Dialect, checked: tuple[exp.Expr, ...]) -> exp.Expr:
    kind = type(node)
    if kind is exp.Anonymous:
        name, argument = str(node.this).lower(), node.expressions[0]
        if name == EXPRESSION:
            return exp.Paren(this=spelled(checked[int(argument.name)], dialect))
        return _SPELLINGS[name][dialect](argument.copy())
    if dialect != "duckdb" and kind is exp.DataType and node.this is exp.DataType.Type.INT128:
        return _WIDE.copy()
    if dialect == "spark" and kind is exp.Sum:  # its sum of BIGINT is a BIGINT
        return exp.Sum(this=exp.Cast(this=node.this.copy(), to=_WIDE.copy()))
    if dialect == "postgres" and kind is exp.IntDiv:  # DIV() would make it NUMERIC
        return exp.Div(this=node.this.copy(), expression=node.expression.copy(), typed=True)
    return node


def _duckdb_epoch(time: exp.Expr) -> exp.Expr:
    full = exp.TimestampTrunc(this=time, unit=exp.Var(this="MILLISECOND"))  # EPOCH_MS rounds
    return exp.Anonymous(this="EPOCH_MS", expressions=[full])


def _postgres_epoch(time: exp.Expr) -> exp.Expr:
    seconds = exp.Extract(this=exp.Var(this="EPOCH"), expression=time)
    return exp.cast(exp.Floor(this=exp.Mul(this=seconds, expression=exp.Literal.number(1000))), "BIGINT")


def _spark_epoch(time: exp.Expr) -> exp.Expr:  # the session's time zone is UTC
    return exp.Anonymous(this="UNIX_MILLIS", expressions=[exp.cast(time, "TIMESTAMPLTZ")])


_SPELLINGS: dict[str, dict[Dialect, Callable[[exp.Expr], exp.Expr]]] = {
    EPOCH_MS: {"duckdb": _duckdb_epoch, "postgres": _postgres_epoch, "spark": _spark_epoch}
}
