"""The table `decay`: what remains of a day's weights at a read-out, by mechanism and sign."""

from typing import Protocol

import duckdb
import numpy as np
import pyarrow as pa

from troth.ledger.answers import Moment
from troth.ledger.arithmetic import merged_pools
from troth.ledger.decay import factors
from troth.ledger.evidence import DECAY_COLUMNS
from troth.vocabulary import MECHANISMS


class Decaying(Protocol):
    """What decay depends on: ratios say which mechanisms share a pool, half-lives are in days."""

    @property
    def ratio_milli(self) -> tuple[int, ...]:
        """Thousandths, by mechanism."""

    @property
    def half_life_good(self) -> tuple[float, ...]:
        """Of good experiences, by mechanism."""

    @property
    def half_life_bad(self) -> tuple[float, ...]:
        """Of bad ones."""


def decay_table(settings: Decaying, first: int, at: Moment) -> pa.Table:
    """The table `decay` for a read-out at the end of `at.day`, from the day `first` on."""
    days = np.arange(min(first, at.day), at.day + 1)
    ages = at.day - days
    _pools, pool_of = merged_pools(settings.ratio_milli)
    parts = [
        (days * len(MECHANISMS) + m.no, np.full(len(days), pool_of[m.no]),
         factors(len(days), settings.half_life_good[m.no])[ages],
         factors(len(days), settings.half_life_bad[m.no])[ages])
        for m in MECHANISMS
    ]  # fmt: skip
    types = (pa.int32(), pa.int8(), pa.int64(), pa.int64())
    columns = [
        pa.array(np.concatenate(column)).cast(t)
        for column, t in zip(zip(*parts, strict=True), types, strict=True)
    ]
    return pa.table(dict(zip(DECAY_COLUMNS, columns, strict=True)))


def use_decay(connection: duckdb.DuckDBPyConnection, table: pa.Table) -> None:
    """Make it the table `decay` of this connection."""
    connection.register("decay_rows", table)
    connection.execute("CREATE OR REPLACE TEMP TABLE decay AS SELECT * FROM decay_rows")
    connection.unregister("decay_rows")
