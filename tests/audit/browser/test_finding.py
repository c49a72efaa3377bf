from pathlib import Path

import pytest

from troth.audit.browser import finding
from troth.errors import UsageError


def program(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_the_cheaper_browser_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TROTH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert finding.find() is None
    whole = program(tmp_path, "chromium")
    assert finding.find() == whole
    bare = program(tmp_path, "chromium-headless-shell")
    assert finding.find() == bare


def test_the_environment_names_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = program(tmp_path, "own")
    monkeypatch.setenv("TROTH_CHROMIUM", str(own))
    assert finding.required() == own
    assert finding.required(program(tmp_path, "named")).name == "named"


def test_without_one_the_error_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TROTH_CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError) as raised:
        finding.required()
    assert raised.value.code == "browser-missing"
    assert "chromium-headless-shell" in raised.value.hint


@pytest.mark.parametrize("name", ["no-such", "."])
def test_what_is_no_program_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="browser-missing"):
        finding.required(tmp_path / name)


def test_a_missing_library_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "driver_runs", lambda: False)
    with pytest.raises(UsageError, match="libatomic1"):
        finding.required(program(tmp_path, "chromium"))
