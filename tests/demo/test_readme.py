"""The front page shows what `make demo` prints, and names a customer of its shop."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")
MAKEFILE = (ROOT / "Makefile").read_text("utf-8")


def answer(folder: Path, *arguments: str) -> str:
    """What `troth` prints in `folder`, 80 columns wide."""
    program = "from troth.cli import main; main()"
    environment = os.environ | {"LANGUAGE": "en", "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, env=environment, text=True, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the Makefile's demo command ran, and what that printed."""
    folder = tmp_path_factory.mktemp("readme")
    [command] = re.findall(r"\$\(BIN\)/troth (demo .*)", MAKEFILE)
    return folder, answer(folder, *command.split())


def test_the_front_page_shows_what_the_demo_prints(demo: tuple[Path, str]) -> None:
    [shown] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown in demo[1], "put the demo's summary into README.md"


def test_the_customer_that_the_front_page_names_has_a_history(demo: tuple[Path, str]) -> None:
    [command] = re.findall(r"`\.venv/bin/troth (.* explain \S+)`", README)
    assert "Balance" in answer(demo[0], *command.split())
