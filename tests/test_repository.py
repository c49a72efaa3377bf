"""Promises about the repository as a whole."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import troth

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "requirements").glob("*.txt"))
# Written in two halves, or this file would be the first to name one.
INDEX_HOSTS = [
    head + tail for head, tail in (("pypi.", "org"), ("pythonhosted.", "org"), ("registry.npm", "js"))
]
MOST_LINES = 400


@pytest.fixture(scope="module")
def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        pytest.skip("not a git repository")
    return [path for name in done.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def locked(lock: Path) -> dict[str, list[Requirement]]:
    """The requirements of a lock file by canonical name (one per marker)."""
    found: dict[str, list[Requirement]] = {}
    for entry in lock.read_text("utf-8").replace("\\\n", " ").splitlines():
        requirement = Requirement(entry.split(" --hash=")[0])
        found.setdefault(canonicalize_name(requirement.name), []).append(requirement)
    return found


def wanted(group: str) -> list[Requirement]:
    """What the project and one dependency group ask for."""
    extras = PROJECT["project"]["optional-dependencies"].values()
    entries = [*PROJECT["project"]["dependencies"], *chain.from_iterable(extras)]
    groups = [group]
    while groups:
        for entry in PROJECT["dependency-groups"][groups.pop()]:
            if isinstance(entry, str):
                entries.append(entry)
            else:
                groups.append(entry["include-group"])
    return [Requirement(entry) for entry in entries]


def test_no_source_file_is_longer_than_a_reader_can_hold(tracked: list[Path]) -> None:
    folders = [ROOT / name for name in ("src", "tests", "tools", "bench", "docs", "examples")]
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines())
        for path in tracked
        if path.suffix in {".py", ".sql", ".sh", ".html", ".css", ".js"}
        and any(folder in path.parents for folder in folders)
    }
    assert {name: length for name, length in lengths.items() if length > MOST_LINES} == {}


def test_no_file_names_a_package_index(tracked: list[Path]) -> None:
    hosts = re.compile("|".join(map(re.escape, INDEX_HOSTS)).encode(), re.IGNORECASE)
    assert [str(path.relative_to(ROOT)) for path in tracked if hosts.search(path.read_bytes())] == []


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_locked_requirement_has_a_hash_and_no_address(lock: Path) -> None:
    entries = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    shape = re.compile(r"[a-z0-9-]+(\[[a-z,]+\])?==[\w.]+( ; [^@]+?)?( +--hash=sha256:[0-9a-f]{64})+")
    assert [entry[:80] for entry in entries if not shape.fullmatch(entry.rstrip())] == []
    assert entries


@pytest.mark.parametrize(("name", "group"), [("dev.txt", "dev"), ("run.txt", "build")])
def test_the_lock_holds_what_the_project_asks_for(name: str, group: str) -> None:
    lock = locked(ROOT / "requirements" / name)
    unmet = [
        str(requirement)
        for requirement in wanted(group)
        if not any(
            requirement.specifier.contains(next(iter(pin.specifier)).version)
            for pin in lock.get(canonicalize_name(requirement.name), [])
        )
    ]
    assert unmet == [], "run `make lock`"


def test_both_locks_agree() -> None:
    run, dev = (locked(ROOT / "requirements" / name) for name in ("run.txt", "dev.txt"))
    assert {name: pins for name, pins in run.items() if dev.get(name) != pins} == {}


def test_the_version_is_one() -> None:
    assert version("troth") == troth.__version__


def test_importing_troth_loads_nothing_else() -> None:
    code = "import sys; before = set(sys.modules); import troth; print(*sorted(set(sys.modules) - before))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["troth"]
