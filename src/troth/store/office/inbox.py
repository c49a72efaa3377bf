"""The inbox: records that were taken and wait for the ledger.

One thread writes. It collects what waits, writes it in one transaction and then tells everybody whose records
are in it, so that a disk's slowness is paid once for many (group commit). What waits is bounded: beyond that,
nothing is taken, and the sender is told when to come again.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from troth.errors import TrothError
from troth.store.office.opening import Office
from troth.store.office.parcels import Parcel
from troth.store.office.tables import delivery as deliveries
from troth.store.office.tables import endpoint as endpoints
from troth.store.office.tables import parcel as parcels
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOG = logging.getLogger(__name__)
_MOST_PARCELS = 2_000
_MOST_BYTES = 64_000_000
"""Of one transaction."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may wait for the ledger, in memory and in the office."""

    records: int = 1_000_000
    bytes: int = 512_000_000


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook's delivery, taken once: its endpoint, and what the sender calls it."""

    endpoint_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel as it waits."""

    seq: int
    kind: str
    n: int
    body: bytes


@dataclass(frozen=True, slots=True)
class _Work:
    parcels: Sequence[Parcel]
    received_ms: int
    delivery: Delivery | None = None
    carried_to: int | None = None
    done: Future[bool] = field(default_factory=Future)

    @property
    def records(self) -> int:
        return sum(parcel.n for parcel in self.parcels)

    @property
    def bytes(self) -> int:
        return sum(len(parcel.body) for parcel in self.parcels)


class BusyError(TrothError):
    """Too much waits: nothing was taken. `retry_after_seconds`: when it is worth another try."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(
            "too-many",
            _("Too many records are waiting; none of these was taken."),
            _("Send them again in %(seconds)d seconds.") % {"seconds": retry_after_seconds},
        )
        self.retry_after_seconds = retry_after_seconds


