"""A ledger that is lost beside a team's PostgreSQL: the next start has everything, and nobody who went."""

import datetime as dt
import time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from tests.support.offices import emptied
from tests.workspace.privacy.conftest import BLUEPRINT, FILES, write_shop

from troth.errors import TrothError
from troth.ledger import read_out
from troth.store import FILE_NAME
from troth.store.office.tables import parcel, record
from troth.workspace import live as live_module
from troth.workspace.live import Live
from troth.workspace.privacy import erase, retain

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
KEPT = BLUEPRINT.replace("key: order_id\n", "key: order_id\n    keep: 50d\n")


@pytest.fixture
def folder(tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TROTH_STORE", emptied(postgres_url))
    return write_shop(tmp_path, KEPT)


def opened(folder: Path) -> Live:
    return Live.open(folder, now=lambda: NOW)


def put(live: Live, *ids: str, customer: str = "C2") -> None:
    """Orders, durable when this returns."""
    judge = live.arrivals.judge("orders")
    rows = [
        {"order_id": id_, "customer_id": customer, "ordered_at": "2026-02-20", "days": "1"} for id_ in ids
    ]
    judged = judge.judge(rows, live.now_ms())
    assert judged.n == len(ids)
    live.arrivals.take([live.arrivals.parcel(judge, judged)]).result(30)


def answers(live: Live) -> dict[str, Any]:
    """All records, and what is derived of them."""
    with live.reading() as workspace:
        store, at = workspace.opened(), workspace.moment()
        found: dict[str, Any] = {
            kind: store.connection.execute(f"SELECT *, _key FROM record.{kind} ORDER BY ALL").fetchall()
            for kind in FILES
        }
        for by in (("customer",), ("touchpoint", "mechanism", "day"), ("segment",)):
            rows = read_out(store, workspace.settings, by=by, at=at, intervals=False)
            found[str(by)] = sorted(rows, key=lambda row: str(row.group))
        found["imports"] = store.connection.execute("FROM import_run ORDER BY 1").fetchall()
        return found


def lose(folder: Path) -> None:
    for path in folder.glob(f"{FILE_NAME}*"):
        path.unlink()


def copied(live: Live, table: Any = record) -> int:  # noqa: ANN401 - a table
    with live.office.transaction() as connection:
        return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def test_a_lost_ledger_comes_back_with_files_arrivals_erasures_and_retention(folder: Path) -> None:
    with opened(folder) as live:
        with live.changing() as workspace:
            for kind in FILES:
                workspace.import_(kind, folder / f"{kind}.csv")
        put(live, "O7", "O8")
        put(live, "O7", "O9", customer="C12")
        live.arrivals.settle(60)
        erase(live, "C1", actor="office@example.com")
        retain(live, actor="system")
        before = answers(live)
        assert [row[0] for row in before["orders"]] == ["O4", "O7", "O8", "O9"]
        assert copied(live) == sum(len(before[kind]) for kind in FILES)
        with live.office.transaction() as connection:
            bodies = connection.exec_driver_sql("SELECT string_agg(body::text, ' ') FROM record").scalar_one()
        assert "jane@example.com" not in bodies
        assert '"C1"' not in bodies
        assert "O9" in bodies
    lose(folder)
    with opened(folder) as live:
        assert answers(live) == before
        put(live, "O10")
        live.arrivals.settle(60)
        assert len(answers(live)["orders"]) == len(before["orders"]) + 1
        with live.changing() as workspace:
            assert workspace.import_("customers", folder / "customers.csv").erased == 1


def test_parcels_stay_until_their_records_are_in_the_database(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_arguments: object) -> None:
        raise TrothError("office-unreachable", "The database cannot be used: away")

    with opened(folder) as live:
        put(live, "O1")
        live.arrivals.settle(60)
        monkeypatch.setattr(live_module, "follow", away)
        put(live, "O2")
        until = time.monotonic() + 30
        while live.arrivals.mover.trouble is None:
            assert time.monotonic() < until
            time.sleep(0.01)
        put(live, "O3")
        assert copied(live, parcel) == 2
        assert copied(live) == 1
    monkeypatch.undo()
    monkeypatch.setenv("TROTH_STORE", str(live.office.engine.url.render_as_string()).replace("+psycopg", ""))
    lose(folder)
    with opened(folder) as live:
        live.arrivals.settle(60)
        with live.reading() as workspace:
            ids = "SELECT order_id FROM record.orders ORDER BY 1"
            assert workspace.opened().connection.execute(ids).fetchall() == [("O1",), ("O2",), ("O3",)]
        assert copied(live) == 3
        assert copied(live, parcel) == 0


def test_what_was_imported_without_a_server_is_copied_at_its_start(folder: Path) -> None:
    from troth.workspace import Workspace

    with Workspace.open(folder) as workspace:
        workspace.import_("customers", folder / "customers.csv")
    with opened(folder) as live:
        assert copied(live) == 3
    lose(folder)
    with opened(folder) as live, live.reading() as workspace:
        [(n,)] = workspace.opened().connection.execute("SELECT count(*) FROM record.customers").fetchall()
        assert n == 3
