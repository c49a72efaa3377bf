from dataclasses import replace
from pathlib import Path

import pytest
from tests.audit.result.helpers import artifacts, outcome
from tests.audit.scoring.helpers import said

from troth.audit.history import latest, remember, remembered
from troth.errors import TrothError


def test_what_is_remembered_comes_back_oldest_first(tmp_path: Path) -> None:
    assert latest(tmp_path, "https://shop.test/") is None
    runs = [
        outcome(
            said("self-help", "service", n / 3), brought=artifacts(taken_at_ms=1_700_000_000_000 + n * 60_000)
        )
        for n in range(3)
    ]
    for run in (runs[2], runs[0], runs[1]):
        remember(tmp_path, run)
    assert list(remembered(tmp_path, "https://shop.test/sale")) == runs
    assert latest(tmp_path, "https://shop.test") == runs[2]


def test_shops_are_kept_apart_and_never_outside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "history"
    shops = [
        "https://a.test/",
        "https://b.test/",
        "https://a.test:8443/",
        "https://u:p@a.test/",
        "https://../x",
    ]
    for shop in shops:
        assert folder in remember(folder, replace(outcome(), shop=shop)).resolve().parents
    assert sorted(path.name for path in folder.iterdir()) == ["a.test", "a.test-8443", "b.test", "shop"]
    assert list(tmp_path.iterdir()) == [folder]
    assert not any("p@" in str(path) for path in folder.rglob("*"))


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    path = remember(tmp_path, outcome())
    path.write_text("{}", "utf-8")
    with pytest.raises(TrothError) as caught:
        latest(tmp_path, "https://shop.test/")
    assert (caught.value.code, caught.value.where) == ("history-damaged", str(path))


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(TrothError) as caught:
        remember(tmp_path / "file", outcome())
    assert caught.value.code == "history-unwritable"
