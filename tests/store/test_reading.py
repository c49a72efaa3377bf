"""Reading while another thread writes: a snapshot of its own."""

from pathlib import Path
from threading import Thread

import duckdb
import pytest

from troth.store import Store


def test_a_reader_sees_one_state_whatever_is_written(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.set_setting("a", "1")
        with store.reading() as reader:
            assert reader.setting("a") == "1"
            with store.transaction():
                store.set_setting("a", "2")
                store.connection.execute("CREATE TABLE later (a INTEGER)")
            assert (reader.setting("a"), store.setting("a")) == ("1", "2")
            with pytest.raises(duckdb.CatalogException):
                reader.connection.execute("FROM later")
        with store.reading() as reader:
            assert reader.setting("a") == "2"


def test_the_snapshot_is_that_of_its_beginning(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, store.reading() as reader:
        store.set_setting("a", "1")
        assert reader.setting("a") is None


def test_temporary_tables_are_the_readers_own(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, store.reading() as one, store.reading() as other:
        for number, reader in enumerate((one, other)):
            reader.connection.execute(f"CREATE TEMP TABLE own AS SELECT {number} AS a")
        assert one.connection.execute("FROM own").fetchall() == [(0,)]
        assert other.connection.execute("FROM own").fetchall() == [(1,)]


def test_threads_read_while_one_writes_and_never_see_half_of_it(tmp_path: Path) -> None:
    sums: list[int] = []
    with Store.open(tmp_path, create=True) as store:
        store.connection.execute("CREATE TABLE pair (side INTEGER, a INTEGER)")
        store.connection.execute("INSERT INTO pair VALUES (0, 0), (1, 0)")

        def read() -> None:
            for _again in range(30):
                with store.reading() as reader:
                    rows = reader.connection.execute("SELECT a FROM pair").fetchall()
                    rows += reader.connection.execute("SELECT a FROM pair").fetchall()
                    sums.append(len({a for (a,) in rows}))

        threads = [Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(30):
            with store.transaction() as connection:
                connection.execute("DELETE FROM pair WHERE side = 0")
                connection.execute("INSERT INTO pair VALUES (0, ?)", [number])
                connection.execute("UPDATE pair SET a = ? WHERE side = 1", [number])
        for thread in threads:
            thread.join()
    assert len(sums) == 90
    assert set(sums) == {1}
