"""What is in deploy/ names commands and settings that there are."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from troth.cli.application import COMMANDS

DEPLOY = Path(__file__).parents[1] / "deploy"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="no systemd-analyze")
def test_the_unit_is_one(tmp_path: Path) -> None:
    unit = (DEPLOY / "troth.service").read_text("utf-8")
    command = re.search(r"^ExecStart=(\S+)", unit, re.MULTILINE)
    assert command
    there = unit.replace(command[1], shutil.which("true") or "")  # Troth is not installed where it will be
    (tmp_path / "troth.service").write_text(there, "utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", str(tmp_path / "troth.service")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["troth.service", "Containerfile"])
def test_they_start_a_command_that_there_is(name: str) -> None:
    text = (DEPLOY / name).read_text("utf-8")
    started = re.findall(r'(?:/bin/troth |"troth", ")(\w+)', text)
    assert set(started) <= set(COMMANDS)
    assert "serve" in started


def test_what_the_container_copies_is_there() -> None:
    copied = re.findall(
        r"^COPY (?!--from)(.+) \S+$", (DEPLOY / "Containerfile").read_text("utf-8"), re.MULTILINE
    )
    assert [place for place in copied if not (DEPLOY.parent / place).exists()] == []
