"""From records to experiences."""

import datetime as dt

import pytest
from tests.ledger.conftest import Make

from troth.ledger import LeftOut

TICKETS = """
records:
  tickets:
    {{key: id, customer: {customer},
     columns: {{id: integer, customer: text, order_id: integer, at: {at}, points: number}},
     links: {{order: {{to: orders, by: order_id}}}}}}
  orders: {{key: id, customer: customer, columns: {{id: integer, customer: text, big: boolean}}}}
rules:
  - {{id: reply, from: tickets, touchpoint: service, mechanism: {mechanism}, at: at,
      weight: "{weight}"{when}}}
"""
NOON = "2026-01-05 12:00:00"
NOON_MS = 1_767_614_400_000
ABILITY, BENEVOLENCE, CLARITY, RELIABILITY = 5, 0, 9, 6


def blueprint(
    weight: str = "points",
    mechanism: str = "ability",
    when: str = "",
    customer: str = "customer",
    at: str = "time",
) -> str:
    condition = f', when: "{when}"' if when else ""
    return TICKETS.format(weight=weight, mechanism=mechanism, when=condition, customer=customer, at=at)


def test_a_record_becomes_an_experience(ledger: Make) -> None:
    made = ledger(blueprint())
    made.put("tickets", (1, "anna", None, NOON, 700))
    assert made.rows("mechanism_no, weight, severity, at_ms, record") == [(ABILITY, 700, 0, NOON_MS, "1")]


@pytest.mark.parametrize(
    ("points", "expected"),
    [
        (0.5, 1),
        (1.5, 2),
        (-0.5, None),
        (-0.51, -1),
        (-1.5, -1),
        (0.49, None),
        (0, None),
        (2.4999, 2),
        (1e6, 1_000_000),
    ],
)
def test_weights_are_rounded_half_up_and_zero_is_no_experience(
    ledger: Make, points: float, expected: int | None
) -> None:
    made = ledger(blueprint())
    made.put("tickets", (1, "anna", None, NOON, points))
    assert made.rows("weight") == ([(expected,)] if expected is not None else [])


@pytest.mark.parametrize(
    ("weight", "severity"), [(1, 0), (-1, 1), (-999, 1), (-1000, 2), (-2999, 2), (-3000, 3), (-8000, 4)]
)
def test_severity_is_the_level_that_the_weight_reaches(ledger: Make, weight: int, severity: int) -> None:
    made = ledger(blueprint())
    made.put("tickets", (1, "anna", None, NOON, weight))
    assert made.rows("severity") == [(severity,)]


@pytest.mark.parametrize("weight", [1000, -1000, 1, -1, 7, -3001, 999_999])
def test_a_split_adds_up_to_the_whole_and_keeps_the_severity_of_the_event(ledger: Make, weight: int) -> None:
    made = ledger(blueprint(mechanism="{ability: 0.333, benevolence: 0.333, clarity: 0.334}"))
    made.put("tickets", (1, "anna", None, NOON, weight))
    rows = made.rows("weight, severity")
    assert sum(part for part, _ in rows) == weight
    assert all(abs(part - weight / 3) < 1 + abs(weight) / 1000 for part, _ in rows)
    assert all(part != 0 for part, _ in rows)
    whole = ledger(blueprint())
    whole.put("tickets", (1, "anna", None, NOON, weight))
    assert {severity for _, severity in rows} == {severity for _, severity in whole.rows("weight, severity")}


def test_a_split_follows_the_shares(ledger: Make) -> None:
    made = ledger(blueprint(mechanism="{benevolence: 0.25, ability: 0.75}"))
    made.put("tickets", (1, "anna", None, NOON, -1000))
    assert made.rows("mechanism_no, weight") == [(BENEVOLENCE, -250), (ABILITY, -750)]


def test_words_for_weights_and_conditions(ledger: Make) -> None:
    made = ledger(
        blueprint("CASE WHEN points > 48 THEN S2 WHEN points > 24 THEN S1 ELSE GOOD END", when="points <> 5")
    )
    made.put("tickets", *((n, "anna", None, NOON, points) for n, points in enumerate([50, 30, 1, 5, None])))
    assert sorted(made.rows("weight")) == [(-1000,), (-300,), (1000,)]


def test_a_date_is_midnight_utc(ledger: Make) -> None:
    made = ledger(blueprint(at="date"))
    made.put("tickets", (1, "anna", None, dt.date(2026, 1, 5), 1))
    assert made.rows("at_ms") == [(NOON_MS - 43_200_000,)]


def test_a_link_gives_columns_and_the_customer(ledger: Make) -> None:
    made = ledger(blueprint("CASE WHEN order.big THEN S3 ELSE S2 END", customer="order.customer"))
    made.put("orders", (7, "ben", True), (8, "cleo", False))
    made.put("tickets", (1, None, 7, NOON, 1), (2, None, 8, NOON, 1))
    query = "SELECT customer, weight FROM experience JOIN customer USING (customer_no) ORDER BY 1"
    made.refresh()
    assert made.store.connection.execute(query).fetchall() == [("ben", -3000), ("cleo", -1000)]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ((1, None, 7, NOON, 1), "no-customer"),
        ((1, "", 7, NOON, 1), "no-customer"),
        ((1, "anna", 7, None, 1), "no-time"),
        ((1, "anna", 7, NOON, 1e9), "weight-out-of-range"),
        ((1, "anna", 7, NOON, float("-inf")), "weight-out-of-range"),
        ((1, "anna", 7, NOON, float("nan")), "weight-out-of-range"),
        ((1, "anna", 7, "1900-01-01", 1), "time-out-of-range"),
        ((1, "anna", 7, "2300-01-01", 1), "time-out-of-range"),
    ],
)
def test_what_gives_no_experience_though_the_rule_applies_is_counted(
    ledger: Make, row: tuple[object, ...], reason: str
) -> None:
    made = ledger(blueprint(mechanism="{ability: 0.5, clarity: 0.5}"))
    made.put("tickets", row, (2, "ben", None, NOON, 1000))
    refreshed = made.refresh()
    assert refreshed.left_out == (LeftOut("reply", reason, 1),)
    assert refreshed.experiences == 2


