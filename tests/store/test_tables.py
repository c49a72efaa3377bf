from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from troth.store import Store, tables


def kind(**columns: str) -> SimpleNamespace:
    return SimpleNamespace(columns={name: SimpleNamespace(type=type_) for name, type_ in columns.items()})


def test_a_record_table_holds_every_type_and_the_bookkeeping(tmp_path: Path) -> None:
    declared = kind(a="text", b="integer", c="number", d="boolean", e="date", f="time")
    with Store.open(tmp_path, create=True) as store:
        assert tables.record_columns(store.connection, "orders") == {}
        tables.ensure_record_table(store.connection, "orders", declared)
        assert tables.record_columns(store.connection, "orders") == {
            "a": "VARCHAR", "b": "BIGINT", "c": "DOUBLE", "d": "BOOLEAN", "e": "DATE", "f": "TIMESTAMP",
            "_key": "VARCHAR", "_import": "INTEGER", "_row": "BIGINT", "_hash": "UINTEGER",
        }  # fmt: skip


def test_a_record_table_follows_its_declaration(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        tables.ensure_record_table(store.connection, "orders", kind(id="text", total="text", note="text"))
        store.connection.execute("INSERT INTO record.orders VALUES ('a', '12', 'kept', 'a', 1, 1, 0)")
        tables.ensure_record_table(store.connection, "orders", kind(id="text", total="integer", vat="number"))
        rows = store.connection.execute("SELECT id, total, vat, _key FROM record.orders").fetchall()
        assert rows == [("a", 12, None, "a")]
        assert "note" not in tables.record_columns(store.connection, "orders")
        store.connection.execute("UPDATE record.orders SET id = 'x1'")
        with pytest.raises(duckdb.ConversionException):
            tables.ensure_record_table(store.connection, "orders", kind(id="integer"))


def test_names_are_quoted() -> None:
    assert tables.record_table("order") == 'record."order"'
    assert tables.quoted('a"b') == '"a""b"'
