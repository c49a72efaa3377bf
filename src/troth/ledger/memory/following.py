"""How far a memory has read, and the rows that came since."""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TypeVar

import duckdb

from troth.ledger.refresh import ORDER, TAIL
from troth.store import Store

T = TypeVar("T", bound="Followed")
P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Place:
    """A state of the experiences: in which order they were put, and how many were appended since."""

    order: str
    tail: int


def place(connection: duckdb.DuckDBPyConnection) -> Place:
    """Where the experiences of this connection's snapshot are."""
    state = dict(
        connection.execute(
            f"SELECT part, fingerprint FROM refresh_state WHERE part IN ('{ORDER}', '{TAIL}')"
        ).fetchall()
    )
    return Place(state.get(ORDER, ""), int(state.get(TAIL, 0)))


def appended(connection: duckdb.DuckDBPyConnection, rows: int) -> str:
    """SQL of the last `rows` rows of the experiences, a relation."""
    [(last,)] = connection.execute("SELECT max(rowid) FROM experience").fetchall()
    return f"(SELECT * FROM experience WHERE rowid > {-1 if last is None else last - rows})"


class Followed(ABC):
    """Sums that follow the experiences; `lock` is held by whoever reads or changes them."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._place: Place | None = None

    def follow(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Take in what the connection's snapshot holds and the sums do not; a newer state stays as it is."""
        with self.lock:
            now = place(connection)
            if self._place is None or self._place.order != now.order:
                self.begin(connection)
            elif self._place.tail < now.tail:
                self.add(connection, appended(connection, now.tail - self._place.tail))
            else:
                return
            self._place = now

    @abstractmethod
    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add up all experiences anew."""

    @abstractmethod
    def add(self, connection: duckdb.DuckDBPyConnection, rows: str) -> None:
        """Add the rows of a relation that has the columns of `experience`."""


def remembered(store: Store, kind: Callable[[P], T], parameters: P, *, current: bool) -> T:
    """A thing of that kind, up to date: of the store's memory where it has one and the read-out is `current`.

    Else it is made from all experiences, for once.
    """
    if store.memory is None or not current:
        found = kind(parameters)
    else:
        found = store.memory.thing(kind, parameters, lambda: kind(parameters))
    found.follow(store.connection)
    return found
