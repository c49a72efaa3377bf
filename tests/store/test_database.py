import os
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pytest

from troth.errors import TrothError, UsageError
from troth.store import FILE_NAME, Store, tables


def fails(code: str, place: Path, **how: bool) -> TrothError:
    with pytest.raises(TrothError) as caught:
        Store.open(place, **how)
    assert caught.value.code == code
    return caught.value


def test_a_new_store_has_every_table_and_keeps_settings(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, store.transaction():
        store.set_setting("colour", "blue")
        store.set_setting("colour", "green")
    with Store.open(tmp_path / FILE_NAME) as store:
        assert store.setting("colour") == "green"
        assert store.setting("shape") is None
        names = {
            row[0] for row in store.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        }
    assert names == {
        "setting", "import_run", "quarantine", "customer", "touchpoint", "source", "experience",
        "day_cube", "customer_segment", "refresh_state",
    }  # fmt: skip


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        with pytest.raises(duckdb.ConstraintException), store.transaction() as connection:  # noqa: PT012
            store.set_setting("colour", "blue")
            connection.execute("INSERT INTO setting VALUES (NULL, NULL)")
        assert store.setting("colour") is None
        with store.transaction():
            store.set_setting("colour", "red")
        assert store.setting("colour") == "red"


def test_no_ledger_is_made_unless_asked_for(tmp_path: Path) -> None:
    assert isinstance(fails("store-missing", tmp_path), UsageError)
    assert list(tmp_path.iterdir()) == []
    fails("store-folder-missing", tmp_path / "no" / "such" / "ledger.duckdb", create=True)


def test_a_second_process_is_told_who_has_the_file(tmp_path: Path) -> None:
    program = (
        "import sys; from troth.store import Store\n"
        "store = Store.open(sys.argv[1]); print('open', flush=True); input()"
    )
    Store.open(tmp_path, create=True).close()
    command = [sys.executable, "-c", program, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "open\n"
        assert str(owner.pid) in fails("store-locked", tmp_path).message
        owner.communicate("\n", timeout=20)
    Store.open(tmp_path).close()


@pytest.mark.parametrize("content", [b"hello" * 1000, b"SQLite format 3\0" * 300, b"x"])
def test_another_kind_of_file_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / FILE_NAME
    path.write_bytes(content)
    fails("store-not-duckdb", tmp_path, create=True)
    assert path.read_bytes() == content


def test_a_file_cut_short_is_damaged(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.connection.execute("CREATE TABLE much AS SELECT range AS n, random() AS x FROM range(300000)")
    path = tmp_path / FILE_NAME
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    fails("store-damaged", tmp_path)
    assert path.stat().st_size == len(whole) // 2


def test_a_folder_of_the_ledgers_name_is_no_ledger(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).mkdir()
    fails("store-not-duckdb", tmp_path, create=True)


def test_an_empty_file_left_by_a_killed_process_is_replaced(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).touch()
    fails("store-not-duckdb", tmp_path)
    with Store.open(tmp_path, create=True) as store:
        assert store.setting("layout") == str(tables.LAYOUT)


def test_a_database_without_tables_is_completed(tmp_path: Path) -> None:
    duckdb.connect(str(tmp_path / FILE_NAME)).close()
    with Store.open(tmp_path) as store:
        assert store.setting("layout") == str(tables.LAYOUT)


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    with duckdb.connect(str(tmp_path / FILE_NAME)) as other:
        other.execute("CREATE TABLE invoices (a INTEGER)")
    fails("store-foreign", tmp_path, create=True)


def test_a_newer_layout_is_refused(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, store.transaction():
        store.set_setting("layout", "99")
    assert "99" in fails("store-newer", tmp_path).message


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = tmp_path / FILE_NAME
    Store.open(path, create=True).close()
    content = bytearray(path.read_bytes())
    content[16:24] = b"\xff" * 8
    path.write_bytes(content)
    fails("store-damaged", path)


def test_a_store_opened_for_reading_refuses_to_write(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    with Store.open(tmp_path, read_only=True) as store:
        with pytest.raises(TrothError) as caught, store.transaction():
            store.set_setting("colour", "blue")
        assert caught.value.code == "store-read-only"
        assert store.setting("layout") == str(tables.LAYOUT)


def test_nothing_is_fetched_from_a_network(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        for name in ("autoinstall_known_extensions", "autoload_known_extensions"):
            assert store.connection.execute("SELECT current_setting(?)", [name]).fetchone() == (False,)


@pytest.mark.skipif(os.name == "nt", reason="rights are kept another way there")
def test_a_file_without_rights_is_named() -> None:
    # Whoever is not root needs its folder open all the way up, and Python's modules loaded beforehand.
    program = (
        "import locale, os, sys; from troth.store import Store\n"
        "if os.geteuid() == 0: os.setuid(65534)\n"
        "try: Store.open(sys.argv[1])\nexcept Exception as error: print(error.code)"
    )
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        Store.open(folder, create=True).close()
        (folder / FILE_NAME).chmod(0o444)
        folder.chmod(0o755)
        command = [sys.executable, "-c", program, name]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.stdout == "store-read-only\n", done.stderr
