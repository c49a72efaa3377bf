"""The bar while something long runs: at a terminal, and only there."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest


def at_a_terminal(folder: Path, *arguments: str) -> tuple[str, str]:
    """What `troth` prints on standard output, which is a pipe, and on standard error, which is a terminal."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"LANGUAGE": "en", "TERM": "xterm", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    program = [sys.executable, "-c", "from troth.cli import main; main()", *arguments]
    with subprocess.Popen(
        program, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=theirs
    ) as running:
        os.close(theirs)
        assert running.stdout is not None
        out = running.stdout.read().decode()
    told = b""
    while True:
        try:
            part = os.read(ours, 65_536)
        except OSError:  # so a terminal ends whose other side is closed
            break
        if not part:
            break
        told += part
    os.close(ours)
    assert running.returncode == 0, told
    return out, told.decode()


def test_a_rebuild_shows_a_bar_once(shop: Path) -> None:
    out, told = at_a_terminal(shop, "trust", "--json")
    assert "ledger: " in told
    assert "ledger" not in out
    again, told = at_a_terminal(shop, "trust", "--json")
    assert again == out
    assert told == ""


@pytest.mark.parametrize("option", [["--quiet"], ["-q"]])
def test_quiet_shows_none(shop: Path, option: list[str]) -> None:
    _out, told = at_a_terminal(shop, *option, "trust", "--json")
    assert told == ""