class Inbox:
    """The parcels of an office, and the thread that writes them; `arrived` is called after every commit."""

    def __init__(self, office: Office, arrived: Callable[[], None], room: Room | None = None) -> None:
        self.room = room or Room()
        self._office = office
        self._arrived = arrived
        self._changed = threading.Condition()
        self._queue: deque[_Work] = deque()
        self._shut = self._closing = False
        self._records = self._bytes = 0
        self._count()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> tuple[int, int]:
        """How many records and bytes wait for the ledger."""
        with self._changed:
            return self._records, self._bytes

    def put(
        self, contents: Sequence[Parcel], received_ms: int, delivery: Delivery | None = None
    ) -> Future[bool]:
        """Take parcels, all of them or none; done when they are durable, and false for a known delivery.

        Raises:
            BusyError: too much waits already.
            TrothError: `shutting-down`. The future's own: `store-full`, `office-unreachable`.
        """
        work = _Work(contents, received_ms, delivery)
        with self._changed:
            if self._shut:
                raise TrothError(
                    "shutting-down",
                    _("The server is shutting down; nothing was taken."),
                    _("Send it again in a moment."),
                )
            if self._records + work.records > self.room.records or self._bytes + work.bytes > self.room.bytes:
                raise BusyError(5)
            self._queued(work)
        return work.done

    def carried(self, seq: int) -> Future[bool]:
        """Remove the parcels up to `seq`: the ledger has them."""
        work = _Work((), 0, carried_to=seq)
        with self._changed:
            self._queued(work)
        return work.done

    def after(self, mark: int, records: int, size: int) -> list[Waiting]:
        """The oldest parcels beyond `mark`, about so many records and bytes, at least one."""
        from sqlalchemy import func, select

        heads = (
            select(parcels.c.seq, parcels.c.n, func.length(parcels.c.body))
            .where(parcels.c.seq > mark)
            .order_by(parcels.c.seq)
            .limit(_MOST_PARCELS)
        )
        with self._office.transaction() as connection:
            last = mark
            for seq, n, length in connection.execute(heads):
                records, size = records - n, size - length
                if last != mark and (records < 0 or size < 0):
                    break
                last = seq
            found = connection.execute(
                select(parcels.c.seq, parcels.c.kind, parcels.c.n, parcels.c.body)
                .where(parcels.c.seq > mark, parcels.c.seq <= last)
                .order_by(parcels.c.seq)
            )
            return [Waiting(*row) for row in found]

    def shut(self) -> None:
        """Take nothing more; what was taken is still written."""
        with self._changed:
            self._shut = True

    def close(self) -> None:
        """Take nothing more, write what waits in memory, and end the thread."""
        with self._changed:
            self._shut = self._closing = True
            self._changed.notify_all()
        self._thread.join()

    def begin_after(self, mark: int) -> None:
        """Give no number up to `mark` again: the ledger has those.

        It matters when an older copy of the office was brought back.
        """
        from sqlalchemy import text

        with self._office.transaction() as connection:
            if self._office.is_postgresql:
                sequence = connection.execute(text("SELECT pg_get_serial_sequence('parcel', 'seq')")).scalar()
                connection.execute(
                    text(f"SELECT setval(:name, :mark) FROM {sequence} WHERE last_value < :mark"),
                    {"name": sequence, "mark": mark},
                )
                return
            last = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'parcel'")).scalar()
            if last is None:
                connection.execute(
                    text("INSERT INTO sqlite_sequence VALUES ('parcel', :mark)"), {"mark": mark}
                )
            elif last < mark:
                connection.execute(
                    text("UPDATE sqlite_sequence SET seq = :mark WHERE name = 'parcel'"), {"mark": mark}
                )

    def _queued(self, work: _Work) -> None:
        self._queue.append(work)
        self._records += work.records
        self._bytes += work.bytes
        self._changed.notify_all()

    def _count(self) -> None:
        from sqlalchemy import func, select

        query = select(
            func.coalesce(func.sum(parcels.c.n), 0), func.coalesce(func.sum(func.length(parcels.c.body)), 0)
        )
        with self._office.transaction() as connection:
            [(self._records, self._bytes)] = [tuple(map(int, row)) for row in connection.execute(query)]

    def _run(self) -> None:
        while works := self._collected():
            self._commit(works)
            if any(work.parcels for work in works):
                self._arrived()

    def _collected(self) -> list[_Work]:
        """What waits, about as much as one transaction should hold; nothing when the inbox is closed."""
        with self._changed:
            while not (self._queue or self._closing):
                self._changed.wait()
            works: list[_Work] = []
            size = count = 0
            while self._queue and (not works or (size < _MOST_BYTES and count < _MOST_PARCELS)):
                works.append(self._queue.popleft())
                size += works[-1].bytes
                count += len(works[-1].parcels)
            return works

    def _commit(self, works: Sequence[_Work]) -> None:
        """Write in one transaction; where one of them is at fault, each in its own."""
        try:
            with self._office.transaction() as connection:
                outcomes = [_written(connection, work) for work in works]
        except TrothError as error:
            self._failed(works, error)
        except Exception as error:  # noqa: BLE001 - whoever waits is told, and the thread goes on
            if len(works) > 1:
                for work in works:
                    self._commit([work])
                return
            _LOG.exception("a parcel cannot be written")
            self._failed(works, error)
        else:
            with self._changed:
                for work, (taken, records, size) in zip(works, outcomes, strict=True):
                    self._records -= records + (0 if taken else work.records)
                    self._bytes -= size + (0 if taken else work.bytes)
            for work, (taken, _records, _size) in zip(works, outcomes, strict=True):
                work.done.set_result(taken)

    def _failed(self, works: Sequence[_Work], error: Exception) -> None:
        with self._changed:
            self._records -= sum(work.records for work in works)
            self._bytes -= sum(work.bytes for work in works)
        for work in works:
            work.done.set_exception(error)


def _written(connection: Connection, work: _Work) -> tuple[bool, int, int]:
    """Whether the work's parcels were taken, and how many records and bytes went out."""
    if work.carried_to is not None:
        return True, *_removed(connection, work.carried_to)
    if work.delivery is not None and not _is_new(connection, work.delivery, work.received_ms):
        return False, 0, 0
    rows = [
        {"kind": parcel.kind, "n": parcel.n, "received_ms": work.received_ms, "body": parcel.body}
        for parcel in work.parcels
    ]
    if rows:
        connection.execute(parcels.insert(), rows)
    return True, 0, 0


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
