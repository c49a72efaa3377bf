"""Starting: from a starter, or with a demo shop."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
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


def test_the_demo_goes_into_the_folder_of_the_workspace_by_default(call: Call, tmp_path: Path) -> None:
    answer = call("-C", tmp_path / "there", "demo", "--dry-run")
    assert answer.code == 0
    assert answer.out.endswith(f" to {tmp_path / 'there'}.\n")
    answer = call("-C", tmp_path / "there", "demo", tmp_path / "here", "--dry-run")
    assert answer.out.endswith(f" to {tmp_path / 'here'}.\n")


def test_what_the_log_tells_is_asked_of_a_demo_that_is_served_only(call: Call, tmp_path: Path) -> None:
    answer = call("demo", tmp_path / "demo", "--log", "requests")
    assert answer.code == 2
    assert answer.err.startswith("Error [log-without-serve]")
    assert not (tmp_path / "demo").exists()


def test_a_file_where_the_folder_should_be_is_told(call: Call, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("mine")
    answer = call("init", "shop", tmp_path / "file")
    assert answer.code == 2
    assert answer.err.startswith("Error [folder-is-file]")
    assert (tmp_path / "file").read_text() == "mine"


def test_a_demo_too_small_to_have_every_export_is_refused(call: Call, tmp_path: Path) -> None:
    assert call("demo", tmp_path / "demo", "--customers", "49").code == 2
    assert not (tmp_path / "demo").exists()


def test_the_demo_ends_with_its_server_and_a_way_in(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    environment = os.environ | {"LANGUAGE": "en", "TROTH_STORE": "postgresql://nobody@127.0.0.1:9/none"}
    serving = subprocess.Popen(
        [
            sys.executable, "-c", "from troth.cli import main; main()",
            "demo", str(folder), "--customers", "60", "--serve", "--port", "0", "--log", "requests",
        ],
        env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert serving.stderr is not None
        said = ""
        while "first administrator" not in said:
            line = serving.stderr.readline()
            assert line, said
            said += line
        [address] = re.findall(r"Troth is at (http://127\.0\.0\.1:\d+)\.", said)
        [link] = re.findall(rf"{address}/first/\S{{43}}", said)
        with urllib.request.urlopen(link, timeout=20) as page:  # noqa: S310 - the server's own address
            assert page.status == 200
            assert "password" in page.read().decode()
        again = subprocess.run(
            [sys.executable, "-c", "from troth.cli import main; main()", "demo", str(folder)],
            env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert again.returncode == 3
        assert "[store-locked]" in again.stderr
    finally:
        serving.send_signal(signal.SIGINT)
        left = serving.communicate(timeout=60)[1]
    assert (serving.returncode, left.splitlines()[-1]) == (0, "Everything that was taken is kept. Goodbye.")
    assert '"route":"/first/{token}"' in left.replace(" ", "")
    assert (folder / "office.sqlite").is_file()


def test_a_taken_port_is_told_before_anything_is_made(call: Call, tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        answer = call("demo", tmp_path / "demo", "--serve", "--port", port)
    assert answer.code == 2
    assert answer.err.startswith(f"Error [port-taken]: Another program listens on 127.0.0.1:{port} already.")
    assert "make demo DEMO_PORT=" in answer.err
    assert not (tmp_path / "demo").exists()


def test_a_demo_made_anew_forgets_the_office_of_the_one_before(call: Call, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    made = call("demo", folder, "--customers", "60", "--quiet")
    gone = call("-C", folder, "trust", "--by", "customer", "--json").json["rows"][0]["customer"]
    assert call("-C", folder, "person", "erase", gone, "--yes").code == 0
    assert call("-C", folder, "account", "invite", "owner@example.com").code == 0
    assert call("demo", folder, "--customers", "60", "--quiet").out == made.out
    assert call("-C", folder, "account", "list", "--json").json == []
    assert call("-C", folder, "explain", gone).code == 0
