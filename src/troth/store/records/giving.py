"""Gives a lost ledger its records back."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING

import pyarrow as pa

from troth.store import tables
from troth.store.database import Store
from troth.store.office.opening import Office
from troth.store.office.tables import record, record_import
from troth.store.records.state import COUNTER, LEDGER, MARK, Shape, read
from troth.store.tables import BOOKKEEPING, HASH, hashes, quoted

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOG = logging.getLogger(__name__)
_ROWS = 50_000


def give_back(office: Office, store: Store) -> int:
    """Fill a ledger that is new from its copy, in one transaction; how many records that gave.

    Nothing happens where the ledger was ever written to, or there is no copy. What is derived is made by the
    next refresh.

    Raises:
        TrothError: `office-unreachable`, `store-full`.
    """
    if not office.is_postgresql or not _is_new(store):
        return 0
    records = 0
    with office.snapshot() as connection:
        copy = read(connection)
        if copy is None:
            return 0
        with store.transaction():
            for kind, standing in copy.kinds.items():
                records += _given(connection, store, kind, Shape.read(standing.shape))
            _give_imports(connection, store)
            for name, value in copy.settings.items():
                store.set_setting(name, value)
            store.set_setting(LEDGER, copy.ledger)
    if records:
        _LOG.warning("the ledger was lost: %d records came back from %s", records, office.place)
    return records


def _is_new(store: Store) -> bool:
    return (
        not tables.record_kinds(store.connection)
        and store.setting(COUNTER) is None
        and int(store.setting(MARK) or 0) == 0
    )


def _given(connection: Connection, store: Store, kind: str, shape: Shape) -> int:
    """Make the kind's table and fill it, in the order in which the records were written."""
    from sqlalchemy import Text, cast, select

    types = {**shape.columns, **BOOKKEEPING}
    if shape.derived_key:
        types["_key"] += f" GENERATED ALWAYS AS ({quoted(shape.derived_key)}) VIRTUAL"
    target, duck = tables.record_table(kind), store.connection
    duck.execute(f"CREATE TABLE {target} ({', '.join(f'{quoted(n)} {t}' for n, t in types.items())})")
    read_as = dict(shape.columns) | ({} if shape.derived_key else {"_key": "VARCHAR"})
    written = ", ".join(map(quoted, read_as))
    key = quoted(shape.derived_key or "_key")
    query = (
        select(record.c.import_no, record.c.row_no, cast(record.c.body, Text))
        .where(record.c.kind == kind)
        .order_by(record.c.import_no, record.c.row_no)
    )
    n = 0
    found = connection.execution_options(yield_per=_ROWS).execute(query)
    for rows in found.partitions(_ROWS):
        numbers, row_numbers, bodies = zip(*rows, strict=True)
        given = {"_import": pa.array(numbers, pa.int32()), "_row": pa.array(row_numbers, pa.int64())}
        duck.register("given_records", pa.table(given | {"body": pa.array(bodies, pa.string())}))
        try:
            duck.execute(f"""
                INSERT INTO {target} ({written}, _import, _row, {HASH})
                SELECT {written}, _import, _row, {hashes([HASH])[HASH].replace("_key", key)}
                FROM (SELECT _import, _row, unnest(from_json(body, $types)) FROM given_records)
                """, {"types": json.dumps(read_as)})  # fmt: skip
        finally:
            duck.unregister("given_records")
        n += len(rows)
    return n


def _give_imports(connection: Connection, store: Store) -> None:
    from sqlalchemy import select

    for line in connection.execute(
        select(record_import.c.line).order_by(record_import.c.import_no)
    ).scalars():
        values = json.loads(line)
        marks = ", ".join("?" * len(values))
        store.connection.execute(
            f"INSERT INTO import_run ({', '.join(map(quoted, values))}) VALUES ({marks})",
            list(values.values()),
        )
