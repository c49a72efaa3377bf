"""Backups of a whole workspace: its ledger, its office, its blueprint, what its reader was taught."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from troth.errors import UsageError
from troth.store import FILE_NAME, Store
from troth.store.erasures import FILE_NAME as ERASURES_NAME
from troth.store.erasures import ErasureList
from troth.store.office import Office
from troth.texts import _
from troth.workspace.base import BLUEPRINT_NAME
from troth.workspace.reader import taught

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
    files = {BLUEPRINT_NAME: folder / BLUEPRINT_NAME, ERASURES_NAME: ErasureList.load(folder).path}
    files |= {path.relative_to(folder).as_posix(): path for path in taught(folder)}
    now_ms = int(taken.timestamp() * 1000)
    return backup(target, store, office, files, version=__version__, now_ms=now_ms)


def erased_since(source: Path, folder: Path, erasures: Path | None = None) -> int | None:
    """How many erasures the known lists have that were begun after the backup; None where no list is known.

    Known are the list that is still in `folder` and the list `erasures`.
    """
    from troth.store.backup import inspect

    if not source.is_file():
        raise _no_backup(source)
    taken_ms = inspect(source).taken_ms
    lists = _known_lists(folder, erasures)
    if not lists:
        return None
    later = {(number, at) for one in lists for number, at in one.made_ms.items() if at >= taken_ms}
    return len(later)


def bring_back(source: Path, folder: Path, erasures: Path | None = None) -> Backup:
    """Restore a backup into `folder`, which is made when it is not there.

    Whoever was erased since is erased again: by the list that is still in the folder, and by the newer list
    `erasures`, such as that of another copy of the workspace.

    Raises:
        UsageError: what `store.backup.restore` raises; nothing has been written then.
        TrothError: `erasures-foreign`: a list of another workspace.
    """
    from troth.store.backup import inspect, restore
    from troth.workspace.facade import Workspace
    from troth.workspace.privacy import Alone, resume

    if not source.is_file():
        raise _no_backup(source)
    about = inspect(source)
    folder.mkdir(parents=True, exist_ok=True)
    newer = _known_lists(folder, erasures)
    with TemporaryDirectory(dir=folder, prefix=".restore-") as passing:
        packed = _packed_list(source, Path(passing)) if ERASURES_NAME in about.digests else None
        for one in newer:
            packed = packed.merged(one) if packed else one
        with Office.open(folder) as office:
            restore(source, folder, office, leave=(ERASURES_NAME,))
        if packed:
            replace(packed, path=folder / ERASURES_NAME).write()
    with Workspace.open(folder) as workspace, Alone(workspace) as host:
        resume(host)
    return about


def _known_lists(folder: Path, erasures: Path | None) -> list[ErasureList]:
    paths = [path for path in (folder / ERASURES_NAME, erasures) if path is not None and path.is_file()]
    return [ErasureList.read(path) for path in paths]


def _no_backup(source: Path) -> UsageError:
    return UsageError("backup-missing", _("There is no such file."), where=str(source))


def _packed_list(source: Path, folder: Path) -> ErasureList:
    """The list of erased people as the backup has it."""
    with zipfile.ZipFile(source) as archive:
        return ErasureList.read(Path(archive.extract(ERASURES_NAME, folder)))


def _check_workspace(folder: Path) -> None:
    for name, code in ((BLUEPRINT_NAME, "workspace-missing"), (FILE_NAME, "store-missing")):
        if not (folder / name).is_file():
            raise UsageError(
                code,
                _("There is no %(name)s here.") % {"name": name},
                _("Name the workspace's folder with -C."),
                where=str(folder),
            )
