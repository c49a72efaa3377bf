"""When the derived tables are rebuilt, and what they hold."""

import sys

import duckdb
import pytest
from tests.ledger.conftest import Make

from troth.intake.progress import Progress
from troth.ledger import refresh

TEXT = """
records:
  orders: {key: id, customer: customer, columns: {id: integer, customer: text, at: time, country: text}}
rules:
  - {id: bought, from: orders, touchpoint: delivery, mechanism: ability, at: at, weight: GOOD}
segments:
  - {id: country, name: Country, from: orders, value: country, latest: at}
"""


def test_nothing_is_done_when_nothing_has_changed(ledger: Make) -> None:
    made = ledger(TEXT)
    assert made.refresh().rebuilt
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    first, second = made.refresh(), made.refresh()
    assert (first.rebuilt, second.rebuilt) == (True, False)
    assert (first.experiences, first.customers) == (second.experiences, second.customers) == (1, 1)


def test_ratio_and_half_lives_need_no_rebuild_and_severities_and_rules_do(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    made.refresh()
    made.use(TEXT + "parameters: {ratio: 2, half_life_days: {good: 10, bad: 20}}")
    assert not made.refresh().rebuilt
    made.use(TEXT + "parameters: {severity: {S1: 400}}")
    assert made.refresh().rebuilt
    made.use(TEXT.replace("GOOD", "2 * GOOD"))
    assert made.rows("weight") == [(2000,)]


def test_numbers_of_customers_stay_and_shards_come_from_the_id_alone(ledger: Make) -> None:
    made, other = ledger(TEXT), ledger(TEXT)
    made.put("orders", (1, "zoe", "2026-01-01", None))
    made.refresh()
    made.put("orders", (2, "anna", "2026-01-01", None))
    other.put("orders", (1, "anna", "2026-01-01", None), (2, "zoe", "2026-01-01", None))
    query = "SELECT customer, customer_no, shard FROM customer ORDER BY 1"
    assert made.refresh().customers == other.refresh().customers == 2
    anna, zoe = made.store.connection.execute(query).fetchall()
    assert (anna[:2], zoe[:2]) == (("anna", 1), ("zoe", 0))
    assert [row[2] for row in other.store.connection.execute(query).fetchall()] == [anna[2], zoe[2]]
    assert anna[2] == int("a70f9e38ff015afaa9ab0aacabee2e13"[:3], 16) >> 2  # of md5("anna")


def test_experiences_lie_in_the_order_of_customers(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put("orders", *((n, f"customer {n * 7 % 50}", "2026-01-01", None) for n in range(200)))
    made.refresh()
    numbers = [no for (no,) in made.store.connection.execute("SELECT customer_no FROM experience").fetchall()]
    assert numbers == sorted(numbers)


def test_the_day_cube_sums_what_is_there(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put("orders", *((n, f"c{n}", f"1970-01-0{1 + n % 3} 23:59:59", None) for n in range(7)))
    made.refresh()
    query = "SELECT day, severity, weight, n FROM day_cube ORDER BY 1"
    assert made.store.connection.execute(query).fetchall() == [
        (0, 0, 3000, 3),
        (1, 0, 2000, 2),
        (2, 0, 2000, 2),
    ]


def test_a_segment_has_the_value_of_the_latest_record_that_has_one(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put(
        "orders",
        (1, "anna", "2026-01-01", "NL"), (2, "anna", "2026-01-03", "DE"), (3, "anna", "2026-01-09", None),
        (4, "ben", None, "BE"), (5, None, "2026-01-01", "FR"),
    )  # fmt: skip
    made.refresh()
    query = "SELECT customer, segment, value FROM customer_segment JOIN customer USING (customer_no)"
    assert made.store.connection.execute(query).fetchall() == [
        ("anna", "country", "DE"),
        ("ben", "country", "BE"),
    ]


def test_a_kind_without_records_and_a_column_that_is_not_there_yet(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    made.store.connection.execute("ALTER TABLE record.orders DROP COLUMN country")
    made.refresh()
    assert made.store.connection.execute("SELECT count(*) FROM customer_segment").fetchone() == (0,)
    made.store.connection.execute("DROP TABLE record.orders")
    assert made.refresh().experiences == 0


def test_a_failure_leaves_the_old_state(ledger: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    made = ledger(TEXT)
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    made.refresh()
    made.put("orders", (2, "ben", "2026-01-01", "NL"))
    with monkeypatch.context() as patch:
        patch.setattr(sys.modules["troth.ledger.refresh"], "_CUBE", "INSERT INTO day_cube FROM nowhere")
        with pytest.raises(duckdb.CatalogException):
            made.refresh()
    assert made.store.connection.execute("SELECT count(*) FROM experience").fetchone() == (1,)
    assert made.refresh().experiences == 2


def test_two_kinds_may_find_their_customers_in_two_columns_of_one_table(ledger: Make) -> None:
    made = ledger("""
records:
  orders: {key: id, customer: buyer, columns: {id: integer, buyer: text, receiver: text, at: time}}
  parcels:
    key: id
    customer: order.receiver
    columns: {id: integer, of: integer}
    links: {order: {to: orders, by: of}}
rules:
  - {id: bought, from: orders, touchpoint: service, mechanism: ability, at: at, weight: GOOD}
  - {id: sent, from: parcels, touchpoint: delivery, mechanism: ability, at: order.at, weight: GOOD}
""")
    made.put("orders", (1, "anna", "zoe", "2026-01-01"))
    made.put("parcels", (7, 1))
    assert made.refresh().experiences == 2


def test_a_rebuild_tells_how_far_it_is_and_nothing_where_there_is_none(ledger: Make) -> None:
    made = ledger(TEXT)
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    told: list[tuple[str, float | None]] = []
    for _again in range(2):
        refresh(
            made.store,
            made.blueprint,
            made.settings,
            progress=lambda stage, share: told.append((stage, share)),
        )
    assert [stage for stage, share in told if share == 1] == ["deriving", "adding", "counting"]


@pytest.mark.parametrize("progress", [None, lambda _stage, _share: None])
def test_a_failure_is_told_as_what_it_was(
    ledger: Make, monkeypatch: pytest.MonkeyPatch, progress: Progress | None
) -> None:
    made = ledger(TEXT)
    made.put("orders", (1, "anna", "2026-01-01", "NL"))
    made.store.connection.execute("CREATE TABLE once (i INTEGER PRIMARY KEY)")
    twice = "INSERT INTO once VALUES (1); INSERT INTO once VALUES (1)"
    monkeypatch.setattr(sys.modules["troth.ledger.refresh"], "_filled", lambda _drafted: twice)
    with pytest.raises(duckdb.ConstraintException):
        refresh(made.store, made.blueprint, made.settings, progress=progress)
