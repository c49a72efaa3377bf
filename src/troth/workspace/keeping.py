"""Backups of a whole workspace: its ledger, its office, its blueprint."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from troth.errors import UsageError
from troth.store import FILE_NAME, Store
from troth.store.office import Office
from troth.texts import _
from troth.workspace.base import BLUEPRINT_NAME

if TYPE_CHECKING:
    from troth.store.backup import Backup


def back_up(folder: Path, target: Path, *, now: Callable[[], dt.datetime] | None = None) -> Backup:
    """Write a backup of the workspace in `folder`, which no other process has open.

    Raises:
        UsageError: `workspace-missing`, `store-missing`, and what `store.backup.backup` raises.
        TrothError: `store-locked`: a server or another command has the ledger.
    """
    _check_workspace(folder)
    with Store.open(folder, read_only=True) as store, Office.open(folder) as office:
        return write(target, folder, store, office, now=now)


def write(
    target: Path, folder: Path, store: Store, office: Office, *, now: Callable[[], dt.datetime] | None = None
) -> Backup:
    """The same for databases that are open."""
    from troth import __version__
    from troth.store.backup import backup

    taken = (now or (lambda: dt.datetime.now(dt.UTC)))()
    files = {BLUEPRINT_NAME: folder / BLUEPRINT_NAME}
    now_ms = int(taken.timestamp() * 1000)
    return backup(target, store, office, files, version=__version__, now_ms=now_ms)


def bring_back(source: Path, folder: Path) -> Backup:
    """Restore a backup into `folder`, which is made when it is not there.

    Raises:
        UsageError: what `store.backup.restore` raises; nothing has been written then.
    """
    from troth.store.backup import inspect, restore

    if not source.is_file():
        raise UsageError("backup-missing", _("There is no such file."), where=str(source))
    inspect(source)
    folder.mkdir(parents=True, exist_ok=True)
    with Office.open(folder) as office:
        return restore(source, folder, office)


def _check_workspace(folder: Path) -> None:
    for name, code in ((BLUEPRINT_NAME, "workspace-missing"), (FILE_NAME, "store-missing")):
        if not (folder / name).is_file():
            raise UsageError(
                code,
                _("There is no %(name)s here.") % {"name": name},
                _("Name the workspace's folder with -C."),
                where=str(folder),
            )
