"""`python -m tests.shop` says what it does, and what was asked wrongly."""

import re
import subprocess
import sys
from pathlib import Path

from tests.shop.faults import AWKWARD, FAULTS

ROOT = Path(__file__).parents[2]


def called(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", "tests.shop", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60, cwd=ROOT)


def test_the_help_names_every_fault() -> None:
    answer = called("--help")
    assert answer.returncode == 0
    assert {*FAULTS, *AWKWARD} <= set(re.findall(r"^  ([\w-]+):", answer.stdout, re.MULTILINE))


def test_a_wrong_call_is_no_traceback() -> None:
    for arguments in (["fr"], ["de", "nonsense"], ["de", "--awkward", "nonsense"]):
        answer = called(*arguments)
        assert answer.returncode == 2
        assert re.search(r"(no such fault: nonsense|invalid choice)", answer.stderr)
        assert "Traceback" not in answer.stderr


def test_an_open_shop_says_how_to_audit_it() -> None:
    command = [sys.executable, "-m", "tests.shop", "nl"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as running:
        assert running.stdout is not None
        url, audit = running.stdout.readline().strip(), running.stdout.readline()
        running.terminate()
    assert re.fullmatch(r"https://127\.0\.0\.1:\d+/", url)
    assert f"troth audit {url} --allow-private --ca-file " in audit
