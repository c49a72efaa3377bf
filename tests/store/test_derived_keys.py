from pathlib import Path
from types import SimpleNamespace

from troth.store import Store, tables


def test_a_key_that_is_a_column_is_kept_once(tmp_path: Path) -> None:
    declared = SimpleNamespace(
        columns={"id": SimpleNamespace(type="text"), "a": SimpleNamespace(type="integer")}
    )
    with Store.open(tmp_path, create=True) as store:
        tables.ensure_record_table(store.connection, "orders", declared, "id")
        tables.ensure_record_table(store.connection, "visits", declared)
        assert tables.has_derived_key(store.connection, "orders")
        assert not tables.has_derived_key(store.connection, "visits")
        assert not tables.has_derived_key(store.connection, "nothing")
        store.connection.execute("INSERT INTO record.orders (id, a) VALUES ('x', 1)")
        more = SimpleNamespace(columns={**declared.columns, "b": SimpleNamespace(type="text")})
        del more.columns["a"]
        tables.ensure_record_table(store.connection, "orders", more, "id")
        assert store.connection.execute("SELECT _key, b FROM record.orders").fetchall() == [("x", None)]
    with Store.open(tmp_path) as store:
        store.connection.execute("DELETE FROM record.orders WHERE _key = 'x'")
        assert store.connection.execute("SELECT count(*) FROM record.orders").fetchall() == [(0,)]
