"""What a server that a command began tells on standard error."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Call

from troth.cli.serving import Log, tells_requests


@pytest.mark.parametrize(
    ("log", "terminal", "told"),
    [
        (None, True, False),
        (None, False, True),
        ("requests", True, True),
        ("requests", False, True),
        ("errors", True, False),
        ("errors", False, False),
    ],
)
def test_a_person_at_a_terminal_has_to_ask_for_requests(log: Log | None, terminal: bool, told: bool) -> None:
    assert tells_requests(log, terminal=terminal) is told


def test_a_quiet_server_still_tells_how_the_first_one_gets_in(call: Call, tmp_path: Path) -> None:
    assert call("init", "shop", tmp_path / "shop").code == 0
    program = [sys.executable, "-c", "from troth.cli import main; main()"]
    serving = subprocess.Popen(
        [*program, "-C", str(tmp_path / "shop"), "--quiet", "serve", "--port", "0", "--log", "errors"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert serving.stderr is not None
        said = serving.stderr.readline()
    finally:
        serving.send_signal(signal.SIGINT)
        left = serving.communicate(timeout=60)[1]
    assert re.search(r"http://127\.0\.0\.1:\d+/first/\S{43}$", said.strip())
    assert (serving.returncode, left) == (0, "")


def test_damaged_labels_are_told_at_the_start_and_stop_no_server(call: Call, tmp_path: Path) -> None:
    assert call("init", "shop", tmp_path / "shop").code == 0
    (tmp_path / "shop" / "labels.ndjson").write_text('{"digest": "torn', "utf-8")
    program = [sys.executable, "-c", "from troth.cli import main; main()"]
    serving = subprocess.Popen(
        [*program, "-C", str(tmp_path / "shop"), "serve", "--port", "0", "--log", "errors"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert serving.stderr is not None
        said = [serving.stderr.readline() for _line in range(3)]
    finally:
        serving.send_signal(signal.SIGINT)
        serving.communicate(timeout=60)
    assert said[0].startswith("1 line of labels cannot be read.")
    assert "labels.ndjson:1: This line is no label." in said[1]
    assert said[2].startswith("Troth is at http://")
    assert serving.returncode == 0
