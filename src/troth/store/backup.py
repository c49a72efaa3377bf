"""Backups: one ZIP file with the ledger and the office as they were at one moment, taken while both are used.

`ledger.duckdb` is a compact copy of the ledger; `office/<table>.jsonl` are the office's rows, which fit
SQLite and PostgreSQL alike; `blueprint.yaml` is the journey, `labels.ndjson` and `reader/` are what the
reader was taught; `about.json` says what is in it, with digests.
"""

from __future__ import annotations

import base64
import hashlib
import json
import shutil
import zipfile
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, TYPE_CHECKING, Any

from troth.errors import UsageError
from troth.store.copying import copy_ledger
from troth.store.database import FILE_NAME, Store, make_private
from troth.store.faults import reported
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import Connection, Table

    from troth.store.office import Office

ABOUT = "about.json"
FORMAT = "troth-backup/1"
_CHUNK = 1 << 20
_ROWS = 1_000
_SMALL_BYTES = 16_000_000
"""A ledger's copy is written into a new file; one without tables is smaller by far."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup holds. `digests`: SHA-256 of every other file in it; `rows`: the office's, by table."""

    format: str
    version: str
    taken_ms: int
    digests: dict[str, str]
    rows: dict[str, int]


def backup(
    target: Path, store: Store, office: Office, files: Mapping[str, Path], *, version: str, now_ms: int
) -> Backup:
    """Write a backup to `target`, which is whole or is not there.

    The office is read first: what the ledger takes over meanwhile is in both then, and the ledger's mark says
    that it has it.

    Args:
        target: The file to write.
        store: The ledger, on a connection of its own that may read.
        office: The office.
        files: Other files to keep, by their names in the backup.
        version: Of the program.
        now_ms: The clock.

    Raises:
        UsageError: `backup-exists`, `backup-folder-missing`.
        TrothError: `store-full` and what else a database may say.
    """
    _check_target(target)
    partial = target.with_name(f"{target.name}.partial")
    with TemporaryDirectory(dir=target.parent, prefix=".backup-") as folder, reported(target):
        try:
            partial.touch(0o600)  # it holds everything
            with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                packed = {f"office/{name}.jsonl": found for name, found in _pack_office(archive, office)}
                digests = {name: digest for name, (digest, _rows) in packed.items()}
                copy = Path(folder) / FILE_NAME
                _copy_ledger(store, copy)
                for name, path in {FILE_NAME: copy, **files}.items():
                    digests[name] = _pack(archive, name, path)
                rows = {Path(name).stem: rows for name, (_digest_, rows) in packed.items()}
                about = Backup(FORMAT, version, now_ms, digests, rows)
                archive.writestr(ABOUT, json.dumps(asdict(about), indent=1))
            partial.replace(target)
        except BaseException:
            partial.unlink(missing_ok=True)
            raise
    return about


def _pack(archive: zipfile.ZipFile, name: str, path: Path) -> str:
    """Write a file, which may grow meanwhile; the digest of what was written."""
    digest = hashlib.sha256()
    with path.open("rb") as file, archive.open(name, "w", force_zip64=True) as packed:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            packed.write(chunk)
    return digest.hexdigest()


def _check_target(target: Path) -> None:
    if not target.parent.is_dir():
        raise UsageError("backup-folder-missing", _("There is no such folder."), where=str(target.parent))
    if target.exists():
        raise UsageError(
            "backup-exists",
            _("There is a file of this name already; it stays as it is."),
            _("Name another file, or move it away."),
            where=str(target),
        )


def restore(source: Path, folder: Path, office: Office, *, leave: Collection[str] = ()) -> Backup:
    """Bring the ledger, the office and the other files of a backup into `folder`, which has none of them yet.

    All is checked before anything is written. The files `leave` stay as they are in the folder. Sessions
    of browsers and links that nobody has used do not come back: they may have been ended since.

    Raises:
        UsageError: `backup-foreign`, `backup-damaged`, `restore-occupied`.
    """
    about = inspect(source)
    with zipfile.ZipFile(source) as archive:
        names = [name for name in about.digests if not name.startswith("office/") and name not in leave]
        occupied = [name for name in names if (folder / name).exists()]
        if occupied or not _is_empty(office):
            raise UsageError(
                "restore-occupied",
                _("There is something here already: %(names)s.")
                % {"names": ", ".join(occupied) or office.place},
                _("Restore into an empty folder, and with PostgreSQL into an empty database."),
                where=str(folder),
            )
        partial = {name: folder / f"{name}.partial" for name in names}
        for name, path in partial.items():
            path.parent.mkdir(exist_ok=True)
            if name == FILE_NAME:
                path.touch()
                make_private(path)
            with archive.open(name) as packed, path.open("wb") as file:
                shutil.copyfileobj(packed, file, _CHUNK)
        _read_office(archive, office)
        for name, path in partial.items():
            path.replace(folder / name)
    return about


