"""A ledger's file is its owner's alone, however it is made, and whatever the umask says."""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from troth.store import FILE_NAME, Store
from troth.store.backup import backup, restore
from troth.store.beside import beside
from troth.store.office import Office
from troth.store.renewing import put_in_place, renewed


@pytest.fixture(autouse=True)
def generous() -> Iterator[None]:
    before = os.umask(0o022)
    yield
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_ledger_is_its_owners(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        assert mode(store.path) == 0o600
    assert mode(tmp_path / FILE_NAME) == 0o600


def test_an_old_ledger_keeps_its_mode_until_it_is_written_anew(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store:
        store.path.chmod(0o644)
    with Store.open(tmp_path) as store:
        assert mode(store.path) == 0o644
        copy = renewed(store)
    assert mode(copy) == 0o600
    assert put_in_place(copy, tmp_path / FILE_NAME)
    assert mode(tmp_path / FILE_NAME) == 0o600


def test_a_restored_ledger_is_its_owners(tmp_path: Path) -> None:
    (there := tmp_path / "there").mkdir()
    with Store.open(tmp_path, create=True) as store, Office.open(tmp_path, {}) as office:
        backup(tmp_path / "a.zip", store, office, {}, version="1", now_ms=5)
    with Office.open(there, {}) as office:
        restore(tmp_path / "a.zip", there, office)
    assert mode(there / FILE_NAME) == 0o600


def test_a_trial_beside_the_ledger_is_its_owners(tmp_path: Path) -> None:
    with Store.open(tmp_path, create=True) as store, beside(store, tmp_path) as trial:
        assert mode(trial.path) == 0o600
