"""Data quality: everything that came in is accounted for, and silence is named."""

from collections.abc import Callable

import pytest
from tests.insight.conftest import Ledger, Lived

from troth.insight.days import time_of
from troth.insight.quality import data_quality
from troth.ledger import LeftOut
from troth.store import tables
from troth.vocabulary import MECHANISM_IDS

DAY = 20_000


@pytest.fixture
def lived(ledger: Callable[..., Ledger]) -> Ledger:
    made = ledger().live(
        [
            Lived("c1", "delivery", "reliability", 1000, DAY - 3),
            Lived("c2", "delivery", "reliability", -1000, DAY),
            Lived("c2", "delivery", "reliability", 1000, DAY + 1, source="import"),
        ]
    )
    connection = made.store.connection
    connection.execute("INSERT INTO import_run VALUES (1, 'orders', 'a.csv', 0, 1, 9, 5, 1, 1, 0, 2)")
    connection.execute("INSERT INTO import_run VALUES (2, 'orders', 'b.csv', 2, 3, 4, 0, 0, 3, 1, 0)")
    connection.execute("INSERT INTO import_run VALUES (3, 'experiences', 'e.csv', 4, 5, 1, 1, 0, 0, 0, 0)")
    for row, reason in enumerate(("missing-key", "missing-key", "unreadable-time")):
        connection.execute(
            "INSERT INTO quarantine (import_no, kind, row_no, reason, row_json)"
            " VALUES (1, 'orders', ?, ?, '{}')",
            [row, reason],
        )
    tables.ensure_record_table(connection, "orders", made.blueprint.records["orders"])
    connection.execute(
        "INSERT INTO record.orders (id, buyer, _key) VALUES ('1', 'c1', '1'), ('2', 'c2', '2')"
    )
    return made


def test_imports_add_up(lived: Ledger) -> None:
    orders, experiences = data_quality(lived.basis(DAY), ()).kinds
    assert (orders.kind, orders.imports, orders.records, orders.read) == ("orders", 2, 2, 13)
    parts = (orders.added, orders.changed, orders.same, orders.stale, orders.quarantined)
    assert parts == (5, 1, 4, 1, 2)
    assert sum(parts) == orders.read
    assert [(r.reason, r.rows) for r in orders.reasons] == [("missing-key", 2), ("unreadable-time", 1)]
    assert (experiences.kind, experiences.records, experiences.reasons) == ("experiences", 0, ())


def test_silence_is_named(lived: Ledger) -> None:
    quality = data_quality(lived.basis(DAY), [LeftOut("late", "no-time", 4)])
    assert [(s.source, s.experiences) for s in quality.sources] == [("late", 2), ("silent", 0)]
    assert quality.sources[1].oldest is None
    assert quality.touchpoints_not_observed == ("shop", "support")
    assert quality.mechanisms_not_observed == tuple(m for m in MECHANISM_IDS if m != "reliability")
    assert quality.left_out == (LeftOut("late", "no-time", 4),)


def test_what_comes_later_does_not_count_yet(lived: Ledger) -> None:
    quality = data_quality(lived.basis(DAY), ())
    assert quality.later == 1
    assert quality.oldest == time_of((DAY - 3) * 86_400_000)
    assert quality.newest == time_of(DAY * 86_400_000)