def inspect(source: Path) -> Backup:
    """What a backup holds, after all of it has been read and compared with its digests.

    Raises:
        UsageError: `backup-foreign`; `backup-damaged`, also where its ledger is empty.
    """
    damaged = _damaged(source)
    try:
        with zipfile.ZipFile(source) as archive:
            about = Backup(**json.loads(archive.read(ABOUT)))
            found = {name: _digest(archive.open(name)) for name in archive.namelist() if name != ABOUT}
    except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
        if isinstance(error, zipfile.BadZipFile) and zipfile.is_zipfile(source):
            raise damaged from error
        raise UsageError(
            "backup-foreign", _("This is no backup that Troth has made."), where=str(source)
        ) from error
    if found != about.digests or any(Path(name).is_absolute() or ".." in Path(name).parts for name in found):
        raise damaged
    if FILE_NAME in found and not _holds_tables(source):
        raise damaged
    return about


def _damaged(source: Path) -> UsageError:
    return UsageError(
        "backup-damaged",
        _("The backup is damaged: its content is not what was written."),
        _("Take another copy of it."),
        where=str(source),
    )


def _holds_tables(source: Path) -> bool:
    """Whether the ledger of a backup holds anything: an empty file of DuckDB would pass for a new one."""
    import duckdb

    with zipfile.ZipFile(source) as archive, TemporaryDirectory(prefix="troth-") as folder:
        if archive.getinfo(FILE_NAME).file_size > _SMALL_BYTES:
            return True
        ledger = archive.extract(FILE_NAME, folder)
        try:
            with duckdb.connect(ledger, read_only=True) as connection:
                return bool(connection.execute("SELECT 1 FROM duckdb_tables() LIMIT 1").fetchall())
        except duckdb.Error:
            return False


def _copy_ledger(store: Store, copy: Path) -> None:
    copy_ledger(store.connection, copy, f"backup_{copy.parent.name.rpartition('-')[2]}")


def _pack_office(archive: zipfile.ZipFile, office: Office) -> Iterator[tuple[str, tuple[str, int]]]:
    """Write all tables as they are at one moment; the digest and the number of rows of each."""
    with office.snapshot() as connection:
        for table in _kept_tables():
            digest, rows = hashlib.sha256(), 0
            with archive.open(f"office/{table.name}.jsonl", "w", force_zip64=True) as file:
                for row in _rows(connection, table):
                    line = json.dumps(row, ensure_ascii=False).encode() + b"\n"
                    digest.update(line)
                    file.write(line)
                    rows += 1
            yield table.name, (digest.hexdigest(), rows)


def _kept_tables() -> list[Table]:
    from troth.store.office.tables import COPY_OF_LEDGER, metadata

    return [table for table in metadata.sorted_tables if table not in COPY_OF_LEDGER]


def _rows(connection: Connection, table: Table) -> Iterator[dict[str, Any]]:
    found = connection.execution_options(yield_per=_ROWS).execute(table.select().order_by(*table.primary_key))
    for row in found.mappings():
        yield {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    return {"base64": base64.b64encode(value).decode()} if isinstance(value, bytes) else value


def _value(value: object) -> object:
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value


def _is_empty(office: Office) -> bool:
    from sqlalchemy import select

    from troth.store.office.tables import metadata

    with office.transaction() as connection:
        return not any(
            connection.execute(select(1).select_from(table)).first() for table in metadata.tables.values()
        )


def _read_office(archive: zipfile.ZipFile, office: Office) -> None:
    from troth.store.office.numbers import follow_numbers

    with office.transaction() as connection:
        for table in _kept_tables():
            with archive.open(f"office/{table.name}.jsonl") as file:
                rows: list[dict[str, object]] = []
                for line in file:
                    row = {name: _value(value) for name, value in json.loads(line).items()}
                    if _lets_in(table, row):
                        continue
                    rows.append(row)
                    if len(rows) == _ROWS:
                        connection.execute(table.insert(), rows)
                        rows = []
                if rows:
                    connection.execute(table.insert(), rows)
        follow_numbers(connection)


def _lets_in(table: Table, row: Mapping[str, object]) -> bool:
    """Whether who has the row's token is let in by it: a browser's session, a link not used yet."""
    return table.name == "session" or (table.name == "invitation" and row["used_ms"] is None)


def _digest(file: IO[bytes]) -> str:
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
