"""How operators, literals and CASE are built."""

import math
from typing import Any

from sqlglot import exp

from troth.blueprint.expressions.translator import Builder, Translator, moment, whole_number
from troth.blueprint.expressions.typed import SQL_TYPES, Type, Typed, cast, typed_null
from troth.texts import _

_UNITS = ("MINUTE", "HOUR", "DAY", "WEEK", "MONTH", "QUARTER", "YEAR")
_WHOLE_DAYS = ("DAY", "WEEK", "MONTH", "YEAR")
_SECONDS = {
    "SECOND": 1,
    "MINUTE": 60,
    "HOUR": 3600,
    "DAY": 86_400,
    "WEEK": 604_800,
    "MONTH": 2_678_400,
    "YEAR": 31_622_400,
}
_INTERVAL_UNITS = tuple(_SECONDS)
_LONGEST_SECONDS = 100 * _SECONDS["YEAR"]
_CASTS: frozenset[tuple[Type, Type]] = frozenset({
    ("integer", "number"), ("time", "date"), ("date", "time"), ("integer", "text"), ("date", "text"),
})  # fmt: skip
_CAST_NAMES: dict[exp.DType, Type] = {
    exp.DType.INT: "integer",
    exp.DType.BIGINT: "integer",
    exp.DType.DOUBLE: "number",
    exp.DType.TEXT: "text",
    exp.DType.VARCHAR: "text",
    exp.DType.BOOLEAN: "boolean",
    exp.DType.DATE: "date",
    exp.DType.TIMESTAMP: "time",
    exp.DType.TIMESTAMPNTZ: "time",
}


def unit(translator: Translator, node: exp.Expr, allowed: tuple[str, ...] = _UNITS) -> exp.Var:
    """The calendar unit of `node`, one of `allowed`."""
    written = node.args.get("unit")
    name = written.name.upper().removesuffix("S") if type(written) is exp.Var else ""
    if name not in allowed:
        raise translator.fault(
            node,
            _("“%(unit)s” is not a unit that may stand here.") % {"unit": written.name if written else ""},
            _("Allowed are %(units)s.") % {"units": ", ".join(allowed).lower()},
            allowed=tuple(name.lower() for name in allowed),
        )
    return exp.Var(this=name)


def _literal(translator: Translator, node: exp.Expr) -> Typed:
    if node.is_string:
        return Typed(exp.Literal.string(node.this), "text")
    value = float(node.this)
    if not math.isfinite(value):
        raise translator.fault(node, _("“%(text)s” is too large a number.") % {"text": node.this})
    if str(node.this).isdigit() and int(node.this) < 2**63:
        return Typed(exp.Literal.number(int(node.this)), "integer")
    return Typed(cast(Typed(exp.Literal.number(repr(value)), "integer"), "number"), "number")


def _logic(translator: Translator, node: exp.Expr) -> Typed:
    left, right = (translator.of(side, "boolean").tree for side in (node.this, node.expression))
    return Typed(type(node)(this=left, expression=right), "boolean")


def _not(translator: Translator, node: exp.Expr) -> Typed:
    return Typed(exp.Not(this=translator.of(node.this, "boolean").tree), "boolean")


def _comparison(translator: Translator, node: exp.Expr) -> Typed:
    sides = [node.this, node.expression]
    for side in sides:
        if type(side) is exp.Null:
            raise translator.fault(
                node, _("A comparison with NULL is never true."), _("Write IS NULL or IS NOT NULL.")
            )
    (left, right), shared = translator.alike(sides)
    if shared == "boolean" and type(node) not in {exp.EQ, exp.NEQ, exp.NullSafeEQ, exp.NullSafeNEQ}:
        raise translator.fault(node, _("True and false have no order."))
    return Typed(type(node)(this=_apart(left), expression=_apart(right)), "boolean")


def _apart(side: exp.Expr) -> exp.Expr:
    """The side of a comparison, in brackets when it is one itself: engines refuse `a < b = c`."""
    return exp.Paren(this=side) if type(side) in _COMPARISONS else side


def _between(translator: Translator, node: exp.Expr) -> Typed:
    (value, low, high), _shared = translator.alike([node.this, node.args["low"], node.args["high"]])
    return Typed(exp.Between(this=value, low=low, high=high), "boolean")


