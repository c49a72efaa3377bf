"""A ledger beside the ledger: the same records, another state of what is derived; for trying a blueprint."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from troth.store import faults, tables
from troth.store.database import Store, make_private
from troth.store.tables import quoted

_COPIED = ("setting", "import_run", "customer", "touchpoint", "source")


@contextmanager
def beside(store: Store, folder: Path) -> Iterator[Store]:
    """A store that sees the records of `store` and has tables of its own for what is derived from them.

    Its file lies in `folder` and goes when the block ends. Nothing that happens in it touches `store`, which
    may be read and written meanwhile.
    """
    path = folder / f"trial-{secrets.token_hex(6)}.duckdb"
    cursor = store.connection.cursor()
    name = quoted(path.stem)
    try:
        with faults.reported(path):
            [(main,)] = cursor.execute("SELECT current_database()").fetchall()
            cursor.execute(f"ATTACH '{str(path).replace(chr(39), chr(39) * 2)}' AS {name}")
        try:
            make_private(path)
            with faults.reported(path):
                cursor.execute("SET TimeZone = 'UTC'")
                cursor.execute(f"USE {name}")
                _fill(Store(cursor, path), str(main))
            yield Store(cursor, path)
        finally:
            cursor.execute(f"USE {quoted(str(main))}")
            cursor.execute(f"DETACH {name}")
    finally:
        cursor.close()
        for left in folder.glob(f"{path.name}*"):
            left.unlink(missing_ok=True)


def _fill(trial: Store, main: str) -> None:
    """The dictionaries as copies, the records as views: they are many, and only read."""
    kinds = tables.record_kinds(trial.connection, main)
    ledger = quoted(main)
    with trial.transaction() as connection:
        tables.create(connection)
        for table in _COPIED:
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} BY NAME SELECT * FROM {ledger}.main.{table}")
        for kind in kinds:
            table = tables.record_table(kind)
            connection.execute(f"CREATE VIEW {table} AS SELECT * FROM {ledger}.{table}")
