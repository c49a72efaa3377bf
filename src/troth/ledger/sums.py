"""Asks the engine for evidence and brings it into arrays, without losing a bit of the integer sums."""

from dataclasses import dataclass

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.ledger.arithmetic import Floats, merged_pools
from troth.ledger.decay import UNIT, decayed, factors
from troth.ledger.decay_table import decay_table, use_decay
from troth.ledger.evidence import (
    COLUMNS,
    Key,
    Question,
    day_sums,
    remaining_by_mechanism,
    remaining_by_pool,
)
from troth.ledger.sql import render
from troth.ledger.standing.reading import (
    stands_by_customer,
    stands_by_shard,
    sums_by_customer,
    sums_by_shard,
)
from troth.ledger.standing.state import read_standing
from troth.vocabulary import MECHANISMS

Counts = NDArray[np.int64]

DAY_SHARDS = 64
"""Groups of customers for the interval of a day: enough for its width, few enough for years of days."""


_DAYS_AT_ONCE = 1024  # bounds the memory of a long series; so many make good use of a product of matrices


@dataclass(frozen=True, slots=True)
class Sums:
    """Evidence by group.

    Attributes:
        codes: per key, the number of each row: touchpoint_no, customer_no, place in `segments`, day.
        segments: names of the segments' values, `segment=value`.
        evidence: [rows, 2, columns], good and bad; the columns are mechanisms, or pools.
        n: [rows, 2, 10] by mechanism, or [rows] where the columns are pools; not decayed.
    """

    codes: dict[Key, Counts]
    segments: tuple[str, ...]
    evidence: Floats
    n: Counts


def first_day(connection: duckdb.DuckDBPyConnection) -> int | None:
    """The first day that has an experience; None when there is none."""
    day = connection.execute(
        "SELECT min(day) FROM (SELECT day FROM day_cube GROUP BY day HAVING sum(n) > 0)"
    ).fetchall()[0][0]
    return None if day is None else int(day)


def remaining(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    question: Question,
    known: pa.Table | None = None,
) -> Sums:
    """What remains at the read-out time, by the keys and mechanism; `known`: the sums, if they are there."""
    if known is not None:
        table = known
    elif stands_by_shard(read_standing(connection), settings, question):
        table = _asked(connection, settings, question, sums_by_shard(question), today=True)
    else:
        table = _asked(connection, settings, question, render(remaining_by_mechanism(question)))
    rows = _Rows(table, question)
    groups, row = _grouped(rows.codes, len(rows.mechanism))
    evidence = np.zeros((int(row.max(initial=-1)) + 1, 2, len(MECHANISMS)))
    n = np.zeros(evidence.shape, np.int64)
    for sign, name in enumerate(("good", "bad")):
        evidence[row, sign, rows.mechanism] = exact(table[name]) / UNIT
        n[row, sign, rows.mechanism] = rows.integers(f"n_{name}")
    return Sums(groups, rows.segments, evidence, n)


def remaining_of_customers(
    connection: duckdb.DuckDBPyConnection, settings: Settings, question: Question
) -> Sums:
    """What remains of every customer, in the order of their numbers.

    The columns are those of `arithmetic.merged_pools`: a shape for millions.
    """
    pools, _column = merged_pools(settings.ratio_milli)
    width = len(pools.ratio)
    if stands_by_customer(read_standing(connection), settings, question):
        table = _asked(connection, settings, question, sums_by_customer(question, width), today=True)
    else:
        table = _asked(connection, settings, question, render(remaining_by_pool(question, width)))
    numbers = np.asarray(table["customer_no"].to_numpy(), np.int64)
    order = _in_order(numbers)
    evidence = np.empty((2, width, len(numbers)))
    for sign, name in enumerate(("good", "bad")):
        for pool in range(width):
            evidence[sign, pool] = (exact(table[f"{name}_{pool}"]) / UNIT)[order]
    n = np.asarray(table["n"].to_numpy(), np.int64)[order]
    return Sums({"customer": numbers[order]}, (), np.moveaxis(evidence, -1, 0), n)


def _in_order(numbers: Counts) -> Counts:
    """The places of distinct numbers in their order: without comparing them where they are dense."""
    size = int(numbers.max(initial=-1)) + 1
    if size > 8 * len(numbers):
        return np.argsort(numbers)
    places = np.full(size, -1)
    places[numbers] = np.arange(len(numbers))
    return places[places >= 0]


