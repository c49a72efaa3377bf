"""Importing a file that was sent: first a dry run to look at, then the import."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from troth.errors import TrothError
from troth.intake.importing import declared_kind
from troth.store.office.trail import Action, Entry, note
from troth.web.frame.action import Upload
from troth.web.work.answers import ImportResult, imported
from troth.workspace.jobs import Job
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent to be imported as records of `kind`, and the folder that holds nothing else."""

    kind: str
    upload: Upload

    def remove(self) -> None:
        """Remove the file."""
        shutil.rmtree(self.upload.path.parent, ignore_errors=True)


def received(live: Live, kind: str, upload: Upload) -> Sent:
    """Put a file where it stays until it is imported or discarded.

    Raises:
        UsageError: `kind-unknown`.
    """
    declared_kind(live.blueprint, kind)
    folder = Path(tempfile.mkdtemp(prefix="import-", dir=live.passing))
    kept = folder / upload.name
    shutil.move(upload.path, kept)
    return Sent(kind, Upload(upload.name, kept))


def look(live: Live, sent: Sent, actor: str) -> Job:
    """A job that says what an import of the file would do."""

    def work(job: Job) -> tuple[ImportResult, ...]:
        with named(live, sent), live.trying() as workspace, job.interruptible(live.connection):
            summary = workspace.import_(
                sent.kind,
                sent.upload.path,
                pseudonym_key=live.pseudonym_key,
                dry_run=True,
                progress=job.progress,
                name=sent.upload.name,
            )
        return (imported(summary),)

    return live.jobs.start(
        "import-preview", f"{sent.kind}: {sent.upload.name}", actor, work, given=sent, tidy=sent.remove
    )


def bring_in(live: Live, sent: Sent, actor: str) -> Job:
    """A job that imports the file."""

    def work(job: Job) -> tuple[ImportResult, ...]:
        with named(live, sent), live.changing(job.progress) as workspace, job.interruptible(live.connection):
            summary = workspace.import_(
                sent.kind,
                sent.upload.path,
                pseudonym_key=live.pseudonym_key,
                progress=job.progress,
                name=sent.upload.name,
            )
        sent.remove()
        with live.office.transaction() as connection:
            detail: dict[str, str | int] = {"file": sent.upload.name, "rows": summary.read}
            note(connection, Entry(live.now_ms(), actor, Action.RECORDS_IMPORTED, sent.kind, detail))
        return (imported(summary),)

    return live.jobs.start(
        "import", f"{sent.kind}: {sent.upload.name}", actor, work, given=sent, tidy=sent.remove
    )


@contextmanager
def named(live: Live, sent: Sent) -> Iterator[None]:
    """Errors name the file as its sender does, and no place on the server."""
    try:
        yield
    except TrothError as error:
        for part in ("where", "hint", "message"):
            text = str(getattr(error, part)).replace(str(sent.upload.path), sent.upload.name)
            setattr(error, part, text.replace(f"{live.folder}{os.sep}", ""))
        raise
