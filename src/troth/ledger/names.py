"""From the ledger's numbers back to ids: what the rows of an answer stand for."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import duckdb
import numpy as np
import pyarrow as pa

from troth.ledger.answers import Group
from troth.ledger.sums import Counts, Sums
from troth.vocabulary import MECHANISM_IDS, PRECONDITION_IDS

_EPOCH = dt.date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Labels:
    """What `length` rows stand for: per dimension each row's number, which is also its order, and its id."""

    length: int
    codes: dict[str, Counts]
    ids: dict[str, pa.Array]

    def columns(self, by: Sequence[str]) -> dict[str, pa.Array]:
        """A column of ids per dimension."""
        return {name: self.ids[name] for name in by}

    def groups(self, by: Sequence[str]) -> list[Group]:
        """A dictionary per row."""
        if not by:
            return [{} for _ in range(self.length)]
        columns = [self.ids[name].to_pylist() for name in by]
        return [dict(zip(by, values, strict=True)) for values in zip(*columns, strict=True)]

    def order(self, by: Sequence[str]) -> Counts:
        """The places of the rows, sorted by the dimensions as they are named."""
        if not by:
            return np.arange(self.length)
        return np.asarray(np.lexsort([self.codes[name] for name in reversed(by)]), np.int64)

    def taken(self, places: Counts) -> "Labels":
        """The labels of the rows at `places`."""
        return Labels(
            len(places),
            {name: codes[places] for name, codes in self.codes.items()},
            {name: ids.take(pa.array(places)) for name, ids in self.ids.items()},
        )

    def beside(self, name: Literal["mechanism", "precondition"], codes: Counts) -> "Labels":
        """With one dimension of the vocabulary more."""
        ids = pa.array(MECHANISM_IDS if name == "mechanism" else PRECONDITION_IDS).take(pa.array(codes))
        return Labels(self.length, self.codes | {name: codes}, self.ids | {name: ids})


def labels(connection: duckdb.DuckDBPyConnection, sums: Sums) -> Labels:
    """The labels of the rows of `sums`."""
    codes: dict[str, Counts] = {}
    ids: dict[str, pa.Array] = {}
    for key, numbered in sums.codes.items():
        codes[key] = numbered
        numbers, place = np.unique(numbered, return_inverse=True)
        ids[key] = _names(connection, key, numbers, sums).take(pa.array(place))
    return Labels(len(sums.n), codes, ids)


def _names(connection: duckdb.DuckDBPyConnection, key: str, numbers: Counts, sums: Sums) -> pa.Array:
    if key == "segment":
        return pa.array(sums.segments, pa.string()).take(pa.array(numbers))
    if key == "day":
        return pa.array([day_text(int(number)) for number in numbers], pa.string())
    connection.register("asked", pa.table({"no": numbers}))
    names = connection.sql(
        f"SELECT {key} FROM {key} JOIN asked ON no = {key}_no ORDER BY no"
    ).to_arrow_table()
    connection.unregister("asked")
    return names[key].combine_chunks()


def day_text(day: int) -> str:
    """A UTC day since 1970-01-01 as `2026-01-31`."""
    return (_EPOCH + dt.timedelta(days=day)).isoformat()
