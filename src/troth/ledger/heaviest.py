"""The records that weigh most against trust in each cell, found without reading every record's name.

Names lie apart from the numbers, packed, and are dear to read. So some records are read first, of customers
who lived something bad in a cell's last days. What those weigh says how far back it must be looked, and whose
records may weigh as much: a record weighs no more than the heaviest experiences of its source, decayed, and
than the heaviest that its customer lived there. Of these customers the names are read.
"""

import json
from collections.abc import Iterable, Sequence
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
_TIMES = 32
"""Days of each cell, up to its newest bad experience, that are looked at first; so many times more where
they hold too few records."""

_CUSTOMERS = 16
"""Customers of each cell whose records' names are read first."""

Cell = tuple[int, int]
Rank = tuple[int, int]
"""What remains, then the time: by these records are ranked, the greatest first."""


_Row = tuple[int, int, str, str, int, int, int, int]


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


def heaviest(store: Store, settings: Settings, at: Moment, most: int, repeated: int = 1) -> list[Heavy]:
    """Up to `most` records of every cell: what remains of them most first, then the latest, then by name.

    `repeated`: how many experiences of one severity a promise may give in a cell for one record.
    """
    connection = store.connection
    earliest = first_day(connection)
    if earliest is None:
        return []
    use_decay(connection, decay_table(settings, earliest, at))
    promises = read_state(store).get(PROMISES)
    if promises is None:  # what may be of one record is not known: all names are read
        connection.execute(_ALL)
        return _named(connection, _read(connection, at, most))
    per_source = _per_source(json.loads(promises), repeated)
    connection.execute(_GREATEST.format(per_source=per_source), {"at": at.at_ms})
    days = _FIRST_DAYS
    while True:
        whole = at.day - days < earliest
        connection.execute(_LAST_DAYS, {"days": 2**20 if whole else days})
        _candidates(connection, per_source, at)
        connection.execute(_FIRST, {"most": _CUSTOMERS})
        found = _read(connection, at, most)
        last = _last(found, most)
        if whole or last.keys() == {row[:2] for row in connection.execute(_CELLS).fetchall()}:
            break
        days *= _TIMES
    _fill_last(connection, last)
    connection.execute(_FAR_ENOUGH, {"earliest": earliest})
    _candidates(connection, per_source, at)
    connection.execute(_AS_HEAVY)
    return _named(connection, _read(connection, at, most))


def _named(connection: duckdb.DuckDBPyConnection, found: Iterable[_Row]) -> list[Heavy]:
    names = dict(connection.execute("SELECT touchpoint_no, touchpoint FROM touchpoint").fetchall())
    return [Heavy(names[row[0]], *row[1:]) for row in found]


def _candidates(connection: duckdb.DuckDBPyConnection, per_source: str, at: Moment) -> None:
    """Fill `heavy_candidates`: who lived something bad in each cell since its day, and how much at most."""
    connection.execute(_SINCE, {"at": at.at_ms})
    connection.execute(_CANDIDATES.format(per_source=per_source), {"at": at.at_ms})


def _read(connection: duckdb.DuckDBPyConnection, at: Moment, most: int) -> list[_Row]:
    """The heaviest records of those in `heavy_chosen`."""
    connection.execute(_ROWS)
    return connection.execute(_FOUND, {"at": at.at_ms, "most": most}).fetchall()


def _per_source(promises: Sequence[str], repeated: int) -> str:
    """SQL of the most that a record of one source can weigh, from the most of each severity.

    A promise gives an experience for every step that is missed; anything else one for a record.
    """
    named = ", ".join(map(literal, promises)) or "NULL"
    return f"CASE WHEN any_value(source) IN ({named}) THEN {repeated} * sum(most) ELSE max(most) END"


def _last(found: Iterable[_Row], most: int) -> dict[Cell, Rank]:
    """The rank of the last record of each cell that has `most` of them."""
    ranks: dict[Cell, list[Rank]] = {}
    for touchpoint_no, mechanism_no, _source, _record, at_ms, _severity, _weight, remaining in found:
        ranks.setdefault((touchpoint_no, mechanism_no), []).append((remaining, at_ms))
    return {cell: of_cell[-1] for cell, of_cell in ranks.items() if len(of_cell) == most}


