"""The front page shows what `make demo` prints, and names a customer of its shop."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def answer(folder: Path, *arguments: str) -> str:
    """What `troth` prints in `folder`, 80 columns wide."""
    program = "from troth.cli import main; main()"
    environment = os.environ | {"LANGUAGE": "en", "COLUMNS": "80", "NO_COLOR": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=folder, env=environment, text=True, check=True, stdout=subprocess.PIPE,
    )  # fmt: skip
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def made(*settings: str) -> list[str]:
    """How `make demo` calls `troth`, with these settings."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "DEMO_"))}
    done = subprocess.run(
        ["make", "--dry-run", "demo", *settings], cwd=ROOT, env=clean, text=True, check=True,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    [command] = re.findall(r"/bin/troth (demo .*)", done.stdout)
    return str(command).split()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder in which the Makefile's demo command ran, and what that printed."""
    folder = tmp_path_factory.mktemp("readme")
    return folder, answer(folder, *made("DEMO_SERVE=0"))


@pytest.mark.parametrize(
    ("settings", "command"),
    [
        (("DEMO_SERVE=0",), "demo demo"),
        ((), "demo demo --serve --port 8765"),
        (("DEMO_PORT=9000",), "demo demo --serve --port 9000"),
    ],
)
def test_make_demo_serves_the_shop_unless_told_not_to(settings: tuple[str, ...], command: str) -> None:
    assert " ".join(made(*settings)) == command


def test_machines_make_the_demo_without_its_server() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert "DEMO_SERVE=0 exec make" in script


def test_the_front_page_shows_what_the_demo_prints(demo: tuple[Path, str]) -> None:
    [shown, _read] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    assert shown in demo[1], "put the demo's summary into README.md"


def test_the_front_page_shows_how_a_text_is_read(demo: tuple[Path, str]) -> None:
    [_summary, shown] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)
    [text] = re.findall(r'\.venv/bin/troth read "(.*)"', README)
    assert answer(demo[0], "read", text) == shown


def test_the_customer_that_the_front_page_names_has_a_history(demo: tuple[Path, str]) -> None:
    [command] = re.findall(r"`\.venv/bin/troth (.* explain \S+)`", README)
    assert "Balance" in answer(demo[0], *command.split())
