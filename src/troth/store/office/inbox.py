"""The inbox: records that were taken and wait for the ledger.

One thread writes. It collects what waits, writes it in one transaction and then tells everybody whose records
are in it, so that a disk's slowness is paid once for many (group commit). What waits is bounded: beyond that,
nothing is taken, and the sender is told when to come again.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass

from troth.errors import TrothError
from troth.store.office.opening import Office
from troth.store.office.parcels import Parcel
from troth.store.office.tables import parcel as parcels
from troth.store.office.writing import Delivery, Work, written
from troth.texts import _

_LOG = logging.getLogger(__name__)
_MOST_PARCELS = 2_000
_MOST_BYTES = 64_000_000
"""Of one transaction."""

_CROWD, _GATHERED_SECONDS = 4, 0.004
"""After a transaction for so many requests the next one waits a moment: who was answered sends again."""


@dataclass(frozen=True, slots=True)
class Room:
    """How much may wait for the ledger, in memory and in the office."""

    records: int = 1_000_000
    bytes: int = 512_000_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A parcel as it waits."""

    seq: int
    kind: str
    n: int
    body: bytes


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
        self._queue: deque[Work] = deque()
        self._shut = self._closing = False
        self._records = self._bytes = self._together = 0
        self._taken = (0, 0)
        self._count()
        self._thread = threading.Thread(target=self._run, name="inbox", daemon=True)
        self._thread.start()

    @property
    def waiting(self) -> tuple[int, int]:
        """How many records and bytes wait for the ledger."""
        with self._changed:
            return self._records, self._bytes

    @property
    def taken(self) -> tuple[int, int]:
        """How many requests and records were taken since it was opened."""
        with self._changed:
            return self._taken

    def put(
        self, contents: Sequence[Parcel], received_ms: int, delivery: Delivery | None = None
    ) -> Future[bool]:
        """Take parcels, all of them or none; done when they are durable, and false for a known delivery.

        Raises:
            BusyError: too much waits already.
            TrothError: `shutting-down`. The future's own: `store-full`, `office-unreachable`.
        """
        work = Work(contents, received_ms, delivery)
        with self._changed:
            if self._shut:
                raise TrothError(
                    "shutting-down",
                    _("The server is shutting down; nothing was taken."),
                    _("Send it again in a moment."),
                )
            if self._records + work.records > self.room.records or self._bytes + work.bytes > self.room.bytes:
                raise BusyError(5)
            self._taken = self._taken[0] + 1, self._taken[1] + work.records
            self._queued(work)
        return work.done

    def carried(self, seq: int) -> Future[bool]:
        """Remove the parcels up to `seq`: the ledger has them."""
        work = Work((), 0, carried_to=seq)
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

    def _queued(self, work: Work) -> None:
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

    def _collected(self) -> list[Work]:
        """What waits, about as much as one transaction should hold; nothing when the inbox is closed."""
        with self._changed:
            while not (self._queue or self._closing):
                self._changed.wait()
        if self._together >= _CROWD and not self._closing:
            time.sleep(_GATHERED_SECONDS)
        with self._changed:
            works: list[Work] = []
            size = count = 0
            while self._queue and (not works or (size < _MOST_BYTES and count < _MOST_PARCELS)):
                works.append(self._queue.popleft())
                size += works[-1].bytes
                count += len(works[-1].parcels)
            self._together = len(works)
            return works

    def _commit(self, works: Sequence[Work]) -> None:
        """Write in one transaction; where one of them is at fault, each in its own."""
        try:
            with self._office.transaction() as connection:
                outcomes = written(connection, works)
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

    def _failed(self, works: Sequence[Work], error: Exception) -> None:
        with self._changed:
            self._records -= sum(work.records for work in works)
            self._bytes -= sum(work.bytes for work in works)
        for work in works:
            work.done.set_exception(error)