def _fill_last(connection: duckdb.DuckDBPyConnection, last: dict[Cell, Rank]) -> None:
    """Fill `heavy_last`: what a record of a cell must come up to."""
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE heavy_last (
            touchpoint_no SMALLINT, mechanism_no TINYINT, remaining HUGEINT, at_ms BIGINT)""")
    rows = [(*cell, *rank) for cell, rank in last.items()]
    if rows:
        connection.executemany("INSERT INTO heavy_last VALUES (?, ?, ?, ?)", rows)


_DECAYED = f"JOIN decay AS d ON d.slot = (e.at_ms // {DAY_MS} * {len(MECHANISMS)} + e.mechanism_no)::INTEGER"

_GREATEST = f"""
    CREATE OR REPLACE TEMP TABLE heavy_greatest AS
    WITH steps AS (
        SELECT touchpoint_no, mechanism_no, source_no, severity, max(-weight::BIGINT) AS most,
            max(at_ms) // {DAY_MS} AS newest
        FROM experience WHERE severity > 0 AND n > 0 AND at_ms <= $at GROUP BY ALL
    )
    SELECT touchpoint_no, mechanism_no, {{per_source}} AS most, max(newest) AS newest
    FROM steps JOIN source USING (source_no) GROUP BY touchpoint_no, mechanism_no, source_no"""

_CELLS = "SELECT DISTINCT touchpoint_no, mechanism_no FROM heavy_greatest"

_LAST_DAYS = """
    CREATE OR REPLACE TEMP TABLE heavy_since AS
    SELECT touchpoint_no, mechanism_no, (max(newest) + 1 - $days)::BIGINT AS day
    FROM heavy_greatest GROUP BY ALL"""

_FAR_ENOUGH = f"""
    CREATE OR REPLACE TEMP TABLE heavy_since AS
    SELECT e.touchpoint_no, e.mechanism_no, coalesce(min(slot // {len(MECHANISMS)}), $earliest)::BIGINT AS day
    FROM heavy_greatest AS e
    LEFT JOIN heavy_last AS l ON l.touchpoint_no = e.touchpoint_no AND l.mechanism_no = e.mechanism_no
    LEFT JOIN decay AS d ON slot % {len(MECHANISMS)} = e.mechanism_no
        AND most::HUGEINT * bad_factor >= l.remaining
    GROUP BY ALL"""

_SINCE = f"""
    CREATE OR REPLACE TEMP TABLE heavy_customers AS
    SELECT DISTINCT e.touchpoint_no, e.mechanism_no, customer_no FROM experience AS e
    JOIN heavy_since AS s ON s.touchpoint_no = e.touchpoint_no AND s.mechanism_no = e.mechanism_no
        AND at_ms >= day * {DAY_MS}
    WHERE severity > 0 AND at_ms <= $at
        AND at_ms >= (SELECT coalesce(min(day), 0) FROM heavy_since) * {DAY_MS}"""

_CANDIDATES = f"""
    CREATE OR REPLACE TEMP TABLE heavy_candidates AS
    WITH steps AS (
        SELECT e.touchpoint_no, e.mechanism_no, customer_no, source_no, severity,
            max(-weight::BIGINT * bad_factor) AS most, max(at_ms) AS at_ms
        FROM experience AS e {_DECAYED}
        SEMI JOIN heavy_customers USING (touchpoint_no, mechanism_no, customer_no)
        WHERE severity > 0 AND n > 0 AND at_ms <= $at GROUP BY ALL
    ), sources AS (
        SELECT touchpoint_no, mechanism_no, customer_no, {{per_source}} AS most, max(at_ms) AS at_ms
        FROM steps JOIN source USING (source_no)
        GROUP BY touchpoint_no, mechanism_no, customer_no, source_no
    )
    SELECT touchpoint_no, mechanism_no, customer_no, max(most)::HUGEINT AS most, max(at_ms) AS at_ms
    FROM sources GROUP BY ALL"""

_FIRST = """
    CREATE OR REPLACE TEMP TABLE heavy_chosen AS
    SELECT touchpoint_no, mechanism_no, unnest(customers) AS customer_no FROM (
        SELECT touchpoint_no, mechanism_no,
            list_transform(max((most, at_ms, customer_no), $most), lambda one: one[3]) AS customers
        FROM heavy_candidates GROUP BY ALL)"""

_ALL = """
    CREATE OR REPLACE TEMP TABLE heavy_chosen AS
    SELECT DISTINCT touchpoint_no, mechanism_no, customer_no FROM experience WHERE severity > 0"""

_AS_HEAVY = """
    CREATE OR REPLACE TEMP TABLE heavy_chosen AS
    SELECT c.touchpoint_no, c.mechanism_no, customer_no FROM heavy_candidates AS c
    LEFT JOIN heavy_last AS l ON l.touchpoint_no = c.touchpoint_no AND l.mechanism_no = c.mechanism_no
    WHERE remaining IS NULL OR most > remaining OR (most = remaining AND c.at_ms >= l.at_ms)"""

_ROWS = """
    CREATE OR REPLACE TEMP TABLE heavy_rows AS
    SELECT * FROM experience WHERE rowid IN (
        SELECT e.rowid FROM experience AS e
        SEMI JOIN heavy_chosen USING (touchpoint_no, mechanism_no, customer_no) WHERE severity > 0)"""

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
