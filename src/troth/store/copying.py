"""A copy of a ledger that people read and write meanwhile, in a file of its own."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from troth.store.database import make_private
from troth.store.tables import quoted

if TYPE_CHECKING:
    import duckdb


def copy_ledger(connection: duckdb.DuckDBPyConnection, target: Path, name: str) -> None:
    """Write all that `connection` reads into a new file `target`, which is called `name` for that time.

    Whoever lists tables meanwhile has the copy open, too. DuckDB then lets go of it with its content in a
    log beside the file, and the file alone is empty; so those are waited for before.

    Raises:
        duckdb.Error: what the database says.
        RuntimeError: the file does not hold all.
    """
    [(current,)] = connection.execute("SELECT current_database()").fetchall()
    connection.execute(f"ATTACH '{str(target).replace(chr(39), chr(39) * 2)}' AS {quoted(name)} (READ_WRITE)")
    try:
        make_private(target)
        connection.execute(f"COPY FROM DATABASE {quoted(current)} TO {quoted(name)}")
        connection.execute(f"FORCE CHECKPOINT {quoted(name)}")
    finally:
        connection.execute(f"DETACH {quoted(name)}")
    if has_log(target):
        raise RuntimeError(f"{target.name} does not hold all of the ledger")


def has_log(ledger: Path) -> bool:
    """Whether a part of a ledger's content is not in its file, but in the log beside it."""
    return ledger.with_name(f"{ledger.name}.wal").exists()