def _in(translator: Translator, node: exp.Expr) -> Typed:
    if not node.expressions:
        raise translator.fault(node, _("IN wants a list of values in brackets."))
    (value, *values), _shared = translator.alike([node.this, *node.expressions])
    return Typed(exp.In(this=value, expressions=values), "boolean")


def _is(translator: Translator, node: exp.Expr) -> Typed:
    if type(node.expression) is exp.Null:
        return Typed(exp.Is(this=translator.typed(node.this).tree, expression=exp.Null()), "boolean")
    if type(node.expression) is exp.Boolean:
        truth = exp.Boolean(this=node.expression.this)
        return Typed(exp.Is(this=translator.of(node.this, "boolean").tree, expression=truth), "boolean")
    raise translator.fault(node, _("After IS may stand NULL, TRUE or FALSE."), _("Write = to compare."))


def _like(translator: Translator, node: exp.Expr) -> Typed:
    pattern = node.expression
    if type(pattern) is not exp.Literal or not pattern.is_string or "\\" in pattern.this:
        raise translator.fault(node, _("The pattern of LIKE must be a quoted text without a backslash."))
    value = translator.of(node.this, "text").tree
    match = type(node)(this=value, expression=exp.Literal.string(pattern.this))
    return Typed(exp.Not(this=match) if node.args.get("negate") else match, "boolean")


def _sum(translator: Translator, node: exp.Expr) -> Typed:
    left = translator.typed(node.this)
    if type(node.expression) is exp.Interval:
        return _moved(translator, node, left)
    if left.type in {"date", "time"}:
        raise translator.fault(
            node,
            _("A time can only be moved by an interval."),
            _("Write placed_at + INTERVAL 2 DAY; for the span between two times date_diff('day', a, b)."),
        )
    return _arithmetic(translator, node)


def _moved(translator: Translator, node: exp.Expr, left: Typed) -> Typed:
    if left.type == "text":
        left = moment(translator, node.this, "time") if type(node.this) is exp.Literal else left
    if left.type not in {"date", "time"}:
        raise translator.fault(node, _("Only a date or a time can be moved by an interval."))
    interval = node.expression
    amount = str(interval.this.this) if type(interval.this) is exp.Literal else ""
    if not amount.isdigit():
        raise translator.fault(node, _("An interval is a whole number and a unit, such as INTERVAL 2 DAY."))
    step = unit(translator, interval, _INTERVAL_UNITS)
    if int(amount) * _SECONDS[step.name] > _LONGEST_SECONDS:
        raise translator.fault(node, _("An interval is at most 100 years."))
    shift = exp.Interval(this=exp.Literal.string(str(int(amount))), unit=step)
    result: exp.Expr = type(node)(this=cast(left, "time"), expression=shift)
    if left.type == "date" and step.name in _WHOLE_DAYS:
        return Typed(cast(Typed(result, "time"), "date"), "date")
    return Typed(result, "time")


def _arithmetic(translator: Translator, node: exp.Expr) -> Typed:
    left, right = translator.number(node.this), translator.number(node.expression)
    return Typed(type(node)(this=left, expression=right), "number")


def _divided(translator: Translator, node: exp.Expr) -> Typed:
    left, right = translator.number(node.this), translator.number(node.expression)
    zero = cast(Typed(exp.Literal.number(0), "integer"), "number")
    divisor = exp.Nullif(this=right, expression=zero)
    return Typed(exp.Div(this=left, expression=divisor, typed=False, safe=False), "number")


def _remainder(translator: Translator, node: exp.Expr) -> Typed:
    left = translator.of(node.this, "integer").tree
    right = node.expression
    if type(right) is not exp.Literal or not str(right.this).isdigit() or int(right.this) == 0:
        raise translator.fault(node, _("After % must stand a whole number greater than 0."))
    return Typed(exp.Mod(this=left, expression=exp.Literal.number(int(right.this))), "integer")


def _negated(translator: Translator, node: exp.Expr) -> Typed:
    if type(node.this) is exp.Literal and str(node.this.this).isdigit() and len(node.this.this) < 18:
        return Typed(whole_number(-int(node.this.this)), "integer")
    return Typed(exp.Paren(this=exp.Neg(this=translator.number(node.this))), "number")


def _paren(translator: Translator, node: exp.Expr) -> Typed:
    inner = translator.typed(node.this)
    return Typed(exp.Paren(this=inner.tree), inner.type)


