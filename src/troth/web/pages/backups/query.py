"""Which backups there are."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A file; `made_ms`: when it was finished, in UTC epoch milliseconds."""

    name: str
    bytes: int
    made_ms: int


@dataclass(frozen=True, slots=True)
class Backups:
    """The backups in `folder`, newest first."""

    folder: str
    files: tuple[BackupFile, ...]


def backups(live: Live, _workspace: Workspace, _asked: Asked) -> Backups:
    """List the folder."""
    found = [(path.name, path.stat()) for path in live.backups.glob("*.zip")]
    files = [BackupFile(name, about.st_size, int(about.st_mtime * 1000)) for name, about in found]
    return Backups(str(live.backups), tuple(sorted(files, key=lambda file: (-file.made_ms, file.name))))


def rows(answer: Backups) -> list[dict[str, Any]]:
    """The table."""
    return [asdict(file) for file in answer.files]


def words(_answer: Backups, _asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    return {"moment": moment}
