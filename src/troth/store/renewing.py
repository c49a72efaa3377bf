"""A ledger written anew without what was deleted: a database keeps the bytes of deleted rows in its file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from troth.store.copying import copy_ledger, has_log
from troth.store.database import Store
from troth.store.erasures import sync_folder
from troth.store.faults import reported

if TYPE_CHECKING:
    from troth.store.office import Office

ENDING = ".renewed"


def renewed(store: Store) -> Path:
    """A copy of the ledger beside it that holds only what can be read; whoever writes must wait meanwhile.

    Raises:
        TrothError: `store-full`.
    """
    copy = store.path.with_name(store.path.name + ENDING)
    discard(store.path)
    with reported(copy):
        copy_ledger(store.connection, copy, "renewed_ledger")
        with copy.open("rb") as file:
            os.fsync(file.fileno())
    return copy


def discard(ledger: Path) -> None:
    """Remove a copy that was not put to use."""
    for ending in (ENDING, f"{ENDING}.wal"):
        ledger.with_name(ledger.name + ending).unlink(missing_ok=True)


def put_in_place(copy: Path, ledger: Path) -> bool:
    """Let the copy be the ledger, once that is closed; false when something still holds one of them open."""
    if _is_open(ledger) or has_log(ledger) or has_log(copy):
        discard(ledger)
        return False
    copy.replace(ledger)
    sync_folder(ledger.parent)
    return True


def scrub_office(office: Office) -> None:
    """Write the office's file anew without deleted rows; PostgreSQL only for the parcels and records."""
    with office.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        if office.is_postgresql:
            connection.exec_driver_sql("VACUUM (FULL) parcel, record")
            return
        connection.exec_driver_sql("VACUUM")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _is_open(ledger: Path) -> bool:
    """Whether this process has the file open: DuckDB opens it then in no other way."""
    try:
        with suppress(duckdb.CatalogException):
            duckdb.connect(str(ledger), read_only=True).close()
    except duckdb.ConnectionException:
        return True
    return False
