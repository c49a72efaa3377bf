"""The store: opens `ledger.duckdb`, checks its layout and keeps every change in a transaction."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from troth.errors import TrothError, UsageError
from troth.store import faults, migrations, tables
from troth.store.limits import limits
from troth.store.memory import Memory
from troth.texts import _

FILE_NAME = "ledger.duckdb"
OWNER_ONLY = 0o600
_MAGIC = slice(8, 12)  # a DuckDB file has the letters DUCK behind its checksum
_CONFIGURATION = {
    "autoinstall_known_extensions": "false",  # nothing is ever fetched from a network
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    # A checkpoint costs half a CPU second on a long history, however little is new: see ADR 0088.
    "checkpoint_threshold": "128MiB",
}


class Store:
    """An open ledger file, a context manager; it holds the one connection of the process that owns the file.

    DuckDB spills to a folder beside the file (`ledger.duckdb.tmp`) when memory runs short. `TROTH_MEMORY`
    (such as `4GB`) and `TROTH_THREADS` limit what it takes. `memory`: what the process remembers of this
    ledger, where it reads again and again.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path, *, read_only: bool = False) -> None:
        self.connection = connection
        self.path = path
        self.read_only = read_only
        self.memory: Memory | None = None

    @classmethod
    def open(cls, place: str | os.PathLike[str], *, create: bool = False, read_only: bool = False) -> Store:
        """The store in the folder or file `place`; made when it is not there and `create` is true.

        Raises:
            UsageError: `store-missing`, `store-folder-missing`, `memory-invalid`, `threads-invalid`.
            TrothError: `store-locked`, `store-not-duckdb`, `store-foreign`, `store-newer`,
                `store-older` (only when `read_only`), `store-damaged`, `store-read-only`, `store-full`.
        """
        with faults.reported(Path(place)):
            path = _file(Path(place), create=create)
        configuration: dict[str, str | bool | int | float | list[str]] = {**_CONFIGURATION, **limits()}
        with faults.reported(path):
            connection = duckdb.connect(str(path), read_only=read_only, config=configuration)
        store = cls(connection, path, read_only=read_only)
        try:
            with faults.reported(path):
                connection.execute("SET TimeZone = 'UTC'")
                store._check_layout()
        except BaseException:
            connection.close()
            raise
        return store

    def close(self) -> None:
        """Write what is left to the file and give it free."""
        with faults.reported(self.path):
            self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """All of the block or nothing of it: any exception rolls back. Not to be nested.

        Raises:
            TrothError: `store-full`, `store-memory`, `store-read-only`, when that is why the block failed.
        """
        with faults.reported(self.path):
            self.connection.execute("BEGIN TRANSACTION")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                with faults.ignored():  # a failed commit has rolled back already
                    self.connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Store]:
        """The store as it is now, on a cursor of its own: for a thread that reads while another one writes.

        What is committed meanwhile is not seen before the next `reading`. Nothing may be written through it
        but temporary tables, which are the reader's alone.
        """
        with faults.reported(self.path):
            cursor = self.connection.cursor()
        try:
            cursor.execute("SET TimeZone = 'UTC'")
            cursor.execute("BEGIN TRANSACTION")
            cursor.execute(
                "SELECT 1 FROM setting LIMIT 1"
            ).fetchall()  # a snapshot is taken by the first read
            yield Store(cursor, self.path, read_only=True)
        finally:
            with faults.ignored():
                cursor.execute("ROLLBACK")
            cursor.close()

    def setting(self, name: str) -> str | None:
        """The value kept under `name`, or None."""
        rows = self.connection.execute("SELECT value FROM setting WHERE name = ?", [name]).fetchall()
        return str(rows[0][0]) if rows else None

    def set_setting(self, name: str, value: str) -> None:
        """Keep `value` under `name`, in the transaction that is open."""
        self.connection.execute("INSERT OR REPLACE INTO setting VALUES (?, ?)", [name, value])

    def _check_layout(self) -> None:
        tables_there = self.connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()
        names = {row[0] for row in tables_there}
        if not names and not self.read_only:  # new, or the process that made it was killed
            make_private(self.path)
            with self.transaction():
                tables.create(self.connection)
                migrations.migrate(self.connection, tables.LAYOUT)
            return
        layout = self.setting(tables.LAYOUT_SETTING) if "setting" in names else None
        if layout is None or not layout.isdigit():
            raise TrothError(
                "store-foreign",
                _("This DuckDB file was not made by Troth."),
                _("Point to a folder of your own for the ledger, or move this file away."),
                where=str(self.path),
            )
        if int(layout) > tables.LAYOUT:
            raise TrothError(
                "store-newer",
                _("The ledger has layout %(layout)s; this version of Troth knows layouts up to %(known)s.")
                % {"layout": layout, "known": tables.LAYOUT},
                _("Use the newer version of Troth that wrote it."),
                where=str(self.path),
            )
        if self.read_only and int(layout) < tables.LAYOUT:
            raise TrothError(
                "store-older",
                _("The ledger has layout %(layout)s and must be brought to %(known)s first.")
                % {"layout": layout, "known": tables.LAYOUT},
                _("Open it once for writing: any command of Troth does that."),
                where=str(self.path),
            )
        if not self.read_only and migrations.due(self.connection, int(layout)):
            with self.transaction():
                migrations.migrate(self.connection, int(layout))


def make_private(path: Path) -> None:
    """Let a ledger's file be its owner's alone, before anything is in it.

    DuckDB makes the file itself, and takes none that is empty. What it puts beside it follows the umask.
    """
    with suppress(OSError):  # a file system without modes
        path.chmod(OWNER_ONLY)


def _file(place: Path, *, create: bool) -> Path:
    path = place / FILE_NAME if place.is_dir() else place
    if path.is_dir():
        raise faults.not_duckdb(path)
    if path.is_file():
        with path.open("rb") as file:
            head = file.read(_MAGIC.stop)
        if not head and create:
            path.unlink()  # the process that was about to make it was killed
        elif head[_MAGIC] != b"DUCK":
            raise faults.not_duckdb(path)
    elif not path.parent.is_dir():
        raise UsageError("store-folder-missing", _("There is no such folder."), where=str(path.parent))
    elif not create:
        raise UsageError(
            "store-missing",
            _("There is no ledger here yet."),
            _("Import some records first: troth import KIND=FILE."),
            where=str(path),
        )
    return path
