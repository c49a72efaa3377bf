"""Commands while a server has the workspace open: the same answers as without one."""

import json
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.support.server_process import Running, running
from tests.web.pages import rooms

from troth import Workspace, texts
from troth.cli.application import application
from troth.workspace.presence import KEY_NAME, SERVER_NAME, announced, announcement


def troth(folder: Path, *arguments: str) -> tuple[int, str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "120")
        done = CliRunner().invoke(application, [*arguments, "-C", str(folder)])
    texts.set_language("en")
    return done.exit_code, done.stdout, done.stderr


READING = [
    ("summary",), ("trust", "--by", "segment", "--json"),
    ("trust", "--by", "customer", "--sort", "-owed", "--limit", "3", "--csv"),
    ("moments", "--json"), ("explain", "NL000", "--lang", "de"), ("explain", rooms.HTML, "--json"),
    ("quarantine", "export"), ("quarantine", "list", "--kind", "orders", "--json"), ("check", "--json"),
    ("sql",), ("import", "calls={calls}", "--dry-run", "--json"), ("report", "--json"),
    ("trust", "--at", "2026-01-14"),
    ("explain", "nobody"), ("trust", "--only", "touchpoint=delivry"), ("summary", "--at", "1990-01-01"),
]  # fmt: skip


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = rooms.shop(tmp_path_factory.mktemp("shop"))
    with Workspace.open(folder) as made:
        made.import_("orders", folder / "orders.csv")
        made.import_("calls", folder / "calls.csv")
    return folder


def asked(folder: Path) -> list[tuple[int, str, str]]:
    calls = str(folder / "calls.csv")
    return [troth(folder, *(argument.replace("{calls}", calls) for argument in one)) for one in READING]


@pytest.fixture(scope="module")
def alone(shop: Path) -> list[tuple[int, str, str]]:
    return asked(shop)


@pytest.fixture(scope="module")
def server(shop: Path, alone: list[tuple[int, str, str]]) -> Iterator[Running]:
    assert alone
    with running(shop) as found:
        yield found


def test_every_reading_command_answers_the_same_to_the_letter(
    server: Running, alone: list[tuple[int, str, str]]
) -> None:
    for arguments, before, now in zip(READING, alone, asked(server.folder), strict=True):
        assert now == before, arguments
    assert [code for code, _out, _err in alone] == [0] * (len(READING) - 3) + [2] * 3


def test_status_is_that_of_the_server(server: Running) -> None:
    code, out, _err = troth(server.folder, "status", "--json")
    assert (code, json.loads(out)["quarantined"]) == (0, {"calls": 1, "orders": 1})


def test_an_import_goes_through_the_server(server: Running, tmp_path: Path) -> None:
    file = tmp_path / "more.csv"
    file.write_text("call_id,customer_id,at,stars\ni1,NL005,2026-01-20 11:00,5\ni2,,2026-01-20 11:00,5\n")
    before = json.loads(troth(server.folder, "status", "--json")[1])["records"]["calls"]
    code, out, err = troth(server.folder, "import", f"calls={file}", "--json")
    assert (code, err) == (0, "")
    [done] = json.loads(out)["imports"]
    assert (done["added"], done["quarantined"], done["source"]) == (1, 1, str(file))
    assert json.loads(troth(server.folder, "status", "--json")[1])["records"]["calls"] == before + 1
    code, _out, err = troth(server.folder, "import", f"calls={tmp_path / 'missing.csv'}")
    assert code == 2
    assert "missing.csv" in err
    code, out, _err = troth(server.folder, "quarantine", "replay", "--json")
    assert (code, json.loads(out)["dry_run"]) == (0, False)


def test_a_backup_is_written_by_the_server(server: Running, tmp_path: Path) -> None:
    file = tmp_path / "b.zip"
    code, out, err = troth(server.folder, "backup", str(file), "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["rows"]["account"] == 1
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    code, _out, err = troth(server.folder, "backup", str(file))
    assert (code, "[backup-exists]" in err) == (2, True)
    code, _out, err = troth(server.folder, "backup", str(tmp_path / "no" / "b.zip"))
    assert (code, "[backup-folder-missing]" in err) == (2, True)
    assert not (server.folder / "backups").exists()
    again = tmp_path / "again"
    assert troth(again, "restore", str(file))[0] == 0
    assert troth(again, "trust", "--json")[1] == troth(server.folder, "trust", "--json")[1]


@pytest.mark.parametrize("arguments", [("forget", "calls", "--yes"), ("import", "other={calls}", "--yes")])
def test_what_only_the_owner_can_do_names_the_server(server: Running, arguments: tuple[str, ...]) -> None:
    calls = str(server.folder / "calls.csv")
    code, _out, err = troth(server.folder, *(argument.format(calls=calls) for argument in arguments))
    assert code in {2, 3}
    assert "server-running" in err
    assert server.address in err


def test_the_key_is_the_owners_alone_and_no_others(server: Running) -> None:
    for name in (SERVER_NAME, KEY_NAME):
        assert stat.S_IMODE((server.folder / name).stat().st_mode) == 0o600
    from troth.client import Client, ServerError

    with Client(server.address, server.key) as other, pytest.raises(ServerError, match="not-allowed"):
        other.post("local/status")
    found = announcement(server.folder)
    assert found is not None
    with Client(found.address, found.key) as own:
        assert own.get("local")["folder"] == str(server.folder)
        with pytest.raises(ServerError, match="question-unknown"):
            own.post("local/close")


def test_what_a_killed_server_left_behind_bars_nobody(tmp_path: Path) -> None:
    folder = rooms.shop(tmp_path)
    with Workspace.open(folder) as made:
        made.import_("orders", folder / "orders.csv")
    with announced(folder, "http://127.0.0.1:9"):
        code, out, _err = troth(folder, "trust", "--json")
        assert code == 0
        assert json.loads(out)["rows"]
    (folder / SERVER_NAME).write_text("{half")
    assert announcement(folder) is None
    assert troth(folder, "trust", "--json")[0] == 0


def test_troth_serve_makes_itself_known_and_answers_commands(tmp_path: Path) -> None:
    folder = rooms.shop(tmp_path)
    with Workspace.open(folder) as made:
        made.import_("orders", folder / "orders.csv")
    before = troth(folder, "summary", "--json")
    serving = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from troth.cli import main; main()",
            "-C",
            str(folder),
            "serve",
            "--port",
            "0",
        ],
        stderr=subprocess.DEVNULL,
    )
    try:
        until = time.monotonic() + 60
        while announcement(folder) is None:  # a command would take the ledger before the server has it
            assert time.monotonic() < until
            time.sleep(0.1)
        while (now := troth(folder, "summary", "--json")) != before:
            assert time.monotonic() < until, now
            time.sleep(0.2)
        assert serving.poll() is None
    finally:
        serving.terminate()
        serving.wait(60)
    assert announcement(folder) is None
    assert troth(folder, "summary", "--json") == before


def test_a_server_that_ends_takes_its_announcement_along(tmp_path: Path) -> None:
    folder = rooms.shop(tmp_path)
    with running(folder):
        assert announcement(folder) is not None
    assert announcement(folder) is None
    assert not (folder / KEY_NAME).exists()
