from pathlib import Path
from types import SimpleNamespace

import duckdb
import pytest

from troth.store import Store, tables
from troth.store.beside import beside


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


def test_a_copy_that_is_being_made_has_no_kinds_of_ours(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        tables.ensure_record_table(store.connection, "orders", kind(id="text"))
        store.connection.execute(f"ATTACH '{tmp_path / 'copy.duckdb'}' AS copy")
        store.connection.execute("COPY FROM DATABASE ledger TO copy")
        store.connection.execute("CREATE TABLE copy.record.tickets (id VARCHAR)")
        assert tables.record_kinds(store.connection) == ["orders"]
        assert tables.record_kinds(store.connection, "copy") == ["orders", "tickets"]
        with beside(store, tmp_path) as trial:
            assert tables.record_columns(trial.connection, "orders").keys() >= {"id"}
            assert trial.connection.execute("SELECT count(*) FROM record.orders").fetchall() == [(0,)]
