"""What one carry says of its records, and what it leaves behind."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.ledger.following.journey import BLUEPRINT, NOTES, ROWS, SETTINGS, tables_of

from troth.errors import TrothError, UsageError
from troth.intake.arriving import Outcomes
from troth.ledger import carry, compact, crowded, explain, read_out, refresh, verify
from troth.ledger.answers import Moment
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.building import stand
from troth.ledger.standing.state import read_standing
from troth.store import Store

DAY = dt.datetime.fromisoformat("2025-01-02")
AT = Moment(20_200 * DAY_MS - 1, 20_199, "given")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An empty ledger."""
    with Store.open(tmp_path, create=True) as opened:
        yield opened


def order(number: int, buyer: str = "anna", total: float = 80.0) -> tuple[Any, ...]:
    return (number, buyer, DAY, DAY.date(), DAY, total, None)


def ticket(changed: int | None, points: float) -> tuple[Any, ...]:
    return (1, "a", 1, DAY, changed, points, None, None)


def bring(store: Store, now_ms: int = 0, **batch: list[tuple[Any, ...]]) -> dict[str, Outcomes]:
    return dict(carry(store, BLUEPRINT, SETTINGS, tables_of(batch), now_ms=now_ms).outcomes)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS["tickets"], max_size=12), st.integers(1, 5))
def test_counts_do_not_depend_on_how_records_are_batched(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[Any, ...]], size: int
) -> None:
    def all_in(size: int) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
        with Store.open(tmp_path_factory.mktemp("ledger"), create=True) as store:
            for first in range(0, len(rows), size):
                bring(store, tickets=rows[first : first + size])
            counts = store.connection.execute(
                "SELECT read, added, changed, same, stale, quarantined FROM import_run"
            ).fetchall()
            query = "SELECT * EXCLUDE (_row, _import) FROM record.tickets ORDER BY ALL"
            return counts, store.connection.execute(query).fetchall() if rows else []

    assert all_in(1) == all_in(size) == all_in(100)


def test_outcomes_by_version_and_content(store: Store) -> None:
    assert bring(store, tickets=[ticket(2, 1.0)])["tickets"] == Outcomes(1, 0, 0, 0, 0)
    assert bring(store, tickets=[ticket(1, 9.0), ticket(2, 1.0), ticket(None, 3.0)])["tickets"] == Outcomes(
        0, 0, 1, 2, 0
    )
    assert bring(store, tickets=[ticket(3, 4.0), ticket(2, 9.0)])["tickets"] == Outcomes(0, 1, 0, 1, 0)
    assert store.connection.execute("SELECT changed, points FROM record.tickets").fetchall() == [(3, 4.0)]


def test_a_record_that_goes_there_and_back_leaves_nothing(store: Store) -> None:
    bring(store, orders=[order(1)])
    rows = "SELECT count(*), sum(n) FROM experience"
    before = store.connection.execute(rows).fetchall()
    assert bring(store, orders=[order(1, total=1.0), order(1)])["orders"] == Outcomes(0, 2, 0, 0, 0)
    assert store.connection.execute(rows).fetchall() == before


def test_what_is_said_follows_the_words_and_the_stars(store: Store) -> None:
    def said(stars: int | None, note: str | None) -> list[tuple[str, str, int]]:
        bring(store, tickets=[(1, "a", 1, DAY, None, None, stars, note)], orders=[order(1)])
        assert verify(store, BLUEPRINT, SETTINGS) == []
        found = explain(store, SETTINGS, "anna", AT).experiences
        return [(one.touchpoint, one.mechanism, one.weight) for one in found if one.source == "said"]

    assert said(None, None) == []
    assert said(5, None) == [("service", "ability", 400), ("service", "clarity", 600)]
    [late] = said(None, NOTES[0])
    assert late[:2] == ("delivery", "reliability")
    assert late[2] <= -1000
    assert {touchpoint for touchpoint, _mechanism, _weight in said(5, NOTES[0])} == {"delivery", "service"}
    assert said(None, NOTES[4]) == []


def test_records_without_a_key_are_in_quarantine(store: Store) -> None:
    batch = {"orders": pa.table({"id": pa.array([None, 1], pa.int64()), "buyer": ["ben", "anna"]})}
    found = carry(store, BLUEPRINT, SETTINGS, batch)
    assert found.outcomes["orders"] == Outcomes(1, 0, 0, 0, 1)
    [(reason, kept)] = store.connection.execute("SELECT reason, row_json FROM quarantine").fetchall()
    assert reason == "missing-key"
    assert '"buyer":"ben"' in kept
    [(read, quarantined)] = store.connection.execute("SELECT read, quarantined FROM import_run").fetchall()
    assert (read, quarantined) == (2, 1)


def test_one_line_a_day_and_a_new_one_after_another_import(store: Store) -> None:
    for now_ms in (0, 1, DAY_MS, DAY_MS + 1):
        bring(store, now_ms, orders=[order(now_ms)])
    store.connection.execute("INSERT INTO import_run VALUES (9, 'orders', 'file', 0, 0, 0, 0, 0, 0, 0, 0)")
    store.set_setting("import_no", "9")
    bring(store, DAY_MS + 2, orders=[order(77)])
    lines = "SELECT import_no, added FROM import_run WHERE source = 'arrivals' ORDER BY 1"
    assert store.connection.execute(lines).fetchall() == [(1, 2), (2, 2), (10, 1)]


