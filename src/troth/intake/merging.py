"""Staged rows meet the records that are there.

Which are added, changed, the same, stale, or twice with other content.
"""

from dataclasses import dataclass

import duckdb

from troth.blueprint.schema import RecordKind
from troth.intake.keys import key
from troth.intake.sql import count
from troth.intake.staging import STAGED, Staged
from troth.intake.writing import Around, clear, set_out, write
from troth.store.tables import (
    HASH,
    has_derived_key,
    hashed,
    hashes,
    kept,
    quoted,
    record_columns,
    record_table,
)

LOSERS = "temp.losers"
_JUDGED = "temp.judged"
_FEW = 5
"""Fewer than one in so many of the records there: then the ledger follows them one by one."""


@dataclass(frozen=True, slots=True)
class Merge:
    """What becomes of the good rows of a source, in numbers; `duplicates` go to quarantine."""

    added: int
    changed: int
    same: int
    stale: int
    duplicates: int


def merge(
    connection: duckdb.DuckDBPyConnection,
    kind_name: str,
    staged: Staged,
    import_no: int,
    around: Around | None = None,
) -> Merge:
    """Bring the good staged rows into the kind's table, in the open transaction.

    Of several rows with one key, the highest `version` wins, else the last; the others are `same` when equal
    to it, `stale` when of a lower version, else duplicates. When they are few beside the records that are
    there, the writing happens inside `around`.
    """
    kind, table = staged.plan.kind, record_table(kind_name)
    same, stale, duplicates = _find_losers(connection, kind)
    losers = same + stale + duplicates
    good = "_problem IS NULL" + (f" AND rowid NOT IN (SELECT _loser FROM {LOSERS})" if losers else "")
    there = count(connection, f"SELECT count(*) FROM {table}")
    if not there:
        return Merge(_inserted(connection, kind_name, staged, import_no, good), 0, same, stale, duplicates)
    outcomes = _judge(connection, staged, table, good)
    chosen = f"rowid IN (SELECT _n FROM {_JUDGED} WHERE _outcome IN ('added', 'changed'))"
    changed = f"_key IN (SELECT _key FROM {_JUDGED} WHERE _outcome = 'changed')"
    if around and (outcomes.get("added", 0) + outcomes.get("changed", 0)) * _FEW <= there:
        rows = (
            f"SELECT {_columns(kind)}, {key(kind)} AS _key, {staged.row} AS _row FROM {STAGED} WHERE {chosen}"
        )
        set_out(
            connection,
            kind_name,
            record_columns(connection, kind_name),
            rows,
            f"SELECT rowid AS _place, * FROM {table} WHERE {changed}",
        )
        with around((kind_name,)):
            write(connection, kind_name, kind, import_no)
        clear(connection, (kind_name,))
    else:
        connection.execute(f"DELETE FROM {table} WHERE {changed}")
        _inserted(connection, kind_name, staged, import_no, chosen)
    connection.execute(f"DROP TABLE {_JUDGED}")
    return Merge(
        outcomes.get("added", 0),
        outcomes.get("changed", 0),
        same + outcomes.get("same", 0),
        stale + outcomes.get("stale", 0),
        duplicates,
    )


def _inserted(
    connection: duckdb.DuckDBPyConnection, kind_name: str, staged: Staged, import_no: int, condition: str
) -> int:
    kind = staged.plan.kind
    written = {quoted(name): quoted(name) for name in kept(kind.columns)}
    for name, sql in hashes(record_columns(connection, kind_name)).items():
        written[quoted(name)] = hashed(key(kind)) if name == HASH else sql
    if not has_derived_key(connection, kind_name):
        written["_key"] = key(kind)
    return count(
        connection,
        f"INSERT INTO {record_table(kind_name)} ({', '.join(written)}, _import, _row)"
        f" SELECT {', '.join(written.values())}, {import_no}, {staged.row} FROM {STAGED} WHERE {condition}",
    )