def at_ends_of_days(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    question: Question,
    days: range,
    known: pa.Table | None = None,
) -> Sums:
    """What remained at the end of each of `days`.

    Evidence and counts have the days as their last axis. The question has the key `day`; a day after its
    read-out time has the evidence up to that time. `known` is the answer to `evidence.day_sums`, where it is
    there already.
    """
    if known is None:
        known = connection.sql(render(day_sums(question))).to_arrow_table()
    rows = _Rows(known, question)
    eventful, place = np.unique(rows.codes["day"], return_inverse=True)
    others: list[Key] = [key for key in question.keys if key != "day"]
    groups, row = _grouped({key: rows.codes[key] for key in others}, len(rows.mechanism))
    size = int(row.max(initial=-1)) + 1
    weights = np.zeros((size, 2, len(MECHANISMS), len(eventful)), np.int64)
    counts = np.zeros((size, 2, len(MECHANISMS), len(eventful) + 1), np.int64)
    for sign, name in enumerate(("good", "bad")):
        weights[row, sign, rows.mechanism, place] = rows.integers(name)
        counts[row, sign, rows.mechanism, place + 1] = rows.integers(f"n_{name}")
    n = counts.cumsum(axis=-1)[..., np.searchsorted(eventful, days, "right")]
    evidence = np.empty((size, 2, len(MECHANISMS), len(days)))
    for start in range(0, len(days), _DAYS_AT_ONCE):
        some = slice(start, start + _DAYS_AT_ONCE)
        ages = np.asarray(days[some])[None, :] - eventful[:, None]
        for sign, half_lives in enumerate((settings.half_life_good, settings.half_life_bad)):
            for half_life in set(half_lives):
                alike = np.equal(half_lives, half_life)
                known = factors(int(ages.max(initial=0)) + 1, half_life)
                factor = np.where(ages >= 0, known[np.maximum(ages, 0)], 0)
                evidence[:, sign, alike, some] = decayed(weights[:, sign, alike], factor) / UNIT
    return Sums(groups, rows.segments, evidence, n)


def by_shard(sums: Sums, shards: int) -> Sums:
    """Rows by group and shard as one row a group, with the shards as the last axis of the evidence."""
    others: dict[Key, Counts] = {key: codes for key, codes in sums.codes.items() if key != "shard"}
    groups, row = _grouped(others, len(sums.n))
    size = int(row.max(initial=-1)) + 1
    evidence = np.zeros((size, shards, *sums.evidence.shape[1:]))
    evidence[row, sums.codes["shard"]] = sums.evidence
    n = np.zeros((size, *sums.n.shape[1:]), np.int64)
    np.add.at(n, row, sums.n)
    return Sums(groups, sums.segments, np.moveaxis(evidence, 1, -1), n)


def day_rows(sums: Sums, days: range) -> Sums:
    """A row for every group and day that has an experience by then, from sums whose last axis is `days`."""
    evidence, n = np.moveaxis(sums.evidence, -1, 1), np.moveaxis(sums.n, -1, 1)
    row, place = np.nonzero(n.any(axis=(2, 3)))
    codes: dict[Key, Counts] = {key: values[row] for key, values in sums.codes.items()}
    codes["day"] = np.asarray(place + days.start, np.int64)
    return Sums(codes, sums.segments, evidence[row, place], n[row, place])


class _Rows:
    """A result by keys and mechanism, with every key as numbers."""

    def __init__(self, table: pa.Table, question: Question) -> None:
        self._table = table
        self.mechanism = self.integers("mechanism_no")
        self.segments: tuple[str, ...] = ()
        self.codes: dict[Key, Counts] = {}
        for key in question.keys:
            if key == "segment":
                pairs = zip(table["segment"].to_pylist(), table["value"].to_pylist(), strict=True)
                names, codes = np.unique(
                    [f"{segment}={value}" for segment, value in pairs], return_inverse=True
                )
                self.segments = tuple(str(name) for name in names)
                self.codes[key] = np.asarray(codes, np.int64)
            else:
                self.codes[key] = self.integers(*COLUMNS[key])

    def integers(self, name: str) -> Counts:
        """A column of integers of up to 64 bits."""
        return np.asarray(self._table[name].cast(pa.int64()).to_numpy(), np.int64)


def _grouped(codes: dict[Key, Counts], length: int) -> tuple[dict[Key, Counts], Counts]:
    """The distinct groups, in order, and the group's place for each of `length` rows."""
    if not codes:
        return {}, np.zeros(length, np.int64)
    sizes = [int(values.max(initial=0)) + 1 for values in codes.values()]
    flat, row = np.unique(np.ravel_multi_index(list(codes.values()), sizes), return_inverse=True)
    groups = zip(codes, np.unravel_index(flat, sizes), strict=True)
    return {key: np.asarray(values, np.int64) for key, values in groups}, np.asarray(row, np.int64)


def _asked(
    connection: duckdb.DuckDBPyConnection,
    settings: Settings,
    question: Question,
    text: str,
    *,
    today: bool = False,
) -> pa.Table:
    """The answer to `text`; with `today` only experiences of the read-out's day are decayed in it."""
    first = None if today else first_day(connection)
    use_decay(connection, decay_table(settings, question.at.day if first is None else first, question.at))
    return connection.sql(text).to_arrow_table()


def exact(column: pa.ChunkedArray) -> Floats:
    """Integers of up to 128 bits as doubles, each rounded once."""
    low, high = _words(column)
    fits = high == low >> 63
    values = low.astype(np.float64)
    for place in np.flatnonzero(~fits):
        values[place] = float((int(high[place]) << 64) | (int(low[place]) & (2**64 - 1)))
    return values


def _words(column: pa.ChunkedArray) -> tuple[Counts, Counts]:
    array = column.cast(pa.decimal128(38, 0)).combine_chunks()
    words = np.frombuffer(array.buffers()[1], np.int64).reshape(-1, 2)[
        array.offset : array.offset + len(array)
    ]
    return words[:, 0], words[:, 1]
