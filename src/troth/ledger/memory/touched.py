"""Which customers have lived something bad in each cell, one number after another."""

from __future__ import annotations

import threading
from collections.abc import Mapping

import duckdb
import numpy as np
from numpy.typing import NDArray

from troth.ledger.answers import Moment
from troth.ledger.memory.following import Place, appended, place
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.state import read_standing
from troth.store import Store

Cell = tuple[int, int]
"""The numbers of a touchpoint and a mechanism."""

_CHOSEN = "touched_customer"


class Touched:
    """Follows the customers through the moments of a day, as `people.People` does."""

    def __init__(self, _day: int) -> None:
        self._lock = threading.Lock()
        self._place: Place | None = None
        self._at_ms = 0
        self._cells: dict[Cell, NDArray[np.bool_]] = {}

    def counts(self, store: Store, at: Moment) -> Mapping[Cell, int]:
        """How many customers have lived something bad in each cell by `at`."""
        connection = store.connection
        with self._lock:
            now = place(connection)
            if self._place is None or self._place.order != now.order:
                self._cells = {}
                self._take(connection, at, "")
                self._place, self._at_ms = now, at.at_ms
            elif (self._place.tail, self._at_ms) < (now.tail, at.at_ms):
                _choose(connection, now.tail - self._place.tail, sorted((self._at_ms, at.at_ms)))
                asked = connection.execute(f"SELECT customer_no FROM {_CHOSEN}").fetchnumpy()
                for cell in self._cells.values():
                    cell[asked["customer_no"][asked["customer_no"] < len(cell)]] = False
                self._take(connection, at, f"AND customer_no IN (SELECT customer_no FROM {_CHOSEN})")
                self._place, self._at_ms = now, at.at_ms
            return {cell: n for cell, found in self._cells.items() if (n := int(np.count_nonzero(found)))}

    def _take(self, connection: duckdb.DuckDBPyConnection, at: Moment, only: str) -> None:
        """Mark those who have lived something bad; `only`: SQL of a condition more."""
        [(size,)] = connection.execute("SELECT coalesce(max(customer_no), -1) + 1 FROM customer").fetchall()
        found = connection.execute(
            f"""
            SELECT touchpoint_no, mechanism_no, customer_no FROM experience
            WHERE severity > 0 AND at_ms <= ? {only} GROUP BY ALL HAVING sum(n) > 0
            """,
            [at.at_ms],
        ).fetchnumpy()
        cells = np.stack([found["touchpoint_no"], found["mechanism_no"]])
        for touchpoint_no, mechanism_no in np.unique(cells, axis=1).T.tolist():
            cell = self._cells.get((touchpoint_no, mechanism_no), np.zeros(0, np.bool_))
            wide = np.concatenate([cell, np.zeros(max(0, size - len(cell)), np.bool_)])
            wide[found["customer_no"][(cells == [[touchpoint_no], [mechanism_no]]).all(axis=0)]] = True
            self._cells[touchpoint_no, mechanism_no] = wide


def touched(store: Store, at: Moment) -> Mapping[Cell, int]:
    """How many customers have lived something bad in each cell that has any."""
    if store.memory is None or at.origin == "given":
        return Touched(at.day).counts(store, at)
    return store.memory.thing(Touched, at.day, lambda: Touched(at.day)).counts(store, at)


def _choose(connection: duckdb.DuckDBPyConnection, rows: int, moments: list[int]) -> None:
    """Choose whose bad experiences were appended, or come to count from one moment to the other."""
    stands = read_standing(connection)
    recent = stands is not None and stands.day * DAY_MS <= moments[0]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {_CHOSEN} AS
        SELECT DISTINCT customer_no FROM {appended(connection, max(0, rows))} WHERE severity > 0
        UNION SELECT customer_no FROM {"recent" if recent else "experience"}
        WHERE severity > 0 AND at_ms > {moments[0]} AND at_ms <= {moments[1]}""")