def test_an_unknown_kind_carries_nothing(store: Store) -> None:
    with pytest.raises(UsageError) as caught:
        carry(
            store, BLUEPRINT, SETTINGS, {"nothing": pa.table({"a": [1]})} | tables_of({"orders": [order(1)]})
        )
    assert caught.value.code == "kind-unknown"
    assert store.connection.execute("SELECT count(*) FROM import_run").fetchall() == [(0,)]


def test_a_late_link_speaks_when_it_comes(store: Store) -> None:
    known = [("anna", "NL", 1), ("ben", "NL", 1)]
    bring(store, tickets=[(1, "a", 5, DAY, 1, 2.0, None, None)], orders=[order(1)], customers=known)
    assert ("no-link", 1) in [
        (lost.reason, lost.records) for lost in refresh(store, BLUEPRINT, SETTINGS).left_out
    ]
    bring(store, orders=[order(5, "ben", 10.0)])
    assert refresh(store, BLUEPRINT, SETTINGS).left_out == ()
    assert {e.source for e in explain(store, SETTINGS, "ben", AT).experiences} >= {"split", "bought"}
    assert verify(store, BLUEPRINT, SETTINGS) == []


def test_what_was_retracted_is_not_explained(store: Store) -> None:
    bring(store, orders=[order(1, "anna")])
    bring(store, orders=[order(1, "ben")])
    assert explain(store, SETTINGS, "anna", AT).experiences == ()
    assert explain(store, SETTINGS, "anna", AT).trust.n == 0
    assert [row.group for row in read_out(store, SETTINGS, by=("customer",), at=AT)] == [{"customer": "ben"}]


def test_verify_names_what_differs(store: Store) -> None:
    bring(store, orders=[order(1)], customers=[("anna", "NL", 1)])
    refresh(store, BLUEPRINT, SETTINGS)
    stand(store, SETTINGS, 20_199)
    assert verify(store, BLUEPRINT, SETTINGS) == []
    for table, change in (
        ("experience", "UPDATE experience SET weight = weight + 1 WHERE source_no = 1"),
        ("day_cube", "DELETE FROM day_cube WHERE mechanism_no = 7"),
        ("customer_segment", "UPDATE customer_segment SET value = 'DE' WHERE segment = 'country'"),
        ("customer_state", "UPDATE customer_state SET good_0 = good_0 + 1"),
        ("shard_state", "DELETE FROM shard_state WHERE segment = 'country'"),
        ("segment_cube", "UPDATE segment_cube SET n = n + 1"),
        ("recent", "INSERT INTO recent FROM experience LIMIT 1"),
        ("refresh_state", "UPDATE refresh_state SET fingerprint = '7' WHERE part = 'newest_ms'"),
    ):
        store.connection.execute("BEGIN")
        store.connection.execute(change)
        assert table in {difference.table for difference in verify(store, BLUEPRINT, SETTINGS)}, table
        store.connection.execute("ROLLBACK")
    assert verify(store, BLUEPRINT, SETTINGS) == []


def test_a_reader_goes_on_while_tables_are_put_in_order(store: Store) -> None:
    bring(store, orders=[order(number) for number in range(20)])
    bring(store, orders=[order(number, total=1.0) for number in range(10)])
    stand(store, SETTINGS, 20_199)
    with store.reading() as reader:
        before = read_out(reader, SETTINGS, at=AT)
        assert not crowded(store)
        assert compact(store, whole=True)
        bring(store, orders=[order(99)])
        assert read_out(reader, SETTINGS, at=AT) == before
    [(least,)] = store.connection.execute("SELECT count(*) FROM experience WHERE n < 0").fetchall()
    assert least == 0
    assert verify(store, BLUEPRINT, SETTINGS) == []


def test_other_parameters_do_not_read_what_stands(store: Store) -> None:
    bring(store, orders=[order(1)])
    stand(store, SETTINGS, AT.day)
    standing = read_standing(store.connection)
    assert standing is not None
    assert standing.suits(SETTINGS)
    store.connection.execute("UPDATE customer_state SET good_2 = 0")
    later = Moment(AT.at_ms + DAY_MS, AT.day + 1, "given")
    [stale], [scanned] = (
        read_out(store, SETTINGS, by=("customer",), at=at, intervals=False) for at in (AT, later)
    )
    assert stale.good < scanned.good  # so the sums are read on their day, and on no other


def test_what_is_written_also_goes_with_the_batch_or_not_at_all(store: Store) -> None:
    bring(store, orders=[order(1)])
    store.set_setting("key:orders", "another")  # as if the stored records had been keyed otherwise
    with pytest.raises(TrothError, match="key-changed"):
        carry(
            store,
            BLUEPRINT,
            SETTINGS,
            tables_of({"orders": [order(2)]}),
            mark="7",
            also=lambda: store.set_setting("also", "written"),
        )
    assert store.setting("also") is None
    assert store.setting("inbox_mark") is None


def test_a_later_record_of_a_day_has_a_higher_row(store: Store) -> None:
    for number in (1, 2, 3):
        bring(store, orders=[order(number), order(number)])
    bring(store, orders=[order(1, total=1.0)])
    rows = store.connection.execute("SELECT id, _import, _row FROM record.orders ORDER BY _row").fetchall()
    assert rows == [(2, 1, 3), (3, 1, 5), (1, 1, 6)]
