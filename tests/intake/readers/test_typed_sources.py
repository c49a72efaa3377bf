"""Parquet, workbooks and databases: sources whose values have types already."""

# ruff: noqa: DTZ001 - the ledger's times are in UTC and carry no zone

import datetime as dt
import sqlite3
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.intake.helpers import NOW_MS, Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import import_source
from troth.store import Store

PLAN = blueprint(
    """
key: id
customer: who
zone: Europe/Amsterdam
columns:
  id: integer
  who: text
  price: {type: number, decimal: ","}
  at: time
  day: {type: date, format: "%d-%m-%Y"}
  ok: boolean
"""
)
MOMENT = dt.datetime(2025, 7, 1, 12, 30)
EXPECTED = [
    (1, "c1", 1234.5, MOMENT - dt.timedelta(hours=2), dt.date(2025, 1, 31), True),
    (2, "c2", None, None, None, None),
]
COLUMNS = 'id, who, price, "at", day, ok'


def test_parquet_keeps_its_values(tmp_path: Path, bring: Bring, rows: Rows) -> None:
    table = pa.table(
        {
            "ID": pa.array([1, 2], pa.int32()),
            "who": ["c1", "c2"],
            "price": pa.array([Decimal("1234.50"), None], pa.decimal128(10, 2)),
            "at": pa.array([MOMENT, None], pa.timestamp("ns")),
            "day": pa.array([dt.date(2025, 1, 31), None]),
            "ok": [True, None],
        }
    )
    pq.write_table(table, tmp_path / "orders.parquet")
    bring(tmp_path / "orders.parquet", PLAN)
    assert rows(COLUMNS) == EXPECTED


def test_a_parquet_time_with_a_zone_is_absolute(tmp_path: Path, bring: Bring, rows: Rows) -> None:
    moments = pa.array([MOMENT.replace(tzinfo=dt.UTC)], pa.timestamp("ms", tz="America/New_York"))
    table = pa.table({"id": [1], "who": ["c1"], "price": [0.1], "at": moments, "day": [None], "ok": [False]})
    pq.write_table(table, tmp_path / "orders.pq")
    bring(tmp_path / "orders.pq", PLAN)
    assert rows('"at", price') == [(MOMENT, 0.1)]


def test_whole_floats_are_no_other_ids(tmp_path: Path, bring: Bring, rows: Rows) -> None:
    table = pa.table(
        {"id": [17850.0, 2.0], "customer": [7.0, 7.5], "made": [None, None], "total": [1.0, 2.5]}
    )
    pq.write_table(table, tmp_path / "orders.parquet")
    bring(tmp_path / "orders.parquet")
    assert rows("id, customer, total") == [("17850", "7", 1.0), ("2", "7.5", 2.5)]


def _workbook(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    book.save(path)
    return path


ORDERS = [
    ["id", "who", "price", "at", "day", "ok"],
    [1, "c1", 1234.5, MOMENT, "31-01-2025", True],
    [None] * 6,
    [2, "c2", None, None, None, None],
]


def test_a_workbook_keeps_its_values(tmp_path: Path, bring: Bring, rows: Rows) -> None:
    path = _workbook(tmp_path / "book.xlsx", {"empty": [], "orders": ORDERS})
    assert "orders" in bring(path, PLAN).format
    assert rows(COLUMNS) == EXPECTED


def test_a_workbook_of_several_sheets_wants_a_name(tmp_path: Path, bring: Bring, store: Store) -> None:
    path = _workbook(tmp_path / "book.xlsx", {"notes": [["x"]], "orders": ORDERS})
    with pytest.raises(TrothError) as caught:
        bring(path, PLAN)
    assert (caught.value.code, caught.value.allowed) == ("sheet-unclear", ("notes", "orders"))
    assert import_source(store, PLAN, "orders", f"{path}#orders", now_ms=NOW_MS).added == 2
    with pytest.raises(TrothError, match="sheet-missing"):
        import_source(store, PLAN, "orders", f"{path}#Orders", now_ms=NOW_MS)


@pytest.mark.parametrize(
    ("name", "code"), [("a.xlsx", "workbook-unreadable"), ("a.parquet", "parquet-unreadable")]
)
def test_garbage_under_a_good_name_is_an_error(name: str, code: str, bring: Bring) -> None:
    with pytest.raises(TrothError, match=code):
        bring(b"garbage" * 100, PLAN, name=name)


@pytest.fixture
def database(tmp_path: Path) -> str:
    with sqlite3.connect(tmp_path / "shop.db") as connection:
        connection.execute(
            "CREATE TABLE orders"
            " (id INTEGER PRIMARY KEY, who TEXT, price REAL, at TEXT, day TEXT, ok BOOLEAN)"
        )
        connection.execute(
            "INSERT INTO orders VALUES (1, 'c1', 1234.5, '2025-07-01 12:30:00', '31-01-2025', 1)"
        )
        connection.execute("INSERT INTO orders VALUES (2, 'c2', NULL, NULL, NULL, NULL)")
    connection.close()
    return f"sqlite:///{tmp_path / 'shop.db'}"


def test_a_table_of_a_database_is_read(database: str, store: Store, rows: Rows) -> None:
    summary = import_source(store, PLAN, "orders", f"{database}#orders", now_ms=NOW_MS)
    assert (summary.added, summary.quarantined) == (2, 0)
    assert rows(COLUMNS) == EXPECTED


@pytest.mark.parametrize(
    ("suffix", "code"),
    [("#order", "table-missing"), ("", "database-address-invalid"), ("x#orders", "source-missing")],
)
def test_a_table_that_is_not_there_is_named(database: str, suffix: str, code: str, store: Store) -> None:
    with pytest.raises(TrothError) as caught:
        import_source(store, PLAN, "orders", database + suffix, now_ms=NOW_MS)
    assert caught.value.code == code


def test_an_unreachable_database_is_named_without_its_password(store: Store) -> None:
    with pytest.raises(TrothError) as caught:
        import_source(
            store, PLAN, "orders", "postgresql+psycopg://me:secret@127.0.0.1:1/shop#orders", now_ms=NOW_MS
        )
    assert caught.value.code == "database-unreachable"
    assert "secret" not in str(caught.value)


def test_a_database_that_breaks_off_while_it_is_read_is_named(
    database: str, store: Store, tmp_path: Path
) -> None:
    file = tmp_path / "shop.db"
    with sqlite3.connect(file) as connection:
        connection.executemany(
            "INSERT INTO orders VALUES (?, 'c', 1, '2025-07-01 12:30:00', NULL, 1)",
            ((number,) for number in range(3, 20_000)),
        )
    connection.close()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2] + b"\xff" * (len(whole) // 2))
    with pytest.raises(TrothError) as caught:
        import_source(store, PLAN, "orders", f"{database}#orders", now_ms=NOW_MS)
    assert caught.value.code == "database-unreachable"
