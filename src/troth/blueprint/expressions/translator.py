"""Builds a compiled expression from a syntax tree, node by node.

Nothing of the parsed tree is taken over: every node is looked up by its *exact* type, its arguments are
checked against those the builder knows, and the result is built anew with explicit casts. What is not in the
table does not exist.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from sqlglot import exp

from troth.blueprint.expressions.errors import ExpressionError
from troth.blueprint.expressions.scope import RECORD, Scope
from troth.blueprint.expressions.typed import COLUMN_TYPES, Type, Typed, cast, common, typed_null
from troth.blueprint.parameters import Settings
from troth.blueprint.unknown import unknown_column, unknown_function
from troth.errors import nearest
from troth.texts import _
from troth.vocabulary import GOOD_WEIGHT, SEVERITIES

Build = Callable[["Translator", exp.Expr], Typed]


class Builder(NamedTuple):
    """How one node type is built, and the arguments that may be set on it."""

    build: Build
    arguments: frozenset[str]


class Translator:
    """One run over one expression.

    Attributes:
        used: The columns met so far, as (table, column).
    """

    def __init__(
        self, text: str, scope: Scope, settings: Settings, builders: Mapping[type[exp.Expr], Builder]
    ) -> None:
        self.text = text
        self.scope = scope
        self.used: set[tuple[str, str]] = set()
        self._builders = builders
        self._constants = {"GOOD": GOOD_WEIGHT} | {
            severity.id: -settings.severity_weight[severity.level - 1] for severity in SEVERITIES
        }

    def typed(self, node: exp.Expr) -> Typed:
        """The node built anew, with its type."""
        if type(node) is exp.Column:
            return self._column(node)
        builder = self._builders.get(type(node))
        if builder is None:
            raise self.refusal(node)
        extra = {name for name, value in node.args.items() if value} - builder.arguments
        if extra:
            raise self.fault(
                node,
                _("“%(sql)s” is not allowed in an expression.") % {"sql": node.sql("duckdb")},
            )
        return builder.build(self, node)

    def of(self, node: exp.Expr, *types: Type) -> Typed:
        """The node, which must have one of `types`; NULL passes, and ISO text where a time is wanted."""
        value = self.typed(node)
        if value.type == "nothing":
            return Typed(typed_null(types[0]), types[0])
        if value.type in types:
            return value
        if value.type == "text" and (literal := self._moment(node, types)):
            return literal
        raise self.fault(
            node,
            _("“%(sql)s” is %(type)s; here must stand %(wanted)s.")
            % {"sql": node.sql("duckdb"), "type": type_name(value.type), "wanted": one_of(types)},
        )

    def number(self, node: exp.Expr) -> exp.Expr:
        """The node as a double: all arithmetic is done in double precision, on every engine."""
        return cast(self.of(node, "integer", "number"), "number")

    def alike(self, nodes: list[exp.Expr]) -> tuple[list[exp.Expr], Type]:
        """The nodes brought to the one type that they share, and that type."""
        values = [self.typed(node) for node in nodes]
        if any(value.type in {"date", "time"} for value in values):
            values = [self._moment(n, ("time",)) or v for n, v in zip(nodes, values, strict=True)]
        shared = common([value.type for value in values])
        if shared is None or shared == "interval":
            names = dict.fromkeys(type_name(value.type) for value in values if value.type != "nothing")
            raise self.fault(
                nodes[0],
                _("These cannot be brought together: %(types)s.") % {"types": ", ".join(names)},
            )
        return [cast(value, shared) for value in values], shared

    def fault(
        self, node: exp.Expr, message: str, hint: str = "", rule: str = "", *, allowed: tuple[str, ...] = ()
    ) -> ExpressionError:
        """The error to raise about `node`."""
        starts = [start for part in node.walk() if (start := part.meta.get("start")) is not None]
        return ExpressionError(self.text, min(starts, default=0), message, hint, rule, allowed=allowed)

    def refusal(self, node: exp.Expr) -> ExpressionError:
        """The error for a node that no builder knows."""
        if not isinstance(node, exp.Func):
            return self.fault(
                node,
                _("“%(sql)s” is not allowed in an expression.") % {"sql": _shortened(node.sql("duckdb"))},
            )
        name = node.name if isinstance(node, exp.Anonymous) else node.sql_name()
        known = callable_names(self._builders)
        return self.fault(node, *unknown_function(_shortened(name.lower()), known), allowed=known)

    def _column(self, node: exp.Column) -> Typed:
        if node.args.get("db") or node.args.get("catalog") or type(node.this) is not exp.Identifier:
            raise self.fault(node, _("“%(sql)s” is not a column.") % {"sql": _shortened(node.sql("duckdb"))})
        if not node.table and node.name in self._constants:
            value = self._constants[node.name]
            return Typed(whole_number(value), "integer")
        table, name = (node.table or RECORD).lower(), node.name.lower()
        column_type = self.scope.tables.get(table, {}).get(name)
        if column_type is None:
            raise self._unknown_column(node)
        self.used.add((table, name))
        return Typed(exp.column(name, table=table, quoted=True), column_type)

    def _unknown_column(self, node: exp.Column) -> ExpressionError:
        written = f"{node.table}.{node.name}" if node.table else node.name
        known = self.scope.names()
        elsewhere = [name for name in known if name.endswith(f".{node.name.lower()}")]
        near = elsewhere[0] if elsewhere else nearest(written, [*known, *self._constants])
        said = unknown_column(_shortened(written), known, self.scope.kind, near)
        return self.fault(node, *said, allowed=tuple(known))

    def _moment(self, node: exp.Expr, types: tuple[Type, ...]) -> Typed | None:
        if type(node) is not exp.Literal or not node.is_string:
            return None
        for wanted in types:
            if wanted in {"date", "time"}:
                return moment(self, node, wanted)
        return None


def whole_number(value: int) -> exp.Expr:
    """A literal integer, in brackets when it is negative."""
    literal = exp.Literal.number(abs(value))
    return literal if value >= 0 else exp.Paren(this=exp.Neg(this=literal))


def moment(translator: Translator, node: exp.Expr, wanted: Type) -> Typed:
    """A text literal in ISO form as a date, or as a time when it has one or `wanted` is time."""
    import datetime as dt

    text = str(node.this)
    try:
        when = dt.datetime.fromisoformat(text)
    except ValueError:
        when = None
    if when is None or when.tzinfo is not None:
        raise translator.fault(
            node,
            _("“%(text)s” is neither a date nor a time.") % {"text": _shortened(text)},
            _("Write 2026-01-31 or 2026-01-31 12:30:00 (in UTC)."),
        )
    if wanted == "date":
        return Typed(cast(Typed(exp.Literal.string(when.date().isoformat()), "text"), "date"), "date")
    return Typed(cast(Typed(exp.Literal.string(when.isoformat(sep=" ")), "text"), "time"), "time")


def callable_names(builders: Mapping[type[exp.Expr], Builder]) -> tuple[str, ...]:
    """The functions that expressions may call, by the names DuckDB gives them."""
    renamed = {"timestamp_trunc": "date_trunc", "datediff": "date_diff"}
    names = {t.sql_name().lower() for t in builders if issubclass(t, exp.Func) and t not in OPERATORS}
    return tuple(sorted(renamed.get(name, name) for name in names))


OPERATORS = frozenset({exp.And, exp.Or, exp.Case, exp.Cast, exp.Date})
"""Nodes that sqlglot counts as functions and people do not."""


def type_name(name: Type) -> str:
    """The type in the reader's language."""
    return {
        "text": _("text"),
        "integer": _("an integer"),
        "number": _("a number"),
        "boolean": _("true or false"),
        "date": _("a date"),
        "time": _("a time"),
        "interval": _("an interval"),
        "nothing": _("nothing"),
    }[name]


def one_of(types: tuple[Type, ...]) -> str:
    """The types in the reader's language, or "a value" when any column's type will do."""
    if set(types) >= set(COLUMN_TYPES):
        return _("a value")
    return _(" or ").join(type_name(name) for name in types)


def _shortened(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