def test_a_link_to_nowhere_is_counted_and_no_link_is_not(ledger: Make) -> None:
    made = ledger(
        blueprint("CASE WHEN order.big THEN S3 ELSE S2 END", when="order.big IS NOT NULL OR points = 2")
    )
    made.put("orders", (7, "ben", True))
    made.put("tickets", (1, "anna", 9, NOON, 1), (2, "anna", None, NOON, 1), (3, "anna", 7, NOON, 1))
    assert [weight for (weight,) in made.rows("weight")] == [-3000]
    lost = ledger(blueprint("1", when="order.big"))
    lost.put("tickets", (1, "anna", 9, NOON, 1), (2, "anna", None, NOON, 1))
    assert lost.refresh().left_out == (LeftOut("reply", "no-link", 1),)


def test_ready_made_experiences(ledger: Make) -> None:
    made = ledger()
    made.put(
        "experiences",
        ("a", "anna", "delivery", "reliability", -1500, NOON, None),
        ("b", "anna", "delivery", "reliability", -1500, NOON, 4),
        ("c", "anna", "kiosk", "clarity", 200.4, NOON, 3),
        ("d", "anna", "delivery", "luck", 100, NOON, None),
        ("e", "anna", None, "clarity", 100, NOON, None),
    )
    assert made.rows("mechanism_no, weight, severity, record") == [
        (RELIABILITY, -1500, 2, "a"), (RELIABILITY, -1500, 4, "b"), (CLARITY, 200, 0, "c"),
    ]  # fmt: skip
    assert made.refresh().left_out == (
        LeftOut("import", "no-touchpoint", 1),
        LeftOut("import", "unknown-mechanism", 1),
    )


OWN = """
parameters:
  severity: {S1: 200}
  mechanisms: {ability: {severity: {S2: 1500, S3: 4000}}}
"""


@pytest.mark.parametrize(("mechanism", "expected"), [("ability", (-1500, 2)), ("clarity", (-1000, 2))])
def test_a_severity_weighs_what_it_does_for_the_mechanism(
    ledger: Make, mechanism: str, expected: tuple[int, int]
) -> None:
    made = ledger(blueprint("S2", mechanism=mechanism) + OWN)
    made.put("tickets", (1, "anna", None, NOON, 1))
    assert made.rows("weight, severity") == [expected]


def test_a_split_takes_what_a_severity_weighs_for_each_mechanism(ledger: Make) -> None:
    shares = "{benevolence: 0.25, ability: 0.5, clarity: 0.25}"
    made = ledger(blueprint("CASE WHEN points > 1 THEN S2 ELSE S1 END", mechanism=shares) + OWN)
    made.put("tickets", (1, "anna", None, NOON, 2), (2, "ben", None, NOON, 1))
    assert sorted(made.rows("record, mechanism_no, weight, severity")) == [
        ("1", BENEVOLENCE, -250, 2),
        ("1", ABILITY, -750, 2),
        ("1", CLARITY, -250, 2),
        ("2", BENEVOLENCE, -50, 1),
        ("2", ABILITY, -100, 1),
        ("2", CLARITY, -50, 1),
    ]


@pytest.mark.parametrize("weight", [999, -999, 7, -7, -3001])
def test_on_several_scales_a_plain_weight_is_still_split_to_the_last_bit(ledger: Make, weight: int) -> None:
    made = ledger(blueprint(mechanism="{ability: 0.333, benevolence: 0.333, clarity: 0.334}") + OWN)
    made.put("tickets", (1, "anna", None, NOON, weight))
    assert sum(part for (part,) in made.rows("weight")) == weight


def test_a_plain_weight_is_graded_as_its_mechanism_grades(ledger: Make) -> None:
    made = ledger(blueprint(mechanism="{ability: 0.5, clarity: 0.5}") + OWN)
    made.put("tickets", (1, "anna", None, NOON, -1400))
    assert made.rows("mechanism_no, severity") == [(ABILITY, 1), (CLARITY, 2)]
    made = ledger(OWN)
    made.experience("anna", "ability", -1400, NOON)
    made.experience("anna", "clarity", -1400, NOON)
    assert made.rows("mechanism_no, severity") == [(ABILITY, 1), (CLARITY, 2)]


def test_out_of_range_on_one_scale_leaves_the_record_out_once(ledger: Make) -> None:
    made = ledger(blueprint("S2 * points", mechanism="{clarity: 0.5, ability: 0.5}") + OWN)
    made.put("tickets", (1, "anna", None, NOON, 800), (2, "ben", None, NOON, 10))
    refreshed = made.refresh()
    assert refreshed.left_out == (LeftOut("reply", "weight-out-of-range", 1),)
    assert sorted(made.rows("mechanism_no, weight")) == [(ABILITY, -7500), (CLARITY, -5000)]


def test_other_severity_weights_of_a_mechanism_rebuild(ledger: Make) -> None:
    made = ledger(blueprint("S2"))
    made.put("tickets", (1, "anna", None, NOON, 1))
    assert made.rows("weight") == [(-1000,)]
    made.use(blueprint("S2") + OWN)
    assert made.refresh().rebuilt
    assert made.rows("weight") == [(-1500,)]
