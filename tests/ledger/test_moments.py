"""The read-out time."""

import datetime as dt

import pytest
from tests.ledger.conftest import Make

from troth.errors import UsageError
from troth.ledger import Moment, moment

ORDERS = """
records:
  orders:
    {key: id, customer: customer, columns: {id: integer, customer: text, made: time, due: time, kept: time}}
promises:
  - {id: promised, from: orders, touchpoint: delivery, mechanism: ability, made: made, due: due, kept: kept}
"""
NOW = int(dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC).timestamp() * 1000)
DAY = 20_484  # 2026-01-31


@pytest.mark.parametrize(
    ("text", "at_ms"),
    [
        ("2026-01-31", (DAY + 1) * 86_400_000 - 1),
        ("2026-01-31T12:00", DAY * 86_400_000 + 43_200_000),
        ("2026-01-31 12:00:00+02:00", DAY * 86_400_000 + 36_000_000),
        ("2026-01-31T12:00:00.5Z", DAY * 86_400_000 + 43_200_500),
    ],
)
def test_a_given_time(ledger: Make, text: str, at_ms: int) -> None:
    assert moment(ledger().store, text, NOW) == Moment(at_ms, DAY, "given")


def test_the_clock(ledger: Make) -> None:
    assert moment(ledger().store, "now", NOW) == Moment(NOW, NOW // 86_400_000, "clock")
    assert moment(ledger().store, None, NOW).origin == "clock"


def test_the_newest_moment_is_not_that_of_a_promise_that_time_has_broken(ledger: Make) -> None:
    made = ledger(ORDERS)
    made.put(
        "orders",
        (1, "anna", "2026-01-01", "2026-01-10", "2026-01-09 12:00:00"),
        (2, "anna", "2026-01-01", "2026-02-10", None),
    )
    made.refresh()
    found = moment(made.store, None, NOW)
    assert (found.origin, found.at_ms) == ("data", 1_767_960_000_000)


def test_the_newest_moment_is_never_later_than_now(ledger: Make) -> None:
    made = ledger(ORDERS)
    made.put("orders", (1, "anna", "2026-01-01", "2199-01-10", "2198-01-09"))
    made.refresh()
    assert moment(made.store, None, NOW) == Moment(NOW, NOW // 86_400_000, "clock")


@pytest.mark.parametrize("text", ["soon", "31-01-2026", "2026-02-30", "2026-01-31T25:00", ""])
def test_what_is_no_time_is_a_clear_error(ledger: Make, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        moment(ledger().store, text, NOW)
    assert caught.value.code == "moment-invalid"


@pytest.mark.parametrize("text", ["1969-12-31", "2200-01-01", "2300-01-01T00:00Z", "0001-01-01"])
def test_a_time_outside_the_years_that_count_is_a_clear_error(ledger: Make, text: str) -> None:
    with pytest.raises(UsageError) as caught:
        moment(ledger().store, text, NOW)
    assert caught.value.code == "moment-out-of-range"
