"""The expressions of a blueprint: a small, safe, portable part of SQL.

An expression is one scalar formula over a record's columns and those of its links. It comes from a file that
may have been written by anybody, so it is treated as hostile: the text passes a gate (`parsing`), and the
syntax tree is built anew from a table of known nodes (`translator`, `operators`, `functions`). Types are
checked, so that no row can make a compiled expression fail.
"""

from dataclasses import dataclass
from typing import Literal, get_args

from sqlglot import exp

from troth.blueprint.expressions.dialects import spelled
from troth.blueprint.expressions.errors import ExpressionError
from troth.blueprint.expressions.functions import FUNCTIONS
from troth.blueprint.expressions.operators import OPERATORS
from troth.blueprint.expressions.parsing import parse
from troth.blueprint.expressions.scope import RECORD, Scope
from troth.blueprint.expressions.translator import Translator, callable_names, one_of, type_name
from troth.blueprint.expressions.typed import Type
from troth.blueprint.parameters import Settings
from troth.blueprint.types import ValueType
from troth.texts import _

__all__ = ["RECORD", "Compiled", "ExpressionError", "Scope", "compile", "function_names", "spelled"]

Want = Literal["boolean", "number", "time", "predictor", "any"]
_WANTED: dict[Want, tuple[Type, ...]] = {
    "boolean": ("boolean",),
    "number": ("integer", "number"),
    "time": ("time", "date"),
    "predictor": ("boolean", "integer", "number"),
    "any": get_args(ValueType),
}
_BUILDERS = OPERATORS | FUNCTIONS
_MAX_DEPTH = 100


@dataclass(frozen=True, slots=True)
class Compiled:
    """An expression that is safe to run.

    Attributes:
        tree: The sqlglot tree; columns read `record."column"` or `<link>."column"`. Do not change it.
        type: What it gives.
        columns: The columns used, as (table, column), where table is `record` or a link.
    """

    tree: exp.Expr
    type: ValueType
    columns: frozenset[tuple[str, str]]

    @property
    def links(self) -> frozenset[str]:
        """The links whose columns are used."""
        return frozenset(table for table, _column in self.columns if table != RECORD)

    def sql(self, dialect: str = "duckdb") -> str:
        """The expression as text for an engine."""
        return spelled(self.tree, dialect).sql(dialect)


def compile(text: str, scope: Scope, settings: Settings, want: Want = "any") -> Compiled:  # noqa: A001
    """Check `text` and make it ready to run.

    Args:
        text: A scalar expression in DuckDB's dialect. `S1` … `S4` stand for minus the severity's weight,
            `GOOD` for 1000.
        scope: The columns it may name.
        settings: The weights that `S1` … `S4` stand for.
        want: What it must give: `number` an integer or number, `time` a time or a date, `predictor` a number
            or true or false, `any` a value of any column type.

    Raises:
        ExpressionError: With the place in `text`, what is wrong, and the nearest known name.

    A division by zero is NULL. All arithmetic is in double precision. Dates and times without a zone are UTC.
    """
    names = {part for name in scope.names() for part in name.split(".")} | set(scope.tables)
    tree = parse(text, names)
    _check_depth(text, tree)
    translator = Translator(text, scope, settings, _BUILDERS)
    value = translator.typed(tree)
    for given in _WANTED[want]:
        if value.type == given and given not in {"interval", "nothing"}:
            return Compiled(value.tree, given, frozenset(translator.used))  # type: ignore[arg-type]
    raise ExpressionError(
        text,
        0,
        _("The expression gives %(type)s; it must give %(wanted)s.")
        % {"type": type_name(value.type), "wanted": one_of(_WANTED[want])},
    )


def function_names() -> tuple[str, ...]:
    """The functions that an expression may call."""
    return callable_names(_BUILDERS)


def _check_depth(text: str, tree: exp.Expr) -> None:
    level = [tree]
    for _depth in range(_MAX_DEPTH):
        level = [child for node in level for child in node.iter_expressions()]
        if not level:
            return
    raise ExpressionError(text, 0, _("The expression is nested too deeply."))
