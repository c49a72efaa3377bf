"""Who was erased stays out: of files, replays, older backups; whatever interrupts the erasure."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.support.postgres import cluster, find
from tests.workspace.privacy.conftest import HERS, Shop, put

from troth.errors import TrothError
from troth.store.erasures import ErasureList
from troth.store.office.parcels import Contents
from troth.workspace import Workspace
from troth.workspace.keeping import back_up, bring_back
from troth.workspace.privacy import Alone, count, erase, erasures, resume, sweep


def test_nobody_comes_back_by_a_file(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    assert shop.bring_in() == {"customers": 1, "orders": 3, "lines": 3}
    assert count(shop.host, "C1") == {}
    [run] = [run for run in shop.workspace.status().imports if run.kind == "orders"][:1]
    assert (run.read, run.erased) == (6, 3)


def test_a_new_order_and_its_lines_stay_out_too(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    (shop.folder / "orders.csv").write_text(
        "order_id,customer_id,ordered_at,days\nO99,C1,2026-03-01 10:00:00,1\n", "utf-8"
    )
    (shop.folder / "lines.csv").write_text("line_id,order_id,ok\nL99,O99,true\n", "utf-8")
    assert shop.bring_in("orders", "lines") == {"orders": 1, "lines": 1}


def test_a_dry_run_lets_the_list_alone(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    before = (shop.folder / "erasures.jsonl").read_bytes()
    (shop.folder / "orders.csv").write_text("order_id,customer_id,ordered_at,days\nO99,C1,2026-03-01,1\n")
    assert shop.workspace.import_("orders", shop.folder / "orders.csv", dry_run=True).erased == 1
    assert (shop.folder / "erasures.jsonl").read_bytes() == before


def test_lines_that_came_before_their_order_are_swept_away(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    (shop.folder / "lines.csv").write_text("line_id,order_id,ok\nL99,O99,true\n", "utf-8")
    (shop.folder / "orders.csv").write_text("order_id,customer_id,ordered_at,days\nO99,C1,2026-03-01,1\n")
    assert shop.bring_in("lines", "orders") == {"lines": 0, "orders": 1}
    assert shop.query("SELECT count(*) FROM record.lines WHERE line_id = 'L99'") == [(1,)]
    assert [receipt.number for receipt in sweep(shop.host)] == [1]
    assert shop.query("SELECT count(*) FROM record.lines WHERE line_id = 'L99'") == [(0,)]
    assert sweep(shop.host) == []


def test_a_replay_of_the_quarantine_does_not_bring_back(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    shop.workspace.opened().connection.execute(
        "INSERT INTO quarantine VALUES (2, 'orders', 9, 'unreadable-time', 'ordered_at', 'x',"
        """ '{"order_id":"O9","customer_id":"C1","ordered_at":"2026-01-01","days":"1"}', 'O9')"""
    )
    [summary] = shop.workspace.replay("orders")
    assert summary.erased == 1
    assert count(shop.host, "C1") == {}


def test_a_person_without_records_is_kept_out(shop: Shop) -> None:
    assert dict(erase(shop.host, "C77", actor="a").counts) == {}
    (shop.folder / "orders.csv").write_text("order_id,customer_id,ordered_at,days\nO1,C77,2026-01-01,3\n")
    assert shop.bring_in("orders") == {"orders": 1}


def test_an_older_backup_does_not_bring_back(shop: Shop, tmp_path: Path) -> None:
    backup = tmp_path / "old.zip"
    shop.workspace.close()
    shop.host.close()
    back_up(shop.folder, backup)
    erase(shop.host, "C1", actor="a")
    shop.workspace.close()
    shop.host.close()
    newest = tmp_path / "erasures.jsonl"
    for folder, newer in ((tmp_path / "lost", None), (tmp_path / "else", newest)):
        bring_back(backup, folder, newer)
        with Workspace.open(folder) as workspace, Alone(workspace) as host:
            assert bool(count(host, "C1")) is (newer is None)
            assert [receipt.number for receipt in erasures(host)] == ([1] if newer else [])
    same = tmp_path / "same"
    same.mkdir()
    (same / "erasures.jsonl").write_bytes(newest.read_bytes())  # all else was lost, or moved away
    bring_back(backup, same)
    with Workspace.open(same) as workspace, Alone(workspace) as host:
        assert count(host, "C1") == {}
        assert count(host, "C12")
        assert erasures(host)[0].counts["record.lines"] == 3


def test_a_list_of_another_workspace_is_refused(shop: Shop, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    foreign = ErasureList.load(other).with_more(1, ["0" * 64], 0)
    with pytest.raises(TrothError) as caught:
        ErasureList.load(shop.folder).merged(foreign)
    assert caught.value.code == "erasures-foreign"


def test_a_lost_list_is_told(shop: Shop) -> None:
    erase(shop.host, "C1", actor="a")
    (shop.folder / "erasures.jsonl").unlink()
    with pytest.raises(TrothError) as caught:
        resume(shop.host)
    assert caught.value.code == "erasures-missing"
    (shop.folder / "erasures.jsonl").write_text("{", "utf-8")
    with pytest.raises(TrothError) as caught:
        shop.bring_in()
    assert caught.value.code == "erasures-damaged"


KILLED = """
import os, signal, sys
from troth.workspace import Workspace
from troth.workspace.privacy import Alone, erase
import troth.workspace.privacy.erasing as erasing