def _case(translator: Translator, node: exp.Expr) -> Typed:
    branches, default, subject = node.args["ifs"], node.args.get("default"), node.this
    if subject is None:
        conditions: list[exp.Expr] = [translator.of(branch.this, "boolean").tree for branch in branches]
    else:
        (subject, *conditions), _shared = translator.alike([subject, *(branch.this for branch in branches)])
    values = [branch.args["true"] for branch in branches]
    results, shared = translator.alike([*values, default] if default is not None else values)
    ifs = [exp.If(this=c, true=r) for c, r in zip(conditions, results, strict=False)]
    return Typed(
        exp.Case(this=subject, ifs=ifs, default=results[-1] if default is not None else None), shared
    )


def _if(translator: Translator, node: exp.Expr) -> Typed:
    condition = translator.of(node.this, "boolean").tree
    given = [value for value in (node.args["true"], node.args.get("false")) if value is not None]
    results, shared = translator.alike(given)
    branch = exp.If(this=condition, true=results[0])
    return Typed(exp.Case(ifs=[branch], default=results[1] if len(results) > 1 else None), shared)


def _cast(translator: Translator, node: exp.Expr) -> Typed:
    to = node.args.get("to")
    wanted = _CAST_NAMES.get(to.this) if type(to) is exp.DataType and not to.expressions else None
    if type(node) is exp.Date:
        wanted = "date"
    if wanted is None:
        raise translator.fault(
            node,
            _("“%(sql)s” is not a type to cast to.") % {"sql": to.sql("duckdb") if to is not None else ""},
            _("Allowed are %(types)s.") % {"types": ", ".join(SQL_TYPES.values())},
            allowed=tuple(SQL_TYPES.values()),
        )
    inner = node.this
    if wanted in {"date", "time"} and type(inner) is exp.Literal and inner.is_string:
        return moment(translator, inner, wanted)
    value = translator.typed(inner)
    if value.type == "nothing":
        return Typed(typed_null(wanted), wanted)
    if value.type != wanted and (value.type, wanted) not in _CASTS:
        raise translator.fault(
            node,
            _("This cast could fail on some row: %(sql)s.") % {"sql": node.sql("duckdb")},
            _("Declare the column with the type you need, then unreadable values go to quarantine; "
              "round with round() or floor(); turn true and false into numbers with CASE."),
        )  # fmt: skip
    return Typed(
        exp.Cast(this=value.tree, to=exp.DataType.build(SQL_TYPES[wanted], dialect="duckdb")), wanted
    )


def _null(_translator: Translator, _node: exp.Expr) -> Typed:
    return Typed(exp.Null(), "nothing")


def _truth(_translator: Translator, node: exp.Expr) -> Typed:
    return Typed(exp.Boolean(this=node.this), "boolean")


def _builder(build: Any, *arguments: str) -> Builder:  # noqa: ANN401 - every node type is an exp.Expr
    return Builder(build, frozenset(arguments))


_SIDES = ("this", "expression")
_COMPARISONS = (exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.NullSafeEQ, exp.NullSafeNEQ)
OPERATORS: dict[type[exp.Expr], Builder] = {
    exp.Literal: _builder(_literal, "this", "is_string"),
    exp.Null: _builder(_null),
    exp.Boolean: _builder(_truth, "this"),
    exp.Paren: _builder(_paren, "this"),
    exp.And: _builder(_logic, *_SIDES),
    exp.Or: _builder(_logic, *_SIDES),
    exp.Not: _builder(_not, "this"),
    **{node: _builder(_comparison, *_SIDES) for node in _COMPARISONS},
    exp.Between: _builder(_between, "this", "low", "high"),
    exp.In: _builder(_in, "this", "expressions"),
    exp.Is: _builder(_is, *_SIDES),
    exp.Like: _builder(_like, *_SIDES, "negate"),
    exp.ILike: _builder(_like, *_SIDES, "negate"),
    exp.Add: _builder(_sum, *_SIDES),
    exp.Sub: _builder(_sum, *_SIDES),
    exp.Mul: _builder(_arithmetic, *_SIDES),
    exp.Div: _builder(_divided, *_SIDES),
    exp.Mod: _builder(_remainder, *_SIDES),
    exp.Neg: _builder(_negated, "this"),
    exp.Case: _builder(_case, "this", "ifs", "default"),
    exp.If: _builder(_if, "this", "true", "false"),
    exp.Cast: _builder(_cast, "this", "to"),
    exp.Date: _builder(_cast, "this"),
}
