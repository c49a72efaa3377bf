"""Types of expressions, and the explicit casts that make every engine calculate alike."""

from typing import Literal, NamedTuple, get_args

from sqlglot import exp

from troth.blueprint.types import ValueType

Type = Literal["text", "integer", "number", "boolean", "date", "time", "interval", "nothing"]
"""A column's type; or an interval, which only moves a time; or nothing, the type of a bare NULL."""

COLUMN_TYPES: tuple[ValueType, ...] = get_args(ValueType)
SQL_TYPES: dict[Type, str] = {
    "text": "TEXT",
    "integer": "BIGINT",
    "number": "DOUBLE",
    "boolean": "BOOLEAN",
    "date": "DATE",
    "time": "TIMESTAMP",
}


class Typed(NamedTuple):
    """A tree that Troth has built itself, and its type."""

    tree: exp.Expr
    type: Type


def common(types: list[Type]) -> Type | None:
    """The type that values of all these types can share without loss; None when there is none.

    Integers and numbers share number, dates and times share time, and a bare NULL goes with everything.
    """
    real = set(types) - {"nothing"}
    if not real:
        return "nothing"
    if len(real) == 1:
        return real.pop()
    if real == {"integer", "number"}:
        return "number"
    if real == {"date", "time"}:
        return "time"
    return None


def typed_null(to: Type) -> exp.Expr:
    """NULL as the type `to`: engines cannot always guess it."""
    return exp.Cast(this=exp.Null(), to=exp.DataType.build(SQL_TYPES[to], dialect="duckdb"))


def cast(value: Typed, to: Type) -> exp.Expr:
    """`value` as the type `to`, by an explicit CAST unless it has it already."""
    if value.type in {to, "nothing"}:
        return value.tree
    return exp.Cast(this=value.tree, to=exp.DataType.build(SQL_TYPES[to], dialect="duckdb"))
