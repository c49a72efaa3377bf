"""Starting: from a starter, or with a demo shop."""

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Call


@pytest.mark.parametrize("starter", ["shop", "insurer", "bank"])
def test_a_starter_is_written_and_has_no_faults(call: Call, tmp_path: Path, starter: str) -> None:
    folder = tmp_path / "new"
    assert call("init", starter, folder, "--dry-run").code == 0
    assert not folder.exists()
    assert call("init", starter, folder).code == 0
    assert call("-C", folder, "check", "--fail-on", "warning").code == 0


def test_a_blueprint_is_never_overwritten(call: Call, empty_shop: Path) -> None:
    before = (empty_shop / "blueprint.yaml").read_text()
    answer = call("init", "shop")
    assert answer.code == 2
    assert answer.err.startswith("Error [workspace-exists]")
    assert (empty_shop / "blueprint.yaml").read_text() == before


def test_the_demo_goes_from_exports_to_the_report(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    assert call("demo", folder, "--dry-run").code == 0
    assert not folder.exists()
    answer = call("demo", folder, "--customers", "60", "--seed", "7", "--quiet")
    assert (answer.code, answer.err) == (0, "")
    assert "Company index" in answer.out
    assert (folder / "report.html").is_file()
    expected = json.loads((folder / "exports" / "truth.json").read_text())["expected"]
    status = call("-C", folder, "status", "--json").json
    assert {run["kind"]: run["read"] for run in status["imports"]} == {
        kind: counts["read"] for kind, counts in expected.items()
    }
    again = call("demo", folder, "--customers", "60", "--seed", "7", "--quiet")
    assert again.out == answer.out


def test_the_demo_leaves_other_folders_alone(call: Call, empty_shop: Path) -> None:
    answer = call("demo", empty_shop)
    assert answer.code == 2
    assert answer.err.startswith("Error [folder-taken]")
    assert not (empty_shop / "exports").exists()


def test_a_file_where_the_folder_should_be_is_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    answer = call("init", "shop", tmp_path / "file")
    assert answer.code == 2
    assert answer.err.startswith("Error [folder-is-file]")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_demo_too_small_to_have_every_export_is_refused(call: Call, tmp_path: Path) -> None:
    assert call("demo", tmp_path / "demo", "--customers", "49").code == 2
    assert not (tmp_path / "demo").exists()
