"""The functions that expressions may call: those that DuckDB, PostgreSQL and Spark calculate alike."""

from typing import Any

from sqlglot import exp

from troth.blueprint.expressions.operators import unit
from troth.blueprint.expressions.translator import Builder, Translator
from troth.blueprint.expressions.typed import Typed, cast
from troth.texts import _


def _text(translator: Translator, node: exp.Expr) -> Typed:
    return Typed(type(node)(this=translator.of(node.this, "text").tree), "text")


def _length(translator: Translator, node: exp.Expr) -> Typed:
    return Typed(exp.Length(this=translator.of(node.this, "text").tree), "integer")


def _replace(translator: Translator, node: exp.Expr) -> Typed:
    if node.args.get("replacement") is None:
        raise translator.fault(node, _("replace() wants a text, what to replace, and by what."))
    parts = {
        name: translator.of(node.args[name], "text").tree for name in ("this", "expression", "replacement")
    }
    return Typed(exp.Replace(**parts), "text")


def _substring(translator: Translator, node: exp.Expr) -> Typed:
    places = {name: node.args[name] for name in ("start", "length") if node.args.get(name) is not None}
    if (
        "start" not in places
        or not all(_whole(place) for place in places.values())
        or places["start"].this == "0"
    ):
        raise translator.fault(node, _("substring() wants a text, a first position from 1 on, and a length."))
    numbers = {name: exp.Literal.number(int(place.this)) for name, place in places.items()}
    return Typed(exp.Substring(this=translator.of(node.this, "text").tree, **numbers), "text")


def _concat(translator: Translator, node: exp.Expr) -> Typed:
    parts = [translator.of(part, "text").tree for part in node.expressions]
    return Typed(exp.Concat(expressions=parts, safe=True, coalesce=True), "text")


def _joined(translator: Translator, node: exp.Expr) -> Typed:
    left, right = (translator.of(side, "text").tree for side in (node.this, node.expression))
    return Typed(exp.DPipe(this=left, expression=right, safe=True), "text")


def _number(translator: Translator, node: exp.Expr) -> Typed:
    return Typed(type(node)(this=translator.number(node.this)), "number")


def _round(translator: Translator, node: exp.Expr) -> Typed:
    digits = node.args.get("decimals")
    if digits is not None and not (_whole(digits) and int(digits.this) <= 9):
        raise translator.fault(node, _("round() wants a number, and how many decimals to keep, 0 to 9."))
    value = translator.number(node.this)
    if digits is None or int(digits.this) == 0:
        return Typed(exp.Round(this=value), "number")
    shift = cast(Typed(exp.Literal.number(10 ** int(digits.this)), "integer"), "number")
    shifted = exp.Round(this=exp.Mul(this=exp.Paren(this=value), expression=shift))
    return Typed(exp.Paren(this=exp.Div(this=shifted, expression=shift.copy())), "number")


def _first_of(translator: Translator, node: exp.Expr) -> Typed:
    (first, *others), shared = translator.alike([node.this, *node.expressions])
    if not others:  # Spark has no greatest of one
        return Typed(exp.Paren(this=first), shared)
    if type(node) is exp.Coalesce:
        return Typed(exp.Coalesce(this=first, expressions=others), shared)
    return Typed(type(node)(this=first, expressions=others, ignore_nulls=True), shared)


def _nullif(translator: Translator, node: exp.Expr) -> Typed:
    (value, other), shared = translator.alike([node.this, node.expression])
    return Typed(exp.Nullif(this=value, expression=other), shared)


def _date_diff(translator: Translator, node: exp.Expr) -> Typed:
    part = unit(translator, node, _SPANS)
    if not node.args.get("date_part_boundary"):
        raise translator.fault(node, _("The unit must be quoted: date_diff('day', placed_at, shipped_at)."))
    end, start = (cast(translator.of(side, "time", "date"), "time") for side in (node.this, node.expression))
    return Typed(exp.DateDiff(this=end, expression=start, unit=part, date_part_boundary=True), "integer")


def _date_trunc(translator: Translator, node: exp.Expr) -> Typed:
    value = translator.of(node.this, "time", "date")
    start = exp.TimestampTrunc(this=cast(value, "time"), unit=unit(translator, node))
    return Typed(cast(Typed(start, "time"), value.type), value.type)


def _extract(translator: Translator, node: exp.Expr) -> Typed:
    named = exp.Extract(unit=exp.Var(this=node.this.name)) if type(node) is exp.Extract else None
    source = node.expression if named else node.this
    part = unit(translator, named or exp.Extract(unit=exp.Var(this=type(node).__name__)), _PARTS)
    value = cast(translator.of(source, "time", "date"), "time")
    return Typed(exp.Extract(this=part, expression=value), "integer")


def _whole(node: exp.Expr) -> bool:
    return type(node) is exp.Literal and str(node.this).isdigit() and len(node.this) <= 6


def _builder(build: Any, *arguments: str) -> Builder:  # noqa: ANN401 - every node type is an exp.Expr
    return Builder(build, frozenset(arguments))


_SPANS = ("SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "QUARTER", "YEAR")
_PARTS = ("MINUTE", "HOUR", "DAY", "MONTH", "QUARTER", "YEAR")
FUNCTIONS: dict[type[exp.Expr], Builder] = {
    exp.Lower: _builder(_text, "this"),
    exp.Upper: _builder(_text, "this"),
    exp.Trim: _builder(_text, "this"),
    exp.Length: _builder(_length, "this"),
    exp.Replace: _builder(_replace, "this", "expression", "replacement"),
    exp.Substring: _builder(_substring, "this", "start", "length"),
    exp.Concat: _builder(_concat, "expressions", "safe", "coalesce"),
    exp.DPipe: _builder(_joined, "this", "expression", "safe"),
    exp.Abs: _builder(_number, "this"),
    exp.Floor: _builder(_number, "this"),
    exp.Ceil: _builder(_number, "this"),
    exp.Round: _builder(_round, "this", "decimals"),
    exp.Coalesce: _builder(_first_of, "this", "expressions"),
    exp.Least: _builder(_first_of, "this", "expressions", "ignore_nulls"),
    exp.Greatest: _builder(_first_of, "this", "expressions", "ignore_nulls"),
    exp.Nullif: _builder(_nullif, "this", "expression"),
    exp.DateDiff: _builder(_date_diff, "this", "expression", "unit", "date_part_boundary"),
    exp.TimestampTrunc: _builder(_date_trunc, "this", "unit"),
    exp.Extract: _builder(_extract, "this", "expression"),
    **{
        node: _builder(_extract, "this")
        for node in (exp.Year, exp.Quarter, exp.Month, exp.Day, exp.Hour, exp.Minute)
    },
}
