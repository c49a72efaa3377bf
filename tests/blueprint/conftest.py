"""A small valid blueprint to change, and the faults of a changed one."""

from collections.abc import Callable

import pytest

from troth.blueprint import BlueprintError, parse

SMALL = """\
troth: 1
journey:
  name: {en: Shop}
  phases:
    - {id: buy, name: Buy}
touchpoints:
  - {id: checkout, phase: buy, name: Checkout}
records:
  orders:
    key: order_id
    customer: customer_id
    columns:
      order_id: text
      customer_id: text
      placed_at: time
      promised_at: date
      delivered_at: time
      total: number
      items: integer
      gift: boolean
rules:
  - id: total
    from: orders
    touchpoint: checkout
    mechanism: clarity
    at: placed_at
    when: total > 10
    weight: CASE WHEN gift THEN GOOD ELSE S2 END
promises:
  - id: on-time
    from: orders
    touchpoint: checkout
    mechanism: reliability
    made: placed_at
    due: promised_at
    kept: delivered_at
"""


@pytest.fixture
def small() -> str:
    """A small blueprint without a fault."""
    return SMALL


@pytest.fixture
def faults() -> Callable[[str], list[str]]:
    """A function that gives every fault of a text, as `line:column: message hint`."""

    def found(text: str) -> list[str]:
        try:
            parse(text, "b.yaml")
        except BlueprintError as error:
            return [line.removeprefix("b.yaml:") for line in str(error).splitlines()]
        return []

    return found
