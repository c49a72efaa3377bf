"""What can go wrong with the ledger's file, told from DuckDB's messages."""

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import duckdb

from troth.errors import TrothError
from troth.texts import Lazy, _, lazy


@dataclass(frozen=True, slots=True)
class _Fault:
    """A failing state: the sign by which DuckDB's message tells it, and what to say."""

    code: str
    sign: re.Pattern[str]
    message: Lazy
    hint: Lazy

    def error(self, path: Path) -> TrothError:
        return TrothError(self.code, str(self.message), str(self.hint), where=str(path))


_NOT_DUCKDB = _Fault(
    "store-not-duckdb",
    re.compile("not a valid DuckDB database file"),
    lazy("This file is no DuckDB database."),
    lazy("Move it away, or name another folder for the ledger."),
)
_READ_ONLY = _Fault(
    "store-read-only",
    re.compile('attached in read-only mode|Cannot open file ".*(Permission denied|Read-only file system)'),
    lazy("The ledger may not be opened for writing."),
    lazy("Check the rights of the file and its folder."),
)
_FULL = _Fault(
    "store-full",
    re.compile("No space left on device|File too large|[Qq]uota exceeded|not enough space"),
    lazy("The disk is full; nothing of this step was kept."),
    lazy("Make room on the disk and repeat the step."),
)
_NO_ROOM = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}
_FAULTS = (
    _NOT_DUCKDB,
    _Fault(
        "store-newer",
        re.compile("database file with storage version|Failed to read WAL of version"),
        lazy("The ledger was written by a newer DuckDB than this one."),
        lazy("Use the newer version of Troth that wrote it."),
    ),
    _Fault(
        "store-damaged",
        re.compile("[Cc]orrupt database file|Could not read enough bytes from file"),
        lazy("The ledger's file is damaged."),
        lazy("Bring back a copy, or move the file away and import the records again."),
    ),
    _FULL,
    _Fault(
        "store-memory",
        re.compile("^Out of Memory Error"),
        lazy("The memory allowed is not enough for this step; nothing of it was kept."),
        lazy("Allow more with TROTH_MEMORY, or fewer threads with TROTH_THREADS."),
    ),
    _READ_ONLY,
)
_LOCKED = re.compile(r"Could not set lock on file")
_OWNER = re.compile(r"\(PID (\d+)\)")


@contextmanager
def reported(path: Path) -> Iterator[None]:
    """Turns DuckDB's and the system's errors about the file at `path` into a TrothError; lets others pass."""
    try:
        yield
    except PermissionError as error:
        raise _READ_ONLY.error(path) from error
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise _FULL.error(path) from error
        raise
    except duckdb.Error as error:
        known = _known(error, path)
        if known is None:
            raise
        raise known from error


@contextmanager
def ignored() -> Iterator[None]:
    """Lets the block fail: for cleaning up behind an error that is already on its way."""
    with suppress(duckdb.Error):
        yield


def not_duckdb(path: Path) -> TrothError:
    """The error for a file that is something else."""
    return _NOT_DUCKDB.error(path)


def _known(error: duckdb.Error, path: Path) -> TrothError | None:
    text = str(error)
    if _LOCKED.search(text):
        owner = _OWNER.search(text)
        return TrothError(
            "store-locked",
            _("Another process has the ledger open (process id %(id)s).")
            % {"id": owner[1] if owner else "?"},
            _("Wait until it has ended, or end it."),
            where=str(path),
        )
    return next((fault.error(path) for fault in _FAULTS if fault.sign.search(text)), None)
