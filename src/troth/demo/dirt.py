"""What real exports suffer from, planted row by row and counted."""

from dataclasses import dataclass

import duckdb
import numpy as np

SHARE = 0.002
"""Share of a file's rows that each kind of dirt falls on; at least one row."""

UNREADABLE = "31-31-0000"


@dataclass(frozen=True, slots=True)
class Expected:
    """What the import of one file has to count.

    `reasons`: quarantined rows by the reason's code. `out_of_order`: rows that stand at the file's end
    instead of their place in time.
    """

    read: int
    added: int
    same: int
    reasons: dict[str, int]
    out_of_order: int


Faults = dict[str, tuple[str, str | None]]
"""For each reason of quarantine the column that is at fault and what it holds then (None: nothing)."""


def soil(
    connection: duckdb.DuckDBPyConnection, kind: str, faults: Faults, random: np.random.Generator
) -> Expected:
    """Soil the table `kind` (its column `place` orders the rows, from 0) and say what must come of it.

    Every reason of `faults` falls on some rows; some other rows come twice, and some late, at the file's end.
    """
    rows = len(connection.execute(f"SELECT place FROM {kind}").fetchnumpy()["place"])
    hit = min(rows // 10, max(1, round(rows * SHARE)))
    chosen = random.choice(rows, (len(faults) + 2, hit), replace=False).tolist()
    for (column, value), places in zip(faults.values(), chosen, strict=False):
        connection.execute(
            f'UPDATE {kind} SET "{column}" = ? WHERE place IN (SELECT unnest(?::BIGINT[]))', [value, places]
        )
    connection.execute(
        f"INSERT INTO {kind} SELECT * FROM {kind} WHERE place IN (SELECT unnest(?::BIGINT[]))", [chosen[-2]]
    )
    connection.execute(
        f"UPDATE {kind} SET place = place + ? WHERE place IN (SELECT unnest(?::BIGINT[]))", [rows, chosen[-1]]
    )
    return Expected(rows + hit, rows - hit * len(faults), hit, dict.fromkeys(faults, hit), hit)
