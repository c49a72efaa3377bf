"""Typed records that arrive one after the other meet those that are there: the outcome of each, one by one.

The counts are those of merging every record by itself, in the order of arrival, however they are batched.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from troth.blueprint.schema import RecordKind
from troth.intake.keys import key
from troth.intake.places import rows_of
from troth.intake.sql import literal
from troth.intake.writing import set_out
from troth.store.tables import HASH, hashed, kept, quoted, record_table

_ARRIVED, _KEYLESS, _THERE, _OUTCOME = "temp.arrived", "temp.keyless", "temp.there", "temp.outcome"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What became of the records that arrived, in numbers; `keyless` have no key and are in quarantine."""

    added: int
    changed: int
    same: int
    stale: int
    keyless: int


def arrive(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    kind: RecordKind,
    records: pa.Table,
    line: tuple[int, int],
    there: Iterable[str],
) -> Outcomes:
    """Set out what is to be written of `records` (see `writing`); nothing is written yet.

    Of a key's records the one with the highest `version` stays, of several with the same the last. `line` is
    the import's number and how many rows it had before: what comes later has a higher row. `there` are the
    columns of the kind's table. Comments are masked, and their readings stand beside them
    (`comments.with_readings`).
    """
    import_no, before = line
    _land(connection, kind, records)
    stored = rows_of(
        connection,
        record_table(name),
        HASH,
        f"SELECT {HASH} FROM {_ARRIVED}",
        selected="rowid AS _place, *",
        text="_key",
        wanted=f"SELECT _key FROM {_ARRIVED}",
    )
    [(known,)] = connection.execute(f"CREATE OR REPLACE TEMP TABLE there AS {stored}").fetchall()
    [(keyed, keys)] = connection.execute(f"SELECT count(*), count(DISTINCT _key) FROM {_ARRIVED}").fetchall()
    if known or keys < keyed:
        counts = _judge(connection, name, kind, there, before, repeated=keys < keyed)
    else:
        counts = {"added": int(keyed)}
        columns = f"{_prefixed(kind, 'a')}, a._key, a._n + {before} AS _row"
        rows = f"SELECT {columns} FROM {_ARRIVED} AS a ORDER BY a._n"
        set_out(connection, name, there, rows, f"SELECT * FROM {_THERE}")
    keyless = records.num_rows - sum(counts.values())
    if keyless:
        fields = ", ".join(f"{literal(column)}: {quoted(column)}" for column in kind.columns)
        connection.execute(f"""
            INSERT INTO quarantine
            SELECT {import_no}, {literal(name)}, _n + {before + 1}, 'missing-key', NULL, NULL,
                to_json({{{fields}}}), NULL
            FROM {_KEYLESS}""")
    connection.execute(
        f"DROP TABLE {_ARRIVED}; DROP TABLE {_KEYLESS}; DROP TABLE {_THERE}; DROP TABLE IF EXISTS {_OUTCOME}"
    )
    return Outcomes(
        added=counts.get("added", 0),
        changed=counts.get("changed", 0),
        same=counts.get("same", 0),
        stale=counts.get("stale", 0),
        keyless=keyless,
    )


def _judge(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    kind: RecordKind,
    there: Iterable[str],
    before: int,
    *,
    repeated: bool,
) -> dict[str, int]:
    """Set out what is to be written where some keys are known or come twice; the outcomes' counts."""
    judged = _one_by_one(kind) if repeated else _each_once(kind)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE outcome AS {judged}")
    set_out(
        connection,
        name,
        there,
        f"""SELECT {_prefixed(kind, "a")}, a._key, a._n + {before} AS _row
            FROM {_ARRIVED} AS a JOIN {_OUTCOME} AS o ON o._n = a._n AND o._stays
            LEFT JOIN {_THERE} AS t ON t._key = a._key
            WHERE t._key IS NULL OR NOT ({_equal(kind, "a", "t")})
            ORDER BY a._n""",
        f"SELECT * FROM {_THERE}",
    )
    connection.execute(
        f"DELETE FROM temp.{quoted(f'replaced {name}')}"
        f" WHERE _key NOT IN (SELECT _key FROM temp.{quoted(f'fresh {name}')})"
    )
    return dict(connection.execute(f"SELECT _outcome, count(*) FROM {_OUTCOME} GROUP BY 1").fetchall())


