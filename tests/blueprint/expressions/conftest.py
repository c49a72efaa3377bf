"""A scope of orders, with a link, to compile expressions in."""

from collections.abc import Callable

import pytest

from troth.blueprint import expressions, parse
from troth.blueprint.expressions import Compiled, ExpressionError, Scope
from troth.blueprint.parameters import resolve

BLUEPRINT = """\
journey: {name: Shop, phases: [{id: buy, name: Buy}]}
touchpoints: [{id: checkout, phase: buy, name: Checkout}]
records:
  orders:
    key: id
    customer: customer
    columns:
      id: text
      customer: text
      note: text
      comment: text
      order: text
      using: text
      if: text
      date: date
      placed: time
      shipped: time
      promised: date
      total: number
      weight: number
      items: integer
      stars: integer
      s1: integer
      paid: boolean
      gift: boolean
      parent: text
    links:
      before: {to: orders, by: parent}
"""

Compile = Callable[..., Compiled]


@pytest.fixture(scope="session")
def compiled() -> Compile:
    """A function that compiles an expression over orders."""
    blueprint = parse(BLUEPRINT)
    scope, settings = Scope(blueprint, "orders"), resolve(blueprint.parameters)

    def compile_(text: str, want: expressions.Want = "any") -> Compiled:
        return expressions.compile(text, scope, settings, want)

    return compile_


@pytest.fixture(scope="session")
def refused(compiled: Compile) -> Callable[..., ExpressionError]:
    """A function that compiles an expression which must be refused, and gives the error."""

    def refused_(text: str, want: expressions.Want = "any") -> ExpressionError:
        with pytest.raises(ExpressionError) as error:
            compiled(text, want)
        return error.value

    return refused_
