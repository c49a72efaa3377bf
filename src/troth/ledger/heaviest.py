"""The records that weigh most against trust in each cell, found without reading every record's name.

Names lie apart from the numbers, packed, and are dear to read. So customers are found first who may have
lived such a record: those of the last days. A record whose experiences are all older cannot weigh more than
the heaviest ones of its source, decayed. Where it might weigh more than the last one found, more days are
looked at, in the end all.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment
from troth.ledger.decay_table import decay_table, use_decay
from troth.ledger.dictionaries import LIVED
from troth.ledger.refresh import PROMISES, read_state
from troth.ledger.sql import DAY_MS, literal
from troth.ledger.sums import first_day
from troth.store import Store
from troth.vocabulary import MECHANISMS

_FIRST_DAYS = 8
_TIMES = 4
_CUSTOMERS = 16
"""Customers of each cell whose records' names are read first."""

Cell = tuple[int, int]
Rank = tuple[int, int]
"""What remains, then the time: by these records are ranked, the greatest first."""


@dataclass(frozen=True, slots=True)
class Heavy:
    """A record and what it gave in a cell, added up.

    `at_ms`: the latest of its bad experiences there. `severity`: the worst. `weight`: as it happened,
    milli-units; `remaining`: what is left, in units of 2⁻⁴⁰ milli-units; both positive.
    """

    touchpoint: str
    mechanism_no: int
    source: str
    record: str
    at_ms: int
    severity: int
    weight: int
    remaining: int


def heaviest(store: Store, settings: Settings, at: Moment, most: int) -> list[Heavy]:
    """Up to `most` records of every cell: what remains of them most first, then the latest, then by name."""
    connection = store.connection
    earliest = first_day(connection)
    if earliest is None:
        return []
    use_decay(connection, decay_table(settings, earliest, at))
    per_source = _per_source(read_state(store).get(PROMISES))
    connection.execute(_GREATEST.format(per_source=per_source), {"at": at.at_ms})
    days, customers = _FIRST_DAYS, _CUSTOMERS
    while True:
        whole = at.day - days < earliest
        connection.execute(_SINCE, {"at": at.at_ms, "since": 0 if whole else (at.day - days + 1) * DAY_MS})
        connection.execute(_CANDIDATES.format(per_source=per_source), {"at": at.at_ms})
        outside = {} if whole else _outside(connection, at.day - days)
        while True:
            bounds = _read_names(connection, customers)
            found = connection.execute(_FOUND, {"at": at.at_ms, "most": most}).fetchall()
            last = _last(found, most)
            if not _doubted(bounds, last):
                break
            customers *= _TIMES
        if not _doubted(outside, last):
            names = dict(connection.execute("SELECT touchpoint_no, touchpoint FROM touchpoint").fetchall())
            return [Heavy(names[row[0]], *row[1:]) for row in found]
        days *= _TIMES


def _per_source(promises: str | None) -> str:
    """SQL of the most that a record of one source can weigh, from the most of each severity.

    A promise gives an experience for every step that is missed; anything else one for a record.
    """
    if promises is None:  # it is not known which sources are promises
        return "sum(most)"
    named = ", ".join(map(literal, json.loads(promises))) or "NULL"
    return f"CASE WHEN any_value(source) IN ({named}) THEN sum(most) ELSE max(most) END"


def _last(found: Iterable[tuple[int, int, str, str, int, int, int, int]], most: int) -> dict[Cell, Rank]:
    """The rank of the last record of each cell that has `most` of them."""
    ranks: dict[Cell, list[Rank]] = {}
    for touchpoint_no, mechanism_no, _source, _record, at_ms, _severity, _weight, remaining in found:
        ranks.setdefault((touchpoint_no, mechanism_no), []).append((remaining, at_ms))
    return {cell: of_cell[-1] for cell, of_cell in ranks.items() if len(of_cell) == most}


def _doubted(bounds: dict[Cell, Rank], last: dict[Cell, Rank]) -> bool:
    """Whether in some cell something that was not looked at may come before what was found."""
    return any(cell not in last or last[cell] <= bound for cell, bound in bounds.items())


def _outside(connection: duckdb.DuckDBPyConnection, day: int) -> dict[Cell, Rank]:
    """What a record of each cell can be at most whose experiences are of `day` or before."""
    rows = connection.execute(_OUTSIDE, {"day": day}).fetchall()
    return {
        (touchpoint_no, mechanism_no): (most, (day + 1) * DAY_MS)
        for touchpoint_no, mechanism_no, most in rows
    }


