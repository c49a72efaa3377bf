"""Records go when their time is over, and what was derived goes with them."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from tests.workspace.privacy.conftest import BLUEPRINT, FILES, write_shop

from troth.store.office.tables import trail
from troth.workspace import Workspace
from troth.workspace.privacy import Alone, retain

NOW = dt.datetime(2026, 2, 1, 12, tzinfo=dt.UTC)
KEEP = BLUEPRINT.replace(
    "    customer: customer_id\n    columns: {order_id",
    "    customer: customer_id\n    keep: 30d\n    columns: {order_id",
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[tuple[Workspace, Alone]]:
    yield from _opened(write_shop(tmp_path, KEEP))


def _opened(folder: Path) -> Iterator[tuple[Workspace, Alone]]:
    with Workspace.open(folder, now=lambda: NOW) as workspace, Alone(workspace) as host:
        for kind in FILES:
            workspace.import_(kind, folder / f"{kind}.csv")
        workspace.refreshed()
        yield workspace, host


def left(workspace: Workspace, kind: str) -> list[str]:
    rows = workspace.opened().connection.execute(f"SELECT _key FROM record.{kind} ORDER BY 1").fetchall()
    return [key for (key,) in rows]


def test_old_orders_go_with_lines_that_have_no_time_of_their_own(opened: tuple[Workspace, Alone]) -> None:
    workspace, host = opened
    assert retain(host, actor="system", dry_run=True) == {"record.orders": 2, "record.lines": 3}
    assert left(workspace, "orders") == ["O1", "O2", "O3", "O4"]
    assert retain(host, actor="system") == {"record.orders": 2, "record.lines": 3}
    assert left(workspace, "orders") == ["O3", "O4"]
    assert left(workspace, "lines") == ["L4"]
    assert left(workspace, "customers") == ["C1", "C12", "C2"]
    [(experiences, cube)] = (
        workspace.opened()
        .connection.execute("SELECT (SELECT count(*) FROM experience), (SELECT sum(n) FROM day_cube)")
        .fetchall()
    )
    assert experiences == cube == 3
    assert not workspace.status().outdated
    assert retain(host, actor="system") == {}
    with host.office.transaction() as connection:
        assert connection.execute(select(trail.c.action, trail.c.actor)).all() == [
            ("retention-applied", "system")
        ]


def test_an_order_stays_while_lines_with_a_time_of_their_own_do(tmp_path: Path) -> None:
    longer = KEEP.replace(
        "    customer: order.customer_id\n", "    customer: order.customer_id\n    keep: 60d\n"
    )
    for workspace, host in _opened(write_shop(tmp_path, longer)):
        assert retain(host, actor="system") == {}  # lines have no date, so their import's time counts
        assert left(workspace, "lines") == ["L1", "L2", "L3", "L4"]


def test_a_column_may_be_chosen(tmp_path: Path) -> None:
    text = KEEP.replace("keep: 30d\n", "keep: 30d\n    keep_from: seen\n").replace(
        "ordered_at: time, days", "ordered_at: time, seen: date, days"
    )
    folder = write_shop(tmp_path, text)
    (folder / "orders.csv").write_text(
        "order_id,customer_id,ordered_at,seen,days\n"
        "O1,C1,2026-01-31 10:00:00,2026-01-01,3\nO2,C1,2025-01-01 10:00:00,2026-01-30,3\n"
        "O3,C1,2025-01-01 10:00:00,,3\n"
    )
    for workspace, host in _opened(folder):
        assert retain(host, actor="system")["record.orders"] == 1
        assert left(workspace, "orders") == ["O2", "O3"]  # without the date its import counts


def test_quarantined_rows_go_by_their_import(tmp_path: Path) -> None:
    for workspace, host in _opened(write_shop(tmp_path, KEEP)):
        store = workspace.opened()
        store.connection.execute("UPDATE import_run SET finished_ms = 0 WHERE kind = 'orders'")
        assert retain(host, actor="system")["quarantine"] == 2


def test_ids_of_people_without_records_are_forgotten(opened: tuple[Workspace, Alone]) -> None:
    workspace, host = opened
    workspace.forget("customers")
    retain(host, actor="system")
    ids = workspace.opened().connection.execute("SELECT customer FROM customer ORDER BY 1").fetchall()
    assert ids == [("C2",), ("jane@example.com",)]
