"""Rows of trust."""

import tracemalloc

import numpy as np
import pytest
from tests.ledger.conftest import Ledger, Make, end_of

from troth.errors import UsageError
from troth.ledger import Moment, customer_days, daily_series, read_out, read_out_table, shard_sums
from troth.ledger import arithmetic as model
from troth.ledger.sql import DAY_MS

PARAMETERS = "parameters: {half_life_days: {good: 30, bad: 30}}\n"
SEGMENTS = """
records:
  people: {key: id, customer: id, columns: {id: text, country: text}}
segments:
  - {id: country, name: Country, from: people, value: country}
"""


@pytest.fixture
def history(ledger: Make) -> Ledger:
    """Good on day 0, bad on day 10, good on day 30 for anna; one bad for ben at the service on day 20."""
    made = ledger(PARAMETERS + SEGMENTS)
    made.experience("anna", "reliability", 1000, "1970-01-01 10:00:00")
    made.experience("anna", "reliability", -1000, "1970-01-11 10:00:00")
    made.experience("anna", "reliability", 1000, "1970-01-31 10:00:00")
    made.experience("ben", "clarity", -3000, "1970-01-21 10:00:00", "service")
    made.put("people", ("anna", "NL"), ("ben", "DE"))
    made.refresh()
    return made


def test_a_short_history(history: Ledger) -> None:
    first, second = read_out(history.store, history.settings, at=end_of(30))
    assert first.group == {"touchpoint": "delivery", "mechanism": "reliability"}
    assert first.good == 1.5
    assert first.bad == pytest.approx(0.629961, abs=5e-7)
    assert first.balance == pytest.approx(-1.649803, abs=5e-7)
    assert first.owed == -first.balance
    assert first.n == 3
    posterior = model.posterior(first.good, first.bad, 5)
    assert (first.score, first.unknown) == (posterior.score, posterior.unknown)
    assert (first.low, first.high) == posterior.interval(0.9)
    assert (second.group["touchpoint"], second.good, second.n) == ("service", 0, 1)


