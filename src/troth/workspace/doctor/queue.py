"""What waits in the inbox, and how far the copy of the records goes; counted without taking part in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.store.office import Office

if TYPE_CHECKING:
    from troth.store.records.state import Copy


@dataclass(frozen=True, slots=True)
class Queue:
    """The parcels in the office.

    Attributes:
        parcels: The number of each, in order, with its records and when it came: (seq, n, received_ms).
        given: The last number that was given to any parcel; None where the database does not say for sure.
    """

    parcels: tuple[tuple[int, int, int], ...]
    given: int | None

    def after(self, mark: int) -> tuple[tuple[int, int, int], ...]:
        """Those that the ledger does not have yet; the others are about to be removed."""
        return tuple(parcel for parcel in self.parcels if parcel[0] > mark)

    def lost(self, mark: int) -> tuple[int, int] | None:
        """The first and last number of parcels that are neither here nor in a ledger with this mark."""
        waiting = self.after(mark)
        if self.given is None:  # a database that leaves numbers out
            return None
        last = waiting[0][0] - 1 if waiting else self.given
        return (mark + 1, last) if last > mark else None


def queue(office: Office) -> Queue:
    """Read it, all at one moment."""
    from sqlalchemy import select, text

    from troth.store.office.tables import parcel

    query = select(parcel.c.seq, parcel.c.n, parcel.c.received_ms).order_by(parcel.c.seq)
    with office.snapshot() as connection:
        rows = tuple((int(seq), int(n), int(at)) for seq, n, at in connection.execute(query))
        if office.is_postgresql:
            return Queue(rows, None)
        given = connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'parcel'")).scalar()
    return Queue(rows, int(given or 0))


def copy_of(office: Office) -> Copy | None:
    """The copy of the records, which PostgreSQL alone has."""
    from troth.store.records.state import read

    if not office.is_postgresql:
        return None
    with office.snapshot() as connection:
        return read(connection, held=False)
