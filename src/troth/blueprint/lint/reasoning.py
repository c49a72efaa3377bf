"""What a compiled expression can come to, as far as it shows without data."""

from collections.abc import Callable
from itertools import product
from operator import add, mul, sub

from sqlglot import exp

_MOST = 64
_ARITHMETIC: dict[type[exp.Expr], Callable[[float, float], float]] = {
    exp.Add: add,
    exp.Sub: sub,
    exp.Mul: mul,
}


def possible_weights(tree: exp.Expr) -> set[float] | None:
    """Every number that the expression can give, NULL left out; None when the record decides."""
    found: set[float] | None = None
    match tree:
        case exp.Paren() | exp.Cast() | exp.Round():
            found = possible_weights(tree.this)
        case exp.Null():
            found = set()
        case exp.Literal():
            found = {float(tree.this)}
        case exp.Neg():
            inner = possible_weights(tree.this)
            found = None if inner is None else {-value for value in inner}
        case exp.Case():
            default = [tree.args["default"]] if tree.args.get("default") else []
            found = _union([*(branch.args["true"] for branch in tree.args["ifs"]), *default])
        case exp.Coalesce() | exp.Least() | exp.Greatest():
            found = _union([tree.this, *tree.expressions])
        case exp.Add() | exp.Sub() | exp.Mul():
            found = _combined(tree)
    return found


def _combined(tree: exp.Expr) -> set[float] | None:
    left, right = possible_weights(tree.this), possible_weights(tree.expression)
    if left is None or right is None or len(left) * len(right) > _MOST:
        return None
    return {_ARITHMETIC[type(tree)](a, b) for a, b in product(left, right)}


def _union(parts: list[exp.Expr]) -> set[float] | None:
    found: set[float] = set()
    for part in parts:
        values = possible_weights(part)
        if values is None:
            return None
        found |= values
    return found


def allowed_values(condition: exp.Expr | None) -> dict[str, tuple[bool, frozenset[str]]]:
    """What a condition demands of single columns.

    From its parts joined by AND: column → (True, the values it must be one of) or (False, those it must not
    be).
    """
    demands: dict[str, tuple[bool, frozenset[str]]] = {}
    for part in _conjuncts(condition):
        wanted = not isinstance(part, exp.Not | exp.NEQ)
        inner = part.this if isinstance(part, exp.Not) else part
        inner = inner.unnest()
        if isinstance(inner, exp.EQ | exp.NEQ):
            values = [inner.expression]
        elif isinstance(inner, exp.In):
            values = inner.expressions
        else:
            continue
        if all(isinstance(value, exp.Literal) for value in values):
            demands[inner.this.sql()] = (wanted, frozenset(value.sql() for value in values))
    return demands


def exclude_each_other(one: exp.Expr | None, other: exp.Expr | None) -> bool:
    """Whether no record can meet both conditions, as far as the values of single columns tell."""
    left, right = allowed_values(one), allowed_values(other)
    for column in left.keys() & right.keys():
        (is_one_of, values), (other_is_one_of, other_values) = left[column], right[column]
        if is_one_of and other_is_one_of and not values & other_values:
            return True
        if is_one_of and not other_is_one_of and values <= other_values:
            return True
        if other_is_one_of and not is_one_of and other_values <= values:
            return True
    return False


def _conjuncts(condition: exp.Expr | None) -> list[exp.Expr]:
    if condition is None:
        return []
    if isinstance(condition, exp.And):
        return [*_conjuncts(condition.this), *_conjuncts(condition.expression)]
    return _conjuncts(condition.this) if isinstance(condition, exp.Paren) else [condition]