@pytest.mark.parametrize(("at_ms", "n"), [(-1, 0), (0, 0), (36_000_000 - 1, 0), (36_000_000, 1), (DAY_MS, 1)])
def test_what_comes_after_the_read_out_counts_for_nothing(history: Ledger, at_ms: int, n: int) -> None:
    rows = read_out(history.store, history.settings, by=(), at=Moment(at_ms, at_ms // DAY_MS, "given"))
    assert sum(row.n for row in rows) == n


def test_the_whole_is_the_index_of_the_pooled_evidence(history: Ledger) -> None:
    (row,) = read_out(history.store, history.settings, by=(), at=end_of(30))
    cells = read_out(history.store, history.settings, at=end_of(30))
    able, assessable = (model.posterior(cell.good, cell.bad, 5).score for cell in cells)
    assert row.score == pytest.approx((0.5 * able * assessable) ** (1 / 3))
    assert row.balance == pytest.approx(sum(cell.balance for cell in cells))
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.score < row.high


def test_every_grouping_holds_the_same_evidence(history: Ledger) -> None:
    for by in (
        (), ("customer",), ("touchpoint",), ("precondition",), ("segment",), ("customer", "mechanism"),
        ("segment", "touchpoint"), ("touchpoint", "precondition"), ("customer", "touchpoint", "precondition"),
        ("mechanism", "precondition"), ("customer", "segment"),
        ("precondition", "segment", "customer", "mechanism", "touchpoint"),
    ):  # fmt: skip
        rows = read_out(history.store, history.settings, by=by, at=end_of(30), intervals=False)
        assert sum(row.good for row in rows) == 1.5
        assert sum(row.bad for row in rows) == pytest.approx(0.629961 + 3 * 2 ** (-1 / 3), abs=1e-6)
        assert sum(row.n for row in rows) == 4
        assert all(set(row.group) == set(by) and row.low is None for row in rows)


def test_rows_follow_the_dimensions_as_they_are_named(history: Ledger) -> None:
    rows = read_out(history.store, history.settings, by=("segment", "mechanism"), at=end_of(30))
    assert [tuple(row.group.values()) for row in rows] == [
        ("country=DE", "clarity"),
        ("country=NL", "reliability"),
    ]


@pytest.mark.parametrize(
    ("only", "n"),
    [
        ({"touchpoint": "service"}, 1),
        ({"touchpoint": ["service", "delivery"]}, 4),
        ({"customer": "anna"}, 3),
        ({"segment": "country=NL"}, 3),
        ({"segment": ("country=NL", "country=DE")}, 4),
        ({"mechanism": "clarity"}, 1),
        ({"precondition": "able"}, 3),
        ({"precondition": "willing"}, 0),
        ({"customer": "anna", "touchpoint": "service"}, 0),
        ({"customer": []}, 0),
    ],
)
def test_filters(history: Ledger, only: dict[str, str], n: int) -> None:
    for by in ((), ("customer",), ("day", "touchpoint")):
        rows = read_out(history.store, history.settings, by=by, at=end_of(30), only=only, since=30)
        assert sum(row.n for row in rows) == n


def test_days_are_what_a_read_out_at_their_end_gives(history: Ledger) -> None:
    at = Moment(20 * DAY_MS + 36_000_000, 20, "given")
    for by in (
        ("day",), ("day", "touchpoint"), ("day", "segment"), ("day", "mechanism"), ("day", "customer"),
        ("day", "customer", "segment"), ("day", "customer", "touchpoint", "mechanism", "precondition"),
    ):  # fmt: skip
        rows = read_out(history.store, history.settings, by=by, at=at, intervals=False)
        assert rows[0].group["day"] == "1970-01-01"
        for day in (0, 9, 10, 19, 20):
            single = read_out(history.store, history.settings, by=by[1:], at=end_of(day), intervals=False)
            of_day = [row for row in rows if row.group["day"] == f"1970-01-{day + 1:02}"]
            assert [(row.good, row.bad, row.score, row.n) for row in of_day] == [
                (row.good, row.bad, row.score, row.n) for row in single
            ]


def test_one_very_old_experience_does_not_fill_the_memory(ledger: Make) -> None:
    made = ledger()
    made.experience("anna", "ability", 1000, "2005-01-01")
    made.experience("anna", "ability", 1000, "2026-01-01")
    made.refresh()
    tracemalloc.start()
    rows = read_out(made.store, made.settings, by=("day",), at=end_of(20_454), intervals=False)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (len(rows), rows[0].good, rows[-1].n) == (7671, 1.0, 2)
    assert peak < 100_000_000


def test_a_mechanism_stands_beside_its_precondition(history: Ledger) -> None:
    by = ("precondition", "mechanism")
    rows = read_out(history.store, history.settings, by=by, at=end_of(30))
    assert [row.group for row in rows] == [
        {"precondition": "able", "mechanism": "reliability"},
        {"precondition": "assessable", "mechanism": "clarity"},
    ]
    alone = read_out(history.store, history.settings, by=("mechanism",), at=end_of(30))
    assert {(row.score, row.low, row.n) for row in rows} == {(row.score, row.low, row.n) for row in alone}


def test_a_customer_has_a_row_for_every_segment_value(ledger: Make) -> None:
    more = "  - {id: old, name: Old, from: people, value: \"CASE WHEN country = 'NL' THEN 'yes' END\"}\n"
    made = ledger(SEGMENTS + more)
    for customer in ("anna", "ben", "zoe"):
        made.experience(customer, "reliability", 1000, "1970-01-01 10:00:00")
    made.put("people", ("anna", "NL"), ("ben", "DE"))
    made.refresh()
    rows = read_out(made.store, made.settings, by=("customer", "segment"), at=end_of(30))
    whole = read_out(made.store, made.settings, by=("customer",), at=end_of(30))
    by_customer = {row.group["customer"]: (row.score, row.low, row.high, row.n) for row in whole}
    found = [(row.group["customer"], row.group["segment"]) for row in rows]
    assert ("anna", "country=NL") in found
    assert ("ben", "country=DE") in found
    assert ("anna", "old=yes") in found
    assert all(customer != "zoe" for customer, _segment in found)
    assert all((row.score, row.low, row.high, row.n) == by_customer[row.group["customer"]] for row in rows)


@pytest.mark.parametrize("days_at_once", [1, 40, 100, 1000])
def test_the_days_of_customers_do_not_depend_on_how_many_are_done_at_once(
    ledger: Make, monkeypatch: pytest.MonkeyPatch, days_at_once: int
) -> None:
    made = ledger(SEGMENTS)
    for n, country in enumerate(["NL", "DE", "BE", "NL"]):
        made.put("people", (f"c{n}", country))
        made.experience(f"c{n}", "clarity", 1000 - 700 * n, f"1970-01-{1 + n:02}")
        made.experience(f"c{n}", "ability", 1000, f"1970-01-{20 + n:02}", "service")
    made.refresh()
    monkeypatch.setattr(customer_days, "_DAYS_AT_ONCE", days_at_once)
    for by in (("customer", "day", "segment"), ("touchpoint", "customer", "day")):
        rows = read_out(made.store, made.settings, by=by, at=end_of(25), intervals=False)
        one_by_one = [
            row
            for customer in range(4)
            for row in read_out(
                made.store, made.settings, by=by, at=end_of(25), only={"customer": f"c{customer}"},
                intervals=False,
            )
        ]  # fmt: skip
        assert sorted(rows, key=str) == sorted(one_by_one, key=str)
        assert rows == sorted(rows, key=lambda row: [row.group[name] for name in by])


def test_late_customers_of_an_old_ledger_do_not_fill_the_memory(ledger: Make) -> None:
    """Few rows, but each customer would have a thousand empty days before the first one."""
    made = ledger()
    made.put("experiences", ("old", "c0", "delivery", "ability", 1000, "2023-04-07", None))
    made.store.connection.execute(
        "INSERT INTO record.experiences SELECT 'x' || i, 'c' || i, 'delivery', 'ability', 1000,"
        " TIMESTAMP '2025-12-31', NULL, 'x' || i, 2, i, 0 FROM range(1, 2001) AS t(i)"
    )
    made.refresh()
    tracemalloc.start()
    table = read_out_table(made.store, made.settings, by=("customer", "day"), at=end_of(20_454))
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(table) == 2 * 2000 + 1001
    assert peak < 200_000_000  # all at once it would be 1,600 MB


def test_too_many_rows_by_customer_and_day_are_refused(
    history: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, at = ("customer", "day"), end_of(30)
    rows = read_out(history.store, history.settings, by=by, at=at, intervals=False)
    assert len(rows) == 31 + 11  # anna from day 0 on, ben from day 20 on
    monkeypatch.setattr(customer_days, "MOST_ROWS", 41)
    with pytest.raises(UsageError, match="42 rows; at most 41") as caught:
        read_out(history.store, history.settings, by=by, at=at)
    assert caught.value.code == "too-many-rows"
    assert len(read_out(history.store, history.settings, by=by, at=at, only={"customer": "ben"})) == 11
    assert len(read_out(history.store, history.settings, by=by, at=at, since=25)) == 12


def test_the_table_has_the_same_rows(history: Ledger) -> None:
    for by in (("customer",), ("touchpoint", "mechanism"), ("day",), ("customer", "day")):
        table = read_out_table(history.store, history.settings, by=by, at=end_of(30))
        rows = read_out(history.store, history.settings, by=by, at=end_of(30), intervals=False)
        expected = [
            row.group | {name: getattr(row, name) for name in table.column_names[len(by) :]} for row in rows
        ]
        assert table.to_pylist() == expected


def test_an_empty_ledger_has_no_rows(ledger: Make) -> None:
    made = ledger(SEGMENTS)
    made.refresh()
    for by in (
        (), ("customer",), ("touchpoint", "mechanism"), ("day",), ("segment",), ("touchpoint",),
        ("customer", "day"), ("customer", "segment", "day"),
    ):  # fmt: skip
        assert read_out(made.store, made.settings, by=by, at=end_of(30)) == []
    assert shard_sums(made.store, made.settings, end_of(30), by=("touchpoint",)).groups == ()
    assert daily_series(made.store, made.settings, 0, 3, by=("touchpoint",)).groups == ()


def contacts(customers: int, each: int) -> list[tuple[object, ...]]:
    """Every fifth customer lives only bad experiences, the others only good ones."""
    return [
        (f"{n}-{k}", f"c{n}", "delivery", "ability", -1000 if n % 5 == 0 else 1000, "2026-01-01", None)
        for n in range(customers)
        for k in range(each)
    ]


def test_an_interval_knows_that_contacts_of_one_customer_are_alike(ledger: Make) -> None:
    made = ledger()
    made.put("experiences", *contacts(100, 10))
    made.refresh()
    (row,) = read_out(made.store, made.settings, by=("touchpoint",), at=end_of(20_454))
    (able,) = read_out(made.store, made.settings, by=("precondition",), at=end_of(20_454))
    as_if_independent = [model.index([0.5, limit, 0.5]) for limit in (able.low, able.high)]
    assert row.low is not None
    assert row.high is not None
    assert row.low < row.score < row.high
    assert row.high - row.low > 2 * (as_if_independent[1] - as_if_independent[0])


def test_too_few_customers_to_resample_have_their_posteriors(ledger: Make) -> None:
    made = ledger()
    made.put("experiences", *contacts(20, 2))
    made.refresh()
    (row,) = read_out(made.store, made.settings, by=("touchpoint",), at=end_of(20_454))
    good, bad = np.zeros(10), np.zeros(10)
    good[5], bad[5] = row.good, row.bad
    pools = model.mechanism_pools(made.settings.ratio_milli)
    assert (row.low, row.high) == model.index_interval(pools.preconditions(good, bad))


@pytest.mark.parametrize(
    ("by", "code"),
    [
        (("colour",), "dimension-unknown"),
        (("day", "day"), "dimension-twice"),
    ],
)
def test_what_cannot_be_read_out_is_a_clear_error(history: Ledger, by: tuple[str, ...], code: str) -> None:
    with pytest.raises(UsageError) as caught:
        read_out(history.store, history.settings, by=by, at=end_of(30))
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("only", "code", "hint"),
    [
        ({"touchpoint": "deliver"}, "filter-unknown", "delivery"),
        ({"mechanism": "clearity"}, "filter-unknown", "clarity"),
        ({"precondition": "abel"}, "filter-unknown", "able"),
        ({"segment": "country=BE"}, "filter-unknown", "country=DE"),
        ({"customer": "zoe"}, "customer-unknown", "pseudonymised"),
        ({"day": "2026-01-01"}, "filter-unknown", ""),
    ],
)
def test_an_unknown_filter_is_a_clear_error(
    history: Ledger, only: dict[str, str], code: str, hint: str
) -> None:
    with pytest.raises(UsageError) as caught:
        read_out(history.store, history.settings, at=end_of(30), only=only)
    assert caught.value.code == code
    assert hint in caught.value.hint