def killed(*_arguments, **_more):
    os.kill(os.getpid(), signal.SIGKILL)

place = sys.argv[2]
module, name = {
    "before the ledger": (erasing, "_remove"), "in the ledger": (erasing, "rebuild"),
    "after the ledger": (erasing, "remove_waiting"), "before the copy": (erasing, "renewed"),
    "before the swap": (Alone, "renew"),
}[place]
setattr(module, name, killed)
with Workspace.open(sys.argv[1]) as workspace, Alone(workspace) as host:
    erase(host, "C1", actor="a")
"""


@pytest.mark.parametrize(
    "place",
    ["before the ledger", "in the ledger", "after the ledger", "before the copy", "before the swap"],
)
def test_one_that_was_killed_is_finished_by_the_next_start(shop: Shop, place: str) -> None:
    put(shop.host.office, "orders", Contents({"order_id": "text", "customer_id": "text"},
        {"order_id": ["O8"], "customer_id": ["C1"]}))  # fmt: skip
    shop.workspace.close()
    shop.host.close()
    done = subprocess.run(
        [sys.executable, "-c", KILLED, shop.folder, place], env=os.environ, check=False, capture_output=True
    )
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert [receipt.done_ms for receipt in erasures(shop.host)] == [None]
    assert shop.bring_in()["orders"] == 3, "nothing comes in meanwhile"
    [receipt] = resume(shop.host)
    assert dict(receipt.counts) == {**HERS, "inbox": 1}
    assert receipt.done_ms is not None
    assert resume(shop.host) == []
    assert count(shop.host, "C1") == {}
    assert not list(shop.folder.glob("*.renewed*"))


def test_a_team_erases_in_its_postgresql(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    programs = find()
    if programs is None:
        pytest.skip("no PostgreSQL here")
    with cluster(programs) as url:
        monkeypatch.setenv("TROTH_STORE", url)
        contents = Contents({"order_id": "text", "customer_id": "text"},
                            {"order_id": ["O8"], "customer_id": ["C1"]})  # fmt: skip
        put(shop.host.office, "orders", contents)
        assert dict(erase(shop.host, "C1", actor="a").counts) == {**HERS, "inbox": 1}
        assert [receipt.done_ms is None for receipt in erasures(shop.host)] == [False]
        assert shop.bring_in()["orders"] == 3
        assert resume(shop.host) == []
        shop.host.close()


def test_without_room_for_the_new_file_it_is_pending(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_store: object) -> Path:
        raise TrothError("store-full", "The disk is full.")

    with monkeypatch.context() as patched:
        patched.setattr("troth.workspace.privacy.erasing.renewed", full)
        assert erase(shop.host, "C1", actor="a").done_ms is None
    assert count(shop.host, "C1") == {}
    [receipt] = resume(shop.host)
    assert receipt.done_ms is not None
    assert dict(receipt.counts) == HERS
