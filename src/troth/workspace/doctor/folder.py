"""The folder: who may read what is in it, room on its disk, backups."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from troth.reading.labels import FILE_NAME as LABELS_NAME
from troth.reading.labels import damaged
from troth.store import FILE_NAME
from troth.store.erasures import FILE_NAME as ERASURES_NAME
from troth.store.office import OFFICE_NAME
from troth.texts import _, ngettext, number
from troth.workspace.doctor.check import Check
from troth.workspace.doctor.patient import Patient
from troth.workspace.presence import KEY_NAME

SECRETS = (ERASURES_NAME, KEY_NAME, OFFICE_NAME, f"{OFFICE_NAME}-wal", "backups/*.zip")
"""Files with keys, secrets of webhooks, digests of passwords and sessions; patterns in the folder."""

LEAST_BYTES = 500_000_000
OLD_DAYS = 7
_MOST_NAMED = 5
_DAY_MS = 86_400_000


def open_secrets(folder: Path) -> list[Path]:
    """The files with secrets that somebody else than their owner can read."""
    return [path for pattern in SECRETS for path in sorted(folder.glob(pattern)) if any(_readers(path))]


def permissions(patient: Patient) -> Check | None:
    """That nobody but the owner can read what holds secrets."""
    if os.name != "posix":
        return None
    found = open_secrets(patient.folder)
    if found:
        said = ngettext(
            "%(n)d file with secrets can be read by others on this machine: %(names)s.",
            "%(n)d files with secrets can be read by others on this machine: %(names)s.",
            len(found),
        )
        names = ", ".join(str(path.relative_to(patient.folder)) for path in found)
        return Check(
            "permissions",
            "finding",
            said % {"n": len(found), "names": names},
            _("`troth doctor --repair` leaves them to their owner (chmod 600)."),
            "secrets-readable",
            {"files": len(found)},
        )
    ledger = patient.folder / FILE_NAME
    if ledger.exists() and _readers(ledger)[1]:
        return Check(
            "permissions",
            "note",
            _("Secrets are their owner's alone, but everybody on this machine can read the ledger."),
            _("If others use it, close the folder to them: chmod 700 %(folder)s")
            % {"folder": patient.folder.resolve()},
            "ledger-readable",
        )
    return Check("permissions", "fine", _("Nobody but their owner can read the files with secrets."))


def labels(patient: Patient) -> Check | None:
    """That every line of what people said of texts can be read."""
    if not (patient.folder / LABELS_NAME).is_file():
        return None
    found = damaged(patient.folder)
    if not found:
        return Check("labels", "fine", _("Every line can be read."))
    said = ngettext(
        "%(n)d line of labels cannot be read: %(where)s.",
        "%(n)d lines of labels cannot be read: %(where)s.",
        len(found),
    )
    where = ", ".join(one.where for one in found[:_MOST_NAMED])
    return Check(
        "labels",
        "finding",
        said % {"n": len(found), "where": where},
        _("The others are used. Mend them, or take them out; an erasure finds a person's texts in them too."),
        "labels-damaged",
        {"lines": len(found)},
    )


def disk(patient: Patient) -> Check:
    """That there is room: an erasure and a backup write the ledger anew beside it."""
    free = shutil.disk_usage(patient.folder).free
    ledger = patient.folder / FILE_NAME
    needed = max(LEAST_BYTES, ledger.stat().st_size if ledger.exists() else 0)
    figures: dict[str, int | str | None] = {"free_bytes": free, "needed_bytes": needed}
    said = _("%(free)s GB are free.") % {"free": number(free / 1e9, 1)}
    if free >= needed:
        return Check("disk", "fine", said, figures=figures)
    return Check(
        "disk",
        "finding",
        said,
        _("Make room for %(needed)s GB: erasures and backups write the ledger anew beside it.")
        % {"needed": number(needed / 1e9, 1)},
        "disk-short",
        figures,
    )


def backups(patient: Patient) -> Check:
    """How old the newest is, of those in the workspace's folder."""
    made = [int(path.stat().st_mtime * 1000) for path in (patient.folder / "backups").glob("*.zip")]
    if not made:
        return Check(
            "backups",
            "note",
            _("There is none in the folder backups; those that lie elsewhere are not seen here."),
            _("`troth backup FILE` writes one; a running server does it under Settings › Backups."),
            "backup-missing",
            {"backups": 0},
        )
    days = max(0, patient.now_ms - max(made)) // _DAY_MS
    said = ngettext("The newest is %(n)d day old.", "The newest is %(n)d days old.", days) % {"n": days}
    figures: dict[str, int | str | None] = {"backups": len(made), "days": days}
    if days <= OLD_DAYS:
        return Check("backups", "fine", said, figures=figures)
    return Check(
        "backups",
        "finding",
        said,
        _("Take another: under Settings › Backups while a server runs, else `troth backup`."),
        "backup-old",
        figures,
    )


def _readers(path: Path) -> tuple[bool, bool]:
    """Whether the file's group, and whether everybody, can read it: a closed folder above keeps them out."""
    mode = path.stat().st_mode
    group, everybody = bool(mode & stat.S_IRGRP), bool(mode & stat.S_IROTH)
    for above in _modes_above(path):
        group &= bool(above & (stat.S_IXGRP | stat.S_IXOTH))
        everybody &= bool(above & stat.S_IXOTH)
    return group, everybody


def _modes_above(path: Path) -> Iterator[int]:
    for folder in path.resolve().parents:
        yield folder.stat().st_mode