def _each_once(kind: RecordKind) -> str:
    """The outcome of every record, where no key comes twice."""
    older = _older(kind, "a", "t")
    return f"""
        SELECT a._n, NOT coalesce({older}, false) AS _stays,
            CASE WHEN t._key IS NULL THEN 'added' WHEN {_equal(kind, "a", "t")} THEN 'same'
                WHEN {older} THEN 'stale' ELSE 'changed' END AS _outcome
        FROM {_ARRIVED} AS a LEFT JOIN {_THERE} AS t ON t._key = a._key"""


def _one_by_one(kind: RecordKind) -> str:
    """The outcome of every record beside the one of its key that was held when it came."""
    columns = ", ".join(map(quoted, kind.columns))
    rank, held = "_n", ""
    if kind.version:
        version = quoted(kind.version)
        rank, held = f"{{'known': {version} IS NOT NULL, 'version': {version}, 'n': _n}}", ".n"
    before = "ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING"
    return f"""
        WITH several AS (
            SELECT _n, _key, {columns} FROM {_ARRIVED} UNION ALL SELECT -1, _key, {columns} FROM {_THERE}
        ), ranked AS (
            SELECT *, (max({rank}) OVER (PARTITION BY _key ORDER BY _n {before})){held} AS _held,
                (max({rank}) OVER (PARTITION BY _key)){held} AS _last
            FROM several
        )
        SELECT r._n, r._last = r._n AS _stays,
            CASE WHEN h._key IS NULL THEN 'added' WHEN {_equal(kind, "r", "h")} THEN 'same'
                WHEN {_older(kind, "r", "h")} THEN 'stale' ELSE 'changed' END AS _outcome
        FROM ranked AS r LEFT JOIN several AS h ON h._key = r._key AND h._n = r._held
        WHERE r._n >= 0"""


def _land(connection: duckdb.DuckDBPyConnection, kind: RecordKind, records: pa.Table) -> None:
    there = set(records.column_names)
    values = ", ".join(
        f"CAST({quoted(name) if name in there else 'NULL'} AS {type_}) AS {quoted(name)}"
        for name, type_ in kept(kind.columns).items()
    )
    numbered = records.append_column("_n", pa.array(range(records.num_rows), pa.int64()))
    connection.register("arriving", numbered)
    try:
        connection.execute(f"""
            CREATE OR REPLACE TEMP TABLE arrived AS
            SELECT *, {hashed("_key")} AS {HASH} FROM (
                SELECT _n, {key(kind)} AS _key, * EXCLUDE (_n) FROM (SELECT _n, {values} FROM arriving));
            CREATE OR REPLACE TEMP TABLE keyless AS SELECT * FROM {_ARRIVED} WHERE _key IS NULL;
            DELETE FROM {_ARRIVED} WHERE _key IS NULL""")
    finally:
        connection.unregister("arriving")


def _equal(kind: RecordKind, one: str, other: str) -> str:
    names = map(quoted, kind.columns)
    return " AND ".join(f"{one}.{name} IS NOT DISTINCT FROM {other}.{name}" for name in names)


def _older(kind: RecordKind, one: str, other: str) -> str:
    if not kind.version:
        return "false"
    mine, theirs = (f"{record}.{quoted(kind.version)}" for record in (one, other))
    return f"{mine} < {theirs} OR ({mine} IS NULL AND {theirs} IS NOT NULL)"


def _prefixed(kind: RecordKind, record: str) -> str:
    return ", ".join(f"{record}.{quoted(name)}" for name in kept(kind.columns))