def _read_names(connection: duckdb.DuckDBPyConnection, customers: int) -> dict[Cell, Rank]:
    """Read all rows of the first `customers` of each cell; the greatest rank that the others may have."""
    rows = connection.execute(_FIRST, {"more": customers + 1}).fetchall()
    chosen = {number for *_cell, first in rows for _most, _at_ms, number in first[:customers]}
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE heavy_rows AS
        SELECT * FROM experience WHERE rowid IN (
            SELECT rowid FROM experience WHERE customer_no IN (SELECT unnest($chosen::INTEGER[])))""",
        {"chosen": sorted(chosen)},
    )
    return {
        (touchpoint_no, mechanism_no): (first[customers][0], first[customers][1])
        for touchpoint_no, mechanism_no, first in rows
        if len(first) > customers
    }


_DECAYED = f"JOIN decay AS d ON d.slot = (e.at_ms // {DAY_MS} * {len(MECHANISMS)} + e.mechanism_no)::INTEGER"

_SINCE = """
    CREATE OR REPLACE TEMP TABLE heavy_customers AS
    SELECT DISTINCT customer_no FROM experience WHERE severity > 0 AND at_ms BETWEEN $since AND $at"""

_CANDIDATES = f"""
    CREATE OR REPLACE TEMP TABLE heavy_candidates AS
    WITH steps AS (
        SELECT touchpoint_no, e.mechanism_no, customer_no, source_no, severity,
            max(-weight::BIGINT * bad_factor) AS most, max(at_ms) AS at_ms
        FROM experience AS e {_DECAYED}
        WHERE severity > 0 AND n > 0 AND at_ms <= $at AND customer_no IN (FROM heavy_customers) GROUP BY ALL
    ), sources AS (
        SELECT touchpoint_no, mechanism_no, customer_no, {{per_source}} AS most, max(at_ms) AS at_ms
        FROM steps JOIN source USING (source_no)
        GROUP BY touchpoint_no, mechanism_no, customer_no, source_no
    )
    SELECT touchpoint_no, mechanism_no, customer_no, max(most)::HUGEINT AS most, max(at_ms) AS at_ms
    FROM sources GROUP BY ALL"""

_FIRST = """
    SELECT touchpoint_no, mechanism_no, max((most, at_ms, customer_no), $more)
    FROM heavy_candidates GROUP BY ALL"""

_GREATEST = """
    CREATE OR REPLACE TEMP TABLE heavy_greatest AS
    WITH steps AS (
        SELECT touchpoint_no, mechanism_no, source_no, severity, max(-weight::BIGINT) AS most
        FROM experience WHERE severity > 0 AND n > 0 AND at_ms <= $at GROUP BY ALL
    )
    SELECT touchpoint_no, mechanism_no, {per_source} AS most
    FROM steps JOIN source USING (source_no) GROUP BY touchpoint_no, mechanism_no, source_no"""

_OUTSIDE = f"""
    SELECT touchpoint_no, e.mechanism_no, max(most::HUGEINT * bad_factor) FROM heavy_greatest AS e
    JOIN decay AS d ON d.slot = ($day * {len(MECHANISMS)} + e.mechanism_no)::INTEGER GROUP BY ALL"""

_FOUND = f"""
    WITH lived AS (
        SELECT touchpoint_no, e.mechanism_no, source_no, record, max(at_ms) AS at_ms,
            max(severity) AS severity, sum(-weight) AS weight, sum(-weight::BIGINT * bad_factor) AS remaining
        FROM {LIVED.replace("experience", "heavy_rows")} AS e {_DECAYED}
        WHERE severity > 0 AND at_ms <= $at GROUP BY ALL
    )
    SELECT touchpoint_no, mechanism_no, source, record, at_ms, severity, weight::BIGINT, remaining::HUGEINT
    FROM lived JOIN source USING (source_no)
    QUALIFY row_number() OVER (
        PARTITION BY touchpoint_no, mechanism_no ORDER BY remaining DESC, at_ms DESC, source, record
    ) <= $most
    ORDER BY touchpoint_no, mechanism_no, remaining DESC, at_ms DESC, source, record"""
