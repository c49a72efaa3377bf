"""The looks at inbox, high-water mark, erasures and backups, each on a workspace that lacks something."""

import os
import shutil
import sqlite3
from collections import namedtuple
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import BLUEPRINT, ORDERS

from troth import Workspace
from troth.store import Store
from troth.store.erasures import FILE_NAME as ERASURES_NAME
from troth.store.erasures import ErasureList
from troth.store.office import OFFICE_NAME, Office
from troth.workspace.doctor import Check, alone, examine, served
from troth.workspace.live import Live
from troth.workspace.privacy import Alone, erase

NOTHING: Mapping[str, str] = {}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A workspace with records, an office and nobody who serves it."""
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    (tmp_path / "orders.csv").write_text(ORDERS, "utf-8")
    with Workspace.open(tmp_path) as workspace:
        workspace.import_("orders", tmp_path / "orders.csv")
    Office.open(tmp_path, NOTHING).close()
    return tmp_path


def looked(folder: Path, name: str) -> Check:
    with alone(folder, key=None, environment=NOTHING) as patient:
        [found] = [check for check in examine(patient) if check.name == name]
        return found


def parcels(folder: Path, *numbers: int, received_ms: int = 1_700_000_000_000) -> None:
    with sqlite3.connect(folder / OFFICE_NAME) as connection:
        connection.executemany(
            "INSERT INTO parcel (seq, kind, n, received_ms, body) VALUES (?, 'orders', 3, ?, X'93808090')",
            [(number, received_ms) for number in numbers],
        )


def reach(folder: Path, mark: int) -> None:
    with Store.open(folder) as store, store.transaction():
        store.set_setting("inbox_mark", str(mark))


def test_parcels_that_wait_while_nobody_serves_are_told_with_their_time(folder: Path) -> None:
    assert looked(folder, "inbox").state == "fine"
    parcels(folder, 1, 2)
    found = looked(folder, "inbox")
    assert (found.state, found.code) == ("finding", "records-waiting")
    assert found.message == "6 records wait for the ledger, the first since 2023-11-14 22:13 UTC."
    assert found.figures["parcels"] == 2
    assert looked(folder, "mark").state == "fine"
    reach(folder, 2)  # the ledger has them; only their removal was not done
    assert looked(folder, "inbox").state == looked(folder, "mark").state == "fine"


@pytest.mark.parametrize(("waiting", "lost"), [((7, 8), (4, 6)), ((), (4, 8))])
def test_an_older_copy_of_the_ledger_is_found_out(
    folder: Path, waiting: tuple[int, ...], lost: tuple[int, int]
) -> None:
    parcels(folder, *range(1, 9))
    with sqlite3.connect(folder / OFFICE_NAME) as connection:
        gone = set(range(1, 9)) - set(waiting)
        connection.executemany("DELETE FROM parcel WHERE seq = ?", [(number,) for number in gone])
    reach(folder, 3)
    found = looked(folder, "mark")
    assert (found.state, found.code) == ("finding", "parcels-lost")
    assert (found.figures["first"], found.figures["last"]) == lost
    reach(folder, lost[1])
    assert looked(folder, "mark").state == "fine"


def test_an_office_that_is_new_beside_an_old_ledger_is_a_note(folder: Path) -> None:
    reach(folder, 12)
    assert (looked(folder, "mark").state, looked(folder, "mark").code) == ("note", "office-behind")


def test_an_office_of_another_layout_is_looked_at_no_further(folder: Path) -> None:
    with sqlite3.connect(folder / OFFICE_NAME) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    assert (looked(folder, "office").state, looked(folder, "office").code) == ("finding", "office-newer")
    with alone(folder, key=None, environment=NOTHING) as patient:
        assert not {"inbox", "mark"} & {check.name for check in examine(patient)}


def test_a_damaged_office_is_told(folder: Path) -> None:
    path = folder / OFFICE_NAME
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(path.stat().st_size - 4096))
    assert looked(folder, "office").state == "finding"
    path.write_text("no database")
    assert (looked(folder, "office").state, looked(folder, "office").code) == (
        "finding",
        "office-unreachable",
    )


@pytest.fixture
def erased(folder: Path) -> Path:
    with Workspace.open(folder) as workspace, Alone(workspace) as host:
        erase(host, "c1", actor="test")
    return folder


def test_erasures_that_list_and_office_agree_on_are_fine(erased: Path) -> None:
    found = looked(erased, "erasures")
    assert (found.state, found.message) == ("fine", "List and office agree on 1 erasure.")


def test_a_lost_list_is_told(erased: Path) -> None:
    (erased / ERASURES_NAME).unlink()
    assert looked(erased, "erasures").code == "erasures-missing"


def test_a_list_that_lacks_somebody_is_told(erased: Path) -> None:
    text = (erased / ERASURES_NAME).read_text("utf-8")
    (erased / ERASURES_NAME).write_text(text.splitlines()[0] + "\n", "utf-8")
    assert looked(erased, "erasures").code == "erasures-missing"


def test_a_list_that_cannot_be_read_is_told(erased: Path) -> None:
    (erased / ERASURES_NAME).write_text("{half", "utf-8")
    assert looked(erased, "erasures").code == "erasures-damaged"


def test_a_pending_erasure_is_told(erased: Path) -> None:
    with sqlite3.connect(erased / OFFICE_NAME) as connection:
        connection.execute("UPDATE erasure SET done_ms = NULL")
    found = looked(erased, "erasures")
    assert (found.state, found.code, found.message) == (
        "finding",
        "erasures-pending",
        "1 erasure is not finished.",
    )


def test_somebody_whom_only_the_list_knows_is_told(erased: Path) -> None:
    listed = ErasureList.load(erased)
    listed.with_more(listed.next_number, [listed.digest("person", "c2")], 1_700_000_000_000)
    assert looked(erased, "erasures").code == "erasures-unknown"


def test_backups_grow_old(folder: Path) -> None:
    assert looked(folder, "backups").code == "backup-missing"
    (folder / "backups").mkdir()
    backup = folder / "backups" / "troth-1.zip"
    backup.touch(0o600)
    assert looked(folder, "backups").state == "fine"
    long_ago = backup.stat().st_mtime - 8 * 86_400
    os.utime(backup, (long_ago, long_ago))
    found = looked(folder, "backups")
    assert (found.state, found.figures["days"]) == ("finding", 8)


def test_a_disk_without_room_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 - what shutil gives
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 10**9, 499_999_999))
    assert looked(folder, "disk").code == "disk-short"
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(10**9, 0, 500_000_000))
    assert looked(folder, "disk").state == "fine"


def test_a_server_that_cannot_move_records_says_why(folder: Path) -> None:
    from troth.errors import TrothError

    with Live.open(folder) as live:
        live.arrivals.mover.trouble = TrothError("store-full", "The disk is full.", "Make room.")
        with served(live) as patient:
            [found] = [check for check in examine(patient) if check.name == "inbox"]
    assert (found.state, found.code, found.hint) == ("finding", "store-full", "Make room.")


def test_labels_that_cannot_be_read_are_found(folder: Path) -> None:
    labels = folder / "labels.ndjson"
    labels.write_text('{"digest": "ab", "polarity": "positive"}\n', "utf-8")
    assert looked(folder, "labels").state == "fine"
    labels.write_text('{"digest": "ab", "polarity": "positive"}\n{"digest', "utf-8")
    found = looked(folder, "labels")
    assert (found.state, found.code, found.figures) == ("finding", "labels-damaged", {"lines": 1})
    assert f"{labels}:2" in found.message
