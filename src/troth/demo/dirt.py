"""What real exports suffer from, planted row by row and counted."""

from dataclasses import dataclass

import duckdb
import numpy as np

SHARE = 0.002
"""Share of a file's rows that each kind of dirt falls on; at least one row, at most a tenth."""

UNREADABLE = "31-31-0000"


@dataclass(frozen=True, slots=True)
class Dirt:
    """What falls on an export.

    `faults`: for each reason of quarantine the column that is at fault and what it then holds (None:
    nothing). `earlier`: how a row looked before it was last updated, as a SQL list of replacements, where
    the system exports earlier states too.
    """

    faults: dict[str, tuple[str, str | None]]
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Expected:
    """What the import of one file has to count.

    `same`: rows that come twice. `stale`: earlier states of rows. `reasons`: quarantined rows by the
    reason's code. `out_of_order`: rows that stand at the file's end instead of their place in time.
    """

    read: int
    added: int
    same: int
    stale: int
    reasons: dict[str, int]
    out_of_order: int


def soil(
    connection: duckdb.DuckDBPyConnection, kind: str, dirt: Dirt, random: np.random.Generator
) -> Expected:
    """Soil the table `kind`, whose column `place` orders the rows from 0, and say what must come of it."""
    rows = _number(connection, f"SELECT count(*) FROM {kind}")
    hit = min(rows // 10, max(1, round(rows * SHARE)))
    *at_fault, twice, before, late = random.choice(rows, (len(dirt.faults) + 3, hit), replace=False).tolist()
    chosen = "place IN (SELECT unnest(?::BIGINT[]))"
    for (column, value), places in zip(dirt.faults.values(), at_fault, strict=True):
        connection.execute(f'UPDATE {kind} SET "{column}" = ? WHERE {chosen}', [value, places])
    same = _number(connection, f"INSERT INTO {kind} SELECT * FROM {kind} WHERE {chosen}", twice)
    stale = 0
    if dirt.earlier:
        earlier = f"SELECT * REPLACE ({dirt.earlier}) FROM {kind} WHERE {chosen}"
        stale = _number(connection, f"INSERT INTO {kind} ({earlier} EXCEPT SELECT * FROM {kind})", before)
    connection.execute(f"UPDATE {kind} SET place = place + {rows} WHERE {chosen}", [late])
    return Expected(
        read=rows + same + stale,
        added=rows - hit * len(dirt.faults),
        same=same,
        stale=stale,
        reasons=dict.fromkeys(dirt.faults, hit),
        out_of_order=hit,
    )


def _number(connection: duckdb.DuckDBPyConnection, statement: str, *places: list[int]) -> int:
    """The one number that the statement gives; of an INSERT, how many rows it made."""
    row = connection.execute(statement, list(places)).fetchone()
    return int(row[0]) if row else 0
