"""A kill, a full disk and an endless line in the middle of an import."""

import gzip
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.intake.helpers import NOW_MS, ORDERS, blueprint

from troth.intake import import_source
from troth.store import Store

_ROWS = 150_000
_PROGRAM = """
import resource, signal, sys
from pathlib import Path
from tests.intake.helpers import NOW_MS, blueprint
from troth.errors import TrothError
from troth.intake import import_source
from troth.store import Store

folder, source, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
told = lambda stage, share: print(stage, share, flush=True)
with Store.open(folder) as store:
    if limit:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # then a write beyond the limit fails as on a full disk
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    try:
        summary = import_source(store, blueprint(), "orders", source, now_ms=NOW_MS, progress=told)
        print(summary.added, summary.quarantined)
    except TrothError as error:
        print(error.code)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(Path("/proc/self/status").read_text())
"""
_ROOT = Path(__file__).parents[2]


def _command(folder: Path, source: Path, limit: int = 0) -> list[str]:
    return [sys.executable, "-c", _PROGRAM, str(folder), str(source), str(limit)]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A file of many rows, and a store beside it that has one record already."""
    first = tmp_path / "first.csv"
    first.write_text("id,customer,made,total\nfirst,c,,1\n")
    with Store.open(tmp_path, create=True) as store:
        import_source(store, blueprint(), "orders", first, now_ms=NOW_MS)
    path = tmp_path / "orders.csv"
    lines = (f"{n * 7919:x},c{n % 999},2025-01-01 10:00:00,{n / 7:.4f}\n" for n in range(_ROWS))
    path.write_text("id,customer,made,total\n" + "".join(lines))
    return path


def _peak_bytes(status: str) -> int:
    """The most memory the program itself held; `ru_maxrss` would count the test runner's at the fork, too."""
    return int(status.split("VmHWM:")[1].split(maxsplit=1)[0]) * 1024


def _counts(folder: Path) -> tuple[int, int]:
    """How many records and how many finished imports the store holds."""
    with Store.open(folder) as store:
        [(rows,)] = store.connection.execute("SELECT count(*) FROM record.orders").fetchall()
        [(runs,)] = store.connection.execute("SELECT count(*) FROM import_run").fetchall()
    return int(rows), int(runs)


@pytest.mark.parametrize(("stage", "delay"), [("reading", 0.0), ("storing", 0.0), ("storing", 0.15)])
def test_after_a_kill_the_store_opens_and_the_import_repeats(
    tmp_path: Path, source: Path, stage: str, delay: float
) -> None:
    with subprocess.Popen(
        _command(tmp_path, source), cwd=_ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        assert any(line.startswith(stage) for line in process.stdout)
        time.sleep(delay)
        process.kill()
        killed = process.wait(60) == -signal.SIGKILL
    rows, runs = _counts(tmp_path)
    assert (rows, runs) in {(1, 1), (_ROWS + 1, 2)}  # nothing, or all of it when the kill came too late
    assert killed or runs == 2
    subprocess.run(_command(tmp_path, source), cwd=_ROOT, capture_output=True, check=True, timeout=120)
    assert _counts(tmp_path) == (_ROWS + 1, runs + 1)
    assert list(tmp_path.glob("*.intake")) == []


def test_a_full_disk_stops_the_import_and_loses_nothing(tmp_path: Path, source: Path) -> None:
    command = _command(tmp_path, source, 1_500_000)
    done = subprocess.run(command, cwd=_ROOT, capture_output=True, text=True, check=False, timeout=120)
    assert "store-full" in done.stdout.splitlines(), done.stderr
    assert _counts(tmp_path) == (1, 1)
    subprocess.run(_command(tmp_path, source), cwd=_ROOT, capture_output=True, check=True, timeout=120)
    assert _counts(tmp_path) == (_ROWS + 1, 2)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
def test_an_endless_line_takes_no_memory(tmp_path: Path) -> None:
    Store.open(tmp_path, create=True).close()
    path = tmp_path / "orders.csv.gz"
    megabyte = b"x" * 1_000_000
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write(b"id,customer,made,total\n1,c,,\n2,")
        for _ in range(400):
            file.write(megabyte)
        file.write(b",,\n3,c,,\n")
    done = subprocess.run(
        _command(tmp_path, path), cwd=_ROOT, capture_output=True, text=True, check=True, timeout=300
    )
    assert "2 1" in done.stdout.splitlines(), done.stdout + done.stderr
    assert _peak_bytes(done.stdout) < 400_000_000


def test_what_a_killed_import_left_is_cleared_away(tmp_path: Path) -> None:
    left = tmp_path / "ledger.duckdb.intake"
    left.mkdir()
    (left / "text.csv").write_text("secret")
    path = tmp_path / "orders.csv"
    path.write_text("id,customer,made,total\n1,c,,\n")
    with Store.open(tmp_path, create=True) as store:
        import_source(store, blueprint(ORDERS), "orders", path, now_ms=NOW_MS)
    assert not left.exists()
