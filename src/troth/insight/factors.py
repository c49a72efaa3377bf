"""The decay factors as a table, for the questions that the ledger's sums do not answer."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb
import numpy as np
import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.ledger.arithmetic import merged_pools
from troth.ledger.decay import factors
from troth.ledger.sql import DAY_MS

DAY = f"(at_ms // {DAY_MS})::INTEGER"
"""The UTC day of an experience; none is before 1970."""

REMAINING = "(CASE WHEN factor.bad THEN -weight ELSE weight END)::BIGINT * factor"
"""What remains of an experience, in units of 2⁻⁴⁰ milli-units; `ledger.decay.UNIT` of them are one
experience. Of a retraction it is negative."""


@contextmanager
def factor_table(connection: duckdb.DuckDBPyConnection, settings: Settings, last_day: int) -> Iterator[None]:
    """Offer `factor(mechanism_no, bad, age, factor, column_no)`: what is left after `age` days.

    Join it on `mechanism_no`, on `bad = (severity > 0)` and on the age at the read-out, `last_day` at the
    latest. `column_no` is the mechanism's column in `arithmetic.merged_pools`.
    """
    [(first_day,)] = connection.execute(f"SELECT min({DAY}) FROM experience").fetchall()
    oldest = 0 if first_day is None else max(0, last_day - first_day)
    ages = np.arange(oldest + 1, dtype=np.int32)
    _, column_of = merged_pools(settings.ratio_milli)
    tables = [
        pa.table(
            {
                "mechanism_no": np.full_like(ages, mechanism_no),
                "bad": pa.repeat(pa.scalar(bad), len(ages)),
                "age": ages,
                "factor": factors(len(ages), half_life),
                "column_no": np.full_like(ages, column_of[mechanism_no]),
            }
        )
        for bad, half_lives in ((False, settings.half_life_good), (True, settings.half_life_bad))
        for mechanism_no, half_life in enumerate(half_lives)
    ]
    connection.register("factor", pa.concat_tables(tables))
    try:
        yield
    finally:
        connection.unregister("factor")


def column_sums(settings: Settings) -> str:
    """SQL of the remaining evidence, two columns of the answer for each of `arithmetic.merged_pools`.

    First all that is good, then all that is bad, as DOUBLE in the units of `REMAINING`.
    """
    pools, _ = merged_pools(settings.ratio_milli)
    return ", ".join(
        f"coalesce(sum({REMAINING}) FILTER (factor.bad = {bad} AND column_no = {column}), 0)::DOUBLE"
        f" AS {'bad' if bad else 'good'}_{column}"
        for bad in (False, True)
        for column in range(len(pools.ratio))
    )
