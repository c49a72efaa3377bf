"""The summary speaks of one customer as of one."""

from troth.cli.views.summary import _standing
from troth.insight.customers import Standing


def test_the_standing_of_one_customer_and_of_several() -> None:
    assert _standing(Standing(1, 0, 0, 1, 0)) == "One customer: 0 above neutral, 1 below, 0 unknown."
    assert _standing(Standing(3, 1, 0, 1, 1)) == "3 customers: 1 above neutral, 1 below, 1 unknown."
