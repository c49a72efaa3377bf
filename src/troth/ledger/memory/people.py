"""Where every customer stands, one number after another: for counts and rankings of all of them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace
from typing import TypeVar

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment
from troth.ledger.arithmetic import ENOUGH, Floats, merged_pools
from troth.ledger.dictionaries import LIVED
from troth.ledger.evidence import Question
from troth.ledger.figures import Figures, indices
from troth.ledger.memory.following import Place, appended, place
from troth.ledger.questions import question
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.state import read_standing
from troth.ledger.sums import Counts, remaining_of_customers
from troth.store import Store

NEUTRAL = 0.5
NOBODY, ABOVE, LEVEL, BELOW, UNKNOWN = range(5)
"""Where a customer stands; a number that has lived nothing is nobody's."""

Parameters = tuple[int, tuple[float, ...], tuple[float, ...], tuple[int, ...]]
"""The day of the moments, and the settings."""

Column = TypeVar("Column", NDArray[np.int8], Floats)

CHOSEN = "chosen_customer"
"""Temporary table of the customers' numbers that a question is about."""


@dataclass(frozen=True, slots=True)
class Stand:
    """All customers by their number: where they stand, balance, and good and bad evidence together."""

    standing: NDArray[np.int8]
    balance: Floats
    evidence: Floats

    def lived(self, members: Counts | None = None) -> Counts:
        """The numbers that have lived something, of all or of `members`."""
        if members is None:
            return np.flatnonzero(self.standing)
        inside: Counts = members[members < len(self.standing)]
        lived: Counts = inside[self.standing[inside] != NOBODY]
        return lived


class People:
    """Follows the customers through the moments of a day: who lived something more is looked at anew."""

    def __init__(self, _parameters: Parameters) -> None:
        self._lock = threading.Lock()
        self._place: Place | None = None
        self._at_ms = 0
        self._stand = Stand(np.zeros(0, np.int8), np.zeros(0), np.zeros(0))

    def stand(self, store: Store, settings: Settings, at: Moment) -> Stand:
        """Where all stand at `at`, a moment of the day, or a little later where that is known already."""
        connection = store.connection
        with self._lock:
            now = place(connection)
            anew = self._place is None or self._place.order != now.order
            if anew:
                asked = question(connection, ("customer",), at)
                found, figures = _figures(connection, settings, asked)
            elif self._place is not None and (self._place.tail, self._at_ms) < (now.tail, at.at_ms):
                _choose(connection, self._place.tail, now.tail, sorted((self._at_ms, at.at_ms)))
                found, figures = chosen(store, settings, at)
            else:
                return self._stand
            self._stand = self._changed(connection, found, figures, anew=anew)
            self._place, self._at_ms = now, at.at_ms
            return self._stand

    def _changed(
        self, connection: duckdb.DuckDBPyConnection, numbers: Counts, figures: Figures, *, anew: bool
    ) -> Stand:
        """The columns with these customers as they are now; others stay, but for those who lived nothing."""
        [(size,)] = connection.execute("SELECT coalesce(max(customer_no), -1) + 1 FROM customer").fetchall()
        if anew:
            old = Stand(np.zeros(size, np.int8), np.zeros(size), np.zeros(size))
            gone = numbers
        else:
            old = self._stand
            asked = connection.execute(f"SELECT customer_no FROM {CHOSEN}").fetchnumpy()
            gone = np.asarray(asked["customer_no"], np.int64)

        def column(kept: Column, new: Column) -> Column:
            wide: Column = np.concatenate([kept, np.zeros(max(0, size - len(kept)), kept.dtype)])
            wide[gone] = 0
            wide[numbers] = new
            return wide

        return Stand(
            column(old.standing, standing(figures.score, figures.unknown)),
            column(old.balance, figures.balance),
            column(old.evidence, figures.good + figures.bad),
        )


