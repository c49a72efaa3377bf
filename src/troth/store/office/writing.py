"""What the inbox writes in one transaction, with as few calls of the database as can be.

Each call lets other threads compute, and its end waits for its turn again: a call a row would make a commit
wait a hundred times where the server is busy.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from troth.store.office.parcels import Parcel
from troth.store.office.tables import delivery as deliveries
from troth.store.office.tables import endpoint as endpoints
from troth.store.office.tables import parcel as parcels

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MOST_ROWS = 256
_INSERT = "INSERT INTO parcel (kind, n, received_ms, body) VALUES "
_ROW = {"sqlite": "(?, ?, ?, ?)", "postgresql": "(%s, %s, %s, %b)"}  # %b: as bytes, not as hexadecimal text


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook's delivery, taken once: its endpoint, and what the sender calls it."""

    endpoint_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """What the inbox has to write.

    Attributes:
        parcels: They come in.
        received_ms: When they came.
        delivery: The webhook's delivery that they are, if they are one.
        carried_to: The parcels up to this number go out; then there is nothing else to do.
        done: Done when it is durable; false for a delivery that was known.
    """

    parcels: Sequence[Parcel]
    received_ms: int
    delivery: Delivery | None = None
    carried_to: int | None = None
    done: Future[bool] = field(default_factory=Future)

    @property
    def records(self) -> int:
        """How many records come in."""
        return sum(parcel.n for parcel in self.parcels)

    @property
    def bytes(self) -> int:
        """How many bytes come in."""
        return sum(len(parcel.body) for parcel in self.parcels)


def written(connection: Connection, works: Sequence[Work]) -> list[tuple[bool, int, int]]:
    """Write all works in the open transaction, parcels in the order of the works.

    Of each: whether its parcels were taken, and how many records and bytes went out.
    """
    outcomes: list[tuple[bool, int, int]] = []
    rows: list[tuple[str, int, int, bytes]] = []
    for work in works:
        if work.carried_to is not None:
            outcomes.append((True, *_removed(connection, work.carried_to)))
        elif work.delivery is not None and not _is_new(connection, work.delivery, work.received_ms):
            outcomes.append((False, 0, 0))
        else:
            outcomes.append((True, 0, 0))
            rows += [(parcel.kind, parcel.n, work.received_ms, parcel.body) for parcel in work.parcels]
    _insert(connection, rows)
    return outcomes


def _insert(connection: Connection, rows: Sequence[tuple[str, int, int, bytes]]) -> None:
    """Many rows a statement; their numbers are powers of two, so that the database knows few statements."""
    row = _ROW[connection.dialect.name]
    start = 0
    while left := len(rows) - start:
        size = min(_MOST_ROWS, 1 << (left.bit_length() - 1))
        values = tuple(value for one in rows[start : start + size] for value in one)
        connection.exec_driver_sql(_INSERT + ", ".join([row] * size), values)
        start += size


def _removed(connection: Connection, seq: int) -> tuple[int, int]:
    from sqlalchemy import func, select

    done = parcels.c.seq <= seq
    sums = select(
        func.coalesce(func.sum(parcels.c.n), 0), func.coalesce(func.sum(func.length(parcels.c.body)), 0)
    ).where(done)
    [(records, size)] = connection.execute(sums)
    connection.execute(parcels.delete().where(done))
    return int(records), int(size)


def _is_new(connection: Connection, delivery: Delivery, now_ms: int) -> bool:
    from sqlalchemy.dialects import postgresql, sqlite

    insert = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(deliveries).values(
        endpoint_id=delivery.endpoint_id, delivery=delivery.name, received_ms=now_ms
    )
    taken = statement.on_conflict_do_nothing().returning(deliveries.c.delivery)
    if connection.execute(taken).first() is None:
        return False
    used = endpoints.update().where(endpoints.c.id == delivery.endpoint_id).values(last_used_ms=now_ms)
    connection.execute(used)
    return True
