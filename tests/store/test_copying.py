"""A copy of the ledger holds all of it, also while others have the copy open, as whoever lists tables has."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest

from troth.store.copying import copy_ledger, has_log
from troth.store.renewing import put_in_place

ROWS = 300


@pytest.fixture
def ledger(tmp_path: Path) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(str(tmp_path / "ledger.duckdb"))
    connection.execute(f"CREATE TABLE experience AS SELECT range AS at_ms FROM range({ROWS})")
    return connection


class Observed:
    """A connection that tells when a statement is about to run."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, before: Callable[[str], None]) -> None:
        self._connection, self._before = connection, before

    def execute(self, statement: str) -> Any:  # noqa: ANN401 - the connection's own answer
        self._before(statement)
        return self._connection.execute(statement)


def test_a_copy_is_whole_while_somebody_lists_tables(
    tmp_path: Path, ledger: duckdb.DuckDBPyConnection
) -> None:
    reader, ends = ledger.cursor(), []

    def listing(statement: str) -> None:
        if statement.startswith("COPY"):
            reader.execute("BEGIN TRANSACTION READ ONLY")
            reader.execute("SELECT table_name FROM duckdb_tables()").fetchall()
            ends.append(threading.Timer(0.5, reader.rollback))
            ends[0].start()

    copy = tmp_path / "copy.duckdb"
    copy_ledger(cast("duckdb.DuckDBPyConnection", Observed(ledger.cursor(), listing)), copy, "copy_of_it")
    ends[0].join()
    assert not has_log(copy)
    moved = copy.rename(tmp_path / "moved.duckdb")  # the file alone, as a backup takes it
    with duckdb.connect(str(moved), read_only=True) as alone:
        assert alone.execute("SELECT count(*) FROM experience").fetchall() == [(ROWS,)]


def test_copies_are_whole_while_many_list_tables(tmp_path: Path, ledger: duckdb.DuckDBPyConnection) -> None:
    stop = threading.Event()

    def list_tables() -> None:
        cursor = ledger.cursor()
        while not stop.is_set():
            cursor.execute("BEGIN TRANSACTION READ ONLY")
            cursor.execute("SELECT count(*) FROM duckdb_tables()").fetchall()
            cursor.execute("SELECT count(*) FROM experience").fetchall()
            cursor.execute("ROLLBACK")

    readers = [threading.Thread(target=list_tables) for _number in range(2)]
    for reader in readers:
        reader.start()
    try:
        copies = [tmp_path / f"copy-{number}.duckdb" for number in range(10)]
        for copy in copies:
            copy_ledger(ledger.cursor(), copy, copy.stem)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    for copy in copies:
        with duckdb.connect(str(copy), read_only=True) as alone:
            assert alone.execute("SELECT count(*) FROM experience").fetchall() == [(ROWS,)]


def test_a_copy_that_does_not_hold_all_never_becomes_the_ledger(
    tmp_path: Path, ledger: duckdb.DuckDBPyConnection
) -> None:
    ledger.close()
    path, copy = tmp_path / "ledger.duckdb", tmp_path / "ledger.duckdb.renewed"
    before = path.read_bytes()
    copy.write_bytes(b"")
    copy.with_name(f"{copy.name}.wal").write_bytes(b"all that there is")
    assert not put_in_place(copy, path)
    assert path.read_bytes() == before
    assert not copy.exists()
