"""What was lived by day, mechanism and shard of customers: for the course of a year with its band."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import numpy as np
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment
from troth.ledger.arithmetic import Floats
from troth.ledger.dictionaries import SHARDS
from troth.ledger.memory.following import Followed
from troth.ledger.sql import DAY_MS
from troth.vocabulary import GOOD_WEIGHT, MECHANISMS

_PLACES = 2 * len(MECHANISMS) * SHARDS
_CHUNK = 1 << 20
_DUST = 1e-9
"""Ordinary good experiences: less than this is what rounding left of earlier evidence that was taken back."""

Parameters = tuple[int, int, tuple[float, ...], tuple[float, ...]]
"""First and last day, and the half-lives of good and bad experiences by mechanism."""


class EvidenceDays(Followed):
    """Weights of the days `first` to `last`, and all earlier evidence as it was left before `first`."""

    def __init__(self, parameters: Parameters) -> None:
        super().__init__()
        self.parameters = parameters
        first, last, good, bad = parameters
        self._first, self._days = first, last - first + 1
        self._half_lives = np.array([good, bad])
        self._weights: NDArray[np.int64] = np.zeros(0, np.int64)
        self._before: Floats = np.zeros(0)

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add up all experiences."""
        self._weights = np.zeros(self._days * _PLACES, np.int64)
        self._before = np.zeros(_PLACES)
        self.add(connection, "experience")

    def add(self, connection: duckdb.DuckDBPyConnection, rows: str) -> None:
        """Add the rows of a relation."""
        falling = self._falling()
        asked = connection.sql(
            f"""
            SELECT (at_ms // {DAY_MS})::INTEGER - {self._first} AS day,
                ((severity > 0)::INTEGER * {len(MECHANISMS)} + mechanism_no) * {SHARDS} + shard AS place,
                CASE WHEN severity > 0 THEN -weight ELSE weight END AS weight
            FROM {rows} WHERE at_ms < {(self._first + self._days) * DAY_MS}
            """
        )
        for batch in asked.to_arrow_reader(_CHUNK):
            day, place, weight = (np.asarray(column.to_numpy(), np.int64) for column in batch.columns)
            inside = day >= 0
            np.add.at(self._weights, day[inside] * _PLACES + place[inside], weight[inside])
            if not inside.all():
                past = ~inside
                left = weight[past] * falling[place[past]] ** (-1 - day[past]) / GOOD_WEIGHT
                self._before += np.bincount(place[past], left, _PLACES)
        self._before[np.abs(self._before) < _DUST] = 0.0

    def ends_of_days(self, connection: duckdb.DuckDBPyConnection, at: Moment) -> Iterator[tuple[int, Floats]]:
        """Each day with the evidence at its end, [2, 10, shards], the last up to `at`; an array reused."""
        with self.lock:
            state, weights = self._before.copy(), self._weights.reshape(self._days, _PLACES).copy()
        end = (at.day + 1) * DAY_MS
        for place, weight in connection.execute(_LATER, {"at": at.at_ms, "end": end}).fetchall():
            weights[-1, place] -= weight
        falling = self._falling()
        for place, today in enumerate(weights):
            state *= falling
            state += today / GOOD_WEIGHT
            yield self._first + place, state.reshape(2, len(MECHANISMS), SHARDS)

    def _falling(self) -> Floats:
        return np.repeat(np.exp2(-1 / self._half_lives.ravel()), SHARDS)


_LATER = f"""
    SELECT ((severity > 0)::INTEGER * {len(MECHANISMS)} + mechanism_no) * {SHARDS} + shard AS place,
        sum(CASE WHEN severity > 0 THEN -weight ELSE weight END)::BIGINT AS weight
    FROM experience WHERE at_ms > $at AND at_ms < $end GROUP BY place"""


def parameters(settings: Settings, first: int, last: int) -> Parameters:
    """For the days from `first` to `last`."""
    good, bad = settings.half_life_good, settings.half_life_bad
    return first, last, tuple(map(float, good)), tuple(map(float, bad))