def _find_losers(connection: duckdb.DuckDBPyConnection, kind: RecordKind) -> tuple[int, int, int]:
    """Fill the table of rows that another row of the source with the same key outdoes.

    (same, stale, duplicates).
    """
    connection.execute(f"DROP TABLE IF EXISTS {LOSERS}")
    surplus = f"SELECT count(*) - count(DISTINCT hash({key(kind)})) FROM {STAGED} WHERE _problem IS NULL"
    if not count(connection, surplus):  # no two keys are equal when no two hashes are
        connection.execute(f"CREATE TEMP TABLE {LOSERS} (_loser BIGINT, _winner BIGINT, _outcome VARCHAR)")
        return 0, 0, 0
    version = quoted(kind.version) if kind.version else "NULL"
    order = f"(({version}) IS NOT NULL)::TINYINT, {version}, _n" if kind.version else "_n"
    ranking = ", ".join(f"{part} DESC" for part in order.split(", "))
    lower = (
        f"(l.{version} IS NULL AND w.{version} IS NOT NULL) OR l.{version} < w.{version}"
        if kind.version
        else "false"
    )
    connection.execute(
        f"""
        CREATE TEMP TABLE {LOSERS} AS
        WITH keyed AS (SELECT rowid AS _n, {key(kind)} AS _k, * FROM {STAGED} WHERE _problem IS NULL),
        several AS (SELECT _k FROM keyed GROUP BY _k HAVING count(*) > 1),
        ranked AS (
            SELECT *, first_value(_n) OVER (PARTITION BY _k ORDER BY {ranking}) AS _winner
            FROM keyed WHERE _k IN (FROM several)
        )
        SELECT l._n AS _loser, l._winner,
            CASE WHEN {_equal(kind, "l", "w")} THEN 'same' WHEN {lower} THEN 'stale' ELSE 'duplicate' END AS
            _outcome FROM ranked AS l JOIN {STAGED} AS w ON w.rowid = l._winner WHERE l._n <> l._winner """
    )
    counts = _counts(connection, f"SELECT _outcome, count(*) FROM {LOSERS} GROUP BY _outcome")
    return counts.get("same", 0), counts.get("stale", 0), counts.get("duplicate", 0)


def _judge(connection: duckdb.DuckDBPyConnection, staged: Staged, table: str, good: str) -> dict[str, int]:
    """Fill the table of the rows' outcomes beside the records that are there."""
    kind = staged.plan.kind
    stale = "s._since < r._import" if staged.since else "false"
    if kind.version:
        version = quoted(kind.version)
        stale += f" OR s.{version} < r.{version} OR (s.{version} IS NULL AND r.{version} IS NOT NULL)"
    connection.execute(f"DROP TABLE IF EXISTS {_JUDGED}")
    connection.execute(
        f"""
        CREATE TEMP TABLE {_JUDGED} AS
        SELECT s._n, r._key,
            CASE WHEN r._key IS NULL THEN 'added' WHEN {_equal(kind, "s", "r")} THEN 'same'
                WHEN {stale} THEN 'stale' ELSE 'changed' END AS _outcome
        FROM (SELECT rowid AS _n, {key(kind)} AS _k, * FROM {STAGED} WHERE {good}) AS s
        LEFT JOIN {table} AS r ON r._key = s._k
        """
    )
    return _counts(connection, f"SELECT _outcome, count(*) FROM {_JUDGED} GROUP BY _outcome")


def _equal(kind: RecordKind, one: str, other: str) -> str:
    columns = map(quoted, kind.columns)
    return " AND ".join(f"{one}.{column} IS NOT DISTINCT FROM {other}.{column}" for column in columns)


def _columns(kind: RecordKind) -> str:
    return ", ".join(map(quoted, kept(kind.columns)))


def _counts(connection: duckdb.DuckDBPyConnection, query: str) -> dict[str, int]:
    return dict(connection.execute(query).fetchall())
