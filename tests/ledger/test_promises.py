"""Promises: kept, broken in steps, open."""

import datetime as dt

import pytest
from tests.ledger.conftest import Ledger, Make

from troth.ledger import LeftOut

ORDERS = """
records:
  orders:
    {{key: id, customer: customer,
      columns: {{id: integer, customer: text, ordered: time, due: {due}, arrived: time, gift: boolean}}}}
promises:
  - {{id: promised, from: orders, touchpoint: delivery, mechanism: {mechanism}, made: ordered, due: due,
      kept: arrived, late: {{0d: S1, 2d: S2, 7d: S3}}{more}}}
"""
ORDERED = "2026-01-01 10:00:00"
DUE = dt.datetime(2026, 1, 5, 12, tzinfo=dt.UTC)


def blueprint(due: str = "time", mechanism: str = "reliability", more: str = "") -> str:
    return ORDERS.format(due=due, mechanism=mechanism, more=f", {more}" if more else "")


def ms(when: dt.datetime) -> int:
    return int(when.timestamp() * 1000)


def naive(when: dt.datetime | None) -> dt.datetime | None:
    return when.replace(tzinfo=None) if when else None


def steps(made: Ledger, arrived: dt.datetime | None) -> list[tuple[int, int, int]]:
    made.put("orders", (1, "anna", ORDERED, naive(DUE), naive(arrived), False))
    return made.rows("weight, severity, at_ms")


def after(**delay: float) -> dt.datetime:
    return DUE + dt.timedelta(**delay)


FIRST, SECOND, THIRD = (
    (weight, severity, ms(after(days=days)) + 1)
    for weight, severity, days in ((-300, 1, 0), (-700, 2, 2), (-2000, 3, 7))
)


@pytest.mark.parametrize("early", [after(days=-3), after()])
def test_kept_by_the_deadline_is_one_good_experience_when_it_was_kept(
    ledger: Make, early: dt.datetime
) -> None:
    assert steps(ledger(blueprint()), early) == [(1000, 0, ms(early))]


@pytest.mark.parametrize(
    ("arrived", "expected"),
    [
        (after(milliseconds=1), [FIRST]),
        (after(days=2), [FIRST]),
        (after(days=2, milliseconds=1), [FIRST, SECOND]),
        (after(days=8), [FIRST, SECOND, THIRD]),
        (None, [FIRST, SECOND, THIRD]),
    ],
)
def test_broken_in_steps_that_grow_with_the_delay(
    ledger: Make, arrived: dt.datetime | None, expected: list[tuple[int, int, int]]
) -> None:
    assert steps(ledger(blueprint()), arrived) == expected


def test_steps_add_up_to_the_severity_that_was_reached(ledger: Make) -> None:
    rows = steps(ledger(blueprint(mechanism="{reliability: 0.7, ability: 0.3}")), None)
    assert sum(weight for weight, _severity, _at in rows) == -3000
    assert len(rows) == 6


def test_steps_weigh_what_their_severities_do_for_each_mechanism(ledger: Make) -> None:
    own = "parameters: {mechanisms: {ability: {severity: {S1: 500, S3: 6000}}}}\n"
    made = ledger(blueprint(mechanism="{reliability: 0.7, ability: 0.3}") + own)
    made.put("orders", (1, "anna", ORDERED, naive(DUE), None, False))
    ability = [weight for no, weight in made.rows("mechanism_no, weight") if no == 5]
    assert ability == [-150, -150, -1500]  # 0.3 of 500, of 1000 - 500, of 6000 - 1000
    assert sum(weight for (weight,) in made.rows("weight")) == -2100 + sum(ability)


def test_grace_moves_the_deadline(ledger: Make) -> None:
    made = ledger(blueprint(more="grace: 36h"))
    assert steps(made, after(hours=36)) == [(1000, 0, ms(after(hours=36)))]


def test_a_date_as_due_means_the_end_of_its_day(ledger: Make) -> None:
    on_time, late = dt.datetime(2026, 1, 5, 23, 59, tzinfo=dt.UTC), dt.datetime(2026, 1, 6, tzinfo=dt.UTC)
    made = ledger(blueprint(due="date"))
    made.put(
        "orders",
        (1, "anna", ORDERED, DUE.date(), naive(on_time), False),
        (2, "ben", ORDERED, DUE.date(), naive(late), False),
    )
    assert [(weight, at) for weight, at in made.rows("weight, at_ms")] == [
        (1000, ms(on_time)),
        (-300, ms(late)),
    ]


def test_without_a_promise_there_is_nothing_and_without_a_due_time_it_is_counted(ledger: Make) -> None:
    made = ledger(blueprint(more="when: not gift"))
    made.put(
        "orders",
        (1, "anna", None, naive(DUE), None, False),
        (2, "anna", ORDERED, None, None, False),
        (3, "anna", ORDERED, naive(DUE), None, True),
        (4, None, ORDERED, naive(DUE), None, False),
        (5, "anna", ORDERED, "1900-01-01", None, False),
    )
    refreshed = made.refresh()
    assert refreshed.experiences == 0
    assert refreshed.left_out == (
        LeftOut("promised", "no-customer", 1),
        LeftOut("promised", "no-time", 1),
        LeftOut("promised", "time-out-of-range", 1),
    )


def test_a_promise_worth_nothing_when_kept_counts_only_when_broken(ledger: Make) -> None:
    assert steps(ledger(blueprint(more="good: 0")), after()) == []
