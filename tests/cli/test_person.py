"""Export, erasure and retention from the command line."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Call
from tests.workspace.privacy.conftest import BLUEPRINT, FILES, write_shop


@pytest.fixture
def shop(tmp_path: Path, call: Call) -> Path:
    write_shop(tmp_path)
    imported = call("-C", str(tmp_path), "import", *(f"{kind}={tmp_path / kind}.csv" for kind in FILES))
    assert imported.code == 0
    return tmp_path


def test_a_person_is_exported_to_a_file_that_only_its_owner_reads(shop: Path, call: Call) -> None:
    target = shop / "person.json"
    assert call("-C", str(shop), "person", "export", "jane@example.com", str(target)).code == 0
    document = json.loads(target.read_text("utf-8"))
    assert document["ids"] == ["C1", "jane@example.com"]
    assert target.stat().st_mode & 0o077 == 0
    again = call("-C", str(shop), "person", "export", "C1", str(target))
    assert (again.code, "file-exists" in again.err) == (2, True)
    out = call("-C", str(shop), "person", "export", "C1")
    assert out.json["records"] == document["records"]


def test_nothing_is_erased_without_a_yes(shop: Path, call: Call) -> None:
    dry = call("-C", str(shop), "person", "erase", "C1", "--dry-run", "--json")
    assert dry.json["counts"]["record.lines"] == 3
    refused = call("-C", str(shop), "person", "erase", "C1")
    assert (refused.code, "unconfirmed" in refused.err) == (2, True)
    assert call("-C", str(shop), "erasures", "--json").json == []
    done = call("-C", str(shop), "person", "erase", "C1", "--yes", "--json")
    assert (done.code, done.json["counts"]["record.lines"]) == (0, 3)
    again = call("-C", str(shop), "import", f"orders={shop / 'orders.csv'}", "--json")
    assert again.json["imports"][0]["erased"] == 3
    told = call("-C", str(shop), "import", f"orders={shop / 'orders.csv'}")
    assert "3 rows are of people who were erased" in told.out
    [receipt] = call("-C", str(shop), "erasures", "--json").json
    assert receipt["actor"].startswith("cli:")
    assert "done" in call("-C", str(shop), "erasures").out
    looks = call("-C", str(shop), "person", "looks", "C1", "--json").json
    assert [look["action"] for look in looks] == ["person-erased"]
    assert "person-erased" in call("-C", str(shop), "person", "looks", "C1").out
    assert "nothing about" in call("-C", str(shop), "person", "looks", "C2").out


def test_an_older_backup_is_brought_back_with_the_newest_list(shop: Path, call: Call, tmp_path: Path) -> None:
    backup, elsewhere = tmp_path / "b.zip", tmp_path / "else"
    assert call("-C", str(shop), "backup", str(backup)).code == 0
    assert call("-C", str(shop), "person", "erase", "C1", "--yes").code == 0
    listed = str(shop / "erasures.jsonl")
    unasked = call("-C", str(elsewhere), "restore", str(backup), "--erasures", listed)
    assert (unasked.code, "unconfirmed" in unasked.err, elsewhere.exists()) == (2, True, False)
    assert call("-C", str(elsewhere), "restore", str(backup), "--erasures", listed, "--dry-run").code == 0
    restored = call("-C", str(elsewhere), "restore", str(backup), "--erasures", listed, "--yes")
    assert (restored.code, "older than 1 erasure" in restored.err) == (0, True)
    assert call("-C", str(elsewhere), "person", "export", "C1").json["records"] == {}
    late = tmp_path / "late"
    warned = call("-C", str(late), "restore", str(backup))
    assert (warned.code, "would come back" in warned.err) == (0, True)
    assert call("-C", str(late), "person", "export", "C1").json["records"]
    applied = call("-C", str(late), "erasures", "--apply", listed, "--json")
    assert [receipt["number"] for receipt in applied.json] == [1]
    assert call("-C", str(late), "person", "export", "C1").json["records"] == {}
    assert "0 erasures" in call("-C", str(late), "erasures", "--sweep").err


def test_retention_removes_only_what_the_blueprint_limits(shop: Path, call: Call) -> None:
    assert "everything is kept" in call("-C", str(shop), "retention").out
    limited = BLUEPRINT.replace("    key: order_id\n", "    key: order_id\n    keep: 1d\n")
    (shop / "blueprint.yaml").write_text(limited, "utf-8")
    dry = call("-C", str(shop), "retention", "--dry-run", "--json").json
    assert dry == {"dry_run": True, "limited": ["orders"], "counts": {"record.lines": 4, "record.orders": 4}}
    assert "record.orders" in call("-C", str(shop), "retention").out
    assert "There is nothing." in call("-C", str(shop), "retention").out