def parameters(settings: Settings, day: int) -> Parameters:
    """What the customers' figures depend on."""
    good, bad = settings.half_life_good, settings.half_life_bad
    return day, tuple(map(float, good)), tuple(map(float, bad)), tuple(settings.ratio_milli)


def people(store: Store, settings: Settings, at: Moment) -> Stand:
    """Where all customers stand; it is remembered where `at` is the ledger's own moment."""
    asked = parameters(settings, at.day)
    if store.memory is None or at.origin == "given":
        return People(asked).stand(store, settings, at)
    return store.memory.thing(People, asked, lambda: People(asked)).stand(store, settings, at)


def living(store: Store, settings: Settings, at: Moment) -> int:
    """How many customers have lived something by `at`."""
    if store.memory is not None and at.origin != "given":
        return len(people(store, settings, at).lived())
    [(customers,)] = store.connection.execute(
        f"SELECT count(DISTINCT customer_no) FROM {LIVED} WHERE at_ms <= ?", [at.at_ms]
    ).fetchall()
    return int(customers)


def members(store: Store, group: str) -> Counts:
    """The numbers of the customers of a segment's value, `segment=value`, in order."""
    segment, _equals, value = group.partition("=")
    found = store.connection.execute(
        "SELECT customer_no FROM customer_segment WHERE segment = ? AND value = ?", [segment, value]
    ).fetchnumpy()
    return np.sort(np.asarray(found["customer_no"], np.int64))


def choose(connection: duckdb.DuckDBPyConnection, numbers: Counts) -> None:
    """Fill the table of those whom `chosen` reads."""
    connection.register("chosen_rows", pa.table({"customer_no": pa.array(numbers, pa.int32())}))
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {CHOSEN} AS FROM chosen_rows")
    connection.unregister("chosen_rows")


def chosen(store: Store, settings: Settings, at: Moment) -> tuple[Counts, Figures]:
    """The numbers and figures of those who were chosen and have lived something, in order."""
    asked = replace(
        question(store.connection, ("customer",), at),
        conditions=(f"e.customer_no IN (SELECT customer_no FROM {CHOSEN})",),
        named=("customer",),
        from_experience=True,
    )
    return _figures(store.connection, settings, asked)


def names(store: Store, numbers: Counts) -> pa.Array:
    """The ids of customers, who were chosen, in the order of their numbers."""
    found = store.connection.sql(f"""
        SELECT customer_no, customer FROM customer WHERE customer_no IN (SELECT customer_no FROM {CHOSEN})
        ORDER BY customer_no""").to_arrow_table()
    places = np.searchsorted(np.asarray(found["customer_no"].to_numpy(), np.int64), numbers)
    return found["customer"].combine_chunks().take(pa.array(places))


def _figures(
    connection: duckdb.DuckDBPyConnection, settings: Settings, asked: Question
) -> tuple[Counts, Figures]:
    found = remaining_of_customers(connection, settings, asked)
    return found.codes["customer"], indices(found, merged_pools(settings.ratio_milli)[0], None)


def standing(score: Floats, unknown: Floats) -> NDArray[np.int8]:
    """Where customers of these scores stand."""
    known = np.select([score > NEUTRAL, score == NEUTRAL], [ABOVE, LEVEL], BELOW)
    return np.where(unknown <= ENOUGH, known, UNKNOWN).astype(np.int8)


def _choose(connection: duckdb.DuckDBPyConnection, seen: int, tail: int, moments: list[int]) -> None:
    """Choose whose experiences were appended, and whose come to count from one moment to the other."""
    stands = read_standing(connection)
    recent = stands is not None and stands.day * DAY_MS <= moments[0]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE {CHOSEN} AS
        SELECT DISTINCT customer_no FROM {appended(connection, max(0, tail - seen))}
        UNION SELECT customer_no FROM {"recent" if recent else "experience"}
        WHERE at_ms > {moments[0]} AND at_ms <= {moments[1]}""")
