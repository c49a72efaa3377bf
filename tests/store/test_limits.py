from pathlib import Path

import pytest

from troth.errors import UsageError
from troth.store import Store
from troth.store.limits import limits


def test_without_settings_duckdb_decides() -> None:
    assert limits({}) == {}
    assert limits({"TROTH_MEMORY": "", "TROTH_THREADS": " "}) == {}


def test_settings_reach_the_database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TROTH_MEMORY", "512MiB")
    monkeypatch.setenv("TROTH_THREADS", "1")
    with Store.open(tmp_path, create=True) as store:
        values = store.connection.execute(
            "SELECT current_setting('memory_limit'), current_setting('threads'),"
            " current_setting('temp_directory')"
        ).fetchone()
    assert values == ("512.0 MiB", 1, str(tmp_path / "ledger.duckdb.tmp"))


@pytest.mark.parametrize("memory", ["much", "4", "-1GB", "GB", "4GB; DROP TABLE setting"])
def test_what_is_no_amount_of_memory_is_named(memory: str) -> None:
    with pytest.raises(UsageError, match="memory-invalid"):
        limits({"TROTH_MEMORY": memory})


@pytest.mark.parametrize("threads", ["two", "0", "-1", "1.5", "²"])
def test_what_is_no_number_of_threads_is_named(threads: str) -> None:
    with pytest.raises(UsageError, match="threads-invalid"):
        limits({"TROTH_THREADS": threads})
