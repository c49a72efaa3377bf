"""Records past their time: which ones those are, and their removal."""

from __future__ import annotations

import datetime as dt

from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake.personal import by_link
from troth.intake.persons import stored_kinds
from troth.intake.sql import count, literal
from troth.store import Store
from troth.store.tables import quoted, record_table

_EXPIRED = "temp.expired"


def expire(store: Store, blueprint: Blueprint, now_ms: int) -> dict[str, int]:
    """Remove what is older than its kind's `keep`, in the open transaction; how many rows, by table.

    A record by which others lead to their customer stays as long as one of those that has a time of its own;
    those that have none go with it. Of rows in quarantine the import's time counts.
    """
    connection, kinds = store.connection, stored_kinds(store, blueprint)
    connection.execute("CREATE OR REPLACE TEMP TABLE expired (kind VARCHAR, place BIGINT)")
    seen: set[str] = set()
    for name, kind in kinds.items():
        if kind.keep is not None:
            _mark(store, kinds, name, now_ms, seen)
    counts = {
        f"record.{name}": count(
            connection, f"DELETE FROM {record_table(name)} WHERE rowid IN ({_places(name)})"
        )
        for name in kinds
    }
    connection.execute(f"DROP TABLE {_EXPIRED}")
    limits = {name: _limit(kind, now_ms) for name, kind in blueprint.records.items() if kind.keep is not None}
    counts["quarantine"] = sum(
        count(
            connection,
            f"DELETE FROM quarantine WHERE kind = {literal(name)} AND import_no IN"
            f" (SELECT import_no FROM import_run WHERE finished_ms < {_ms(limit)})",
        )
        for name, limit in limits.items()
    )
    return counts


def _mark(store: Store, kinds: dict[str, RecordKind], name: str, now_ms: int, seen: set[str]) -> None:
    """Note the expired records of a kind, once those that lead through it are noted."""
    if name in seen:
        return
    seen.add(name)
    leading = {other: kind for other, kind in kinds.items() if (link := by_link(kind)) and link.to == name}
    for other, kind in leading.items():
        if kind.keep is not None:
            _mark(store, kinds, other, now_ms, seen)
    held = [_holding(other, kind) for other, kind in leading.items() if kind.keep is not None]
    free = "".join(f" AND r._key NOT IN ({keys})" for keys in held)
    store.connection.execute(
        f"INSERT INTO {_EXPIRED} SELECT {literal(name)}, r.rowid FROM {record_table(name)} AS r"
        f" LEFT JOIN import_run AS i ON i.import_no = r._import"
        f" WHERE {_moment(kinds[name])} < TIMESTAMP '{_limit(kinds[name], now_ms)}'{free}"
    )
    for other, kind in leading.items():
        if kind.keep is None:
            _mark_with(store, kinds, other, name)


def _mark_with(store: Store, kinds: dict[str, RecordKind], name: str, gone: str) -> None:
    """Note the records of a kind that lead to their customer through expired ones, and so on."""
    link = by_link(kinds[name])
    if link is None:
        return
    store.connection.execute(
        f"INSERT INTO {_EXPIRED} SELECT {literal(name)}, r.rowid FROM {record_table(name)} AS r"
        f" WHERE CAST(r.{quoted(link.by)} AS VARCHAR) IN"
        f" (SELECT _key FROM {record_table(gone)} WHERE rowid IN ({_places(gone)}))"
        f" AND r.rowid NOT IN ({_places(name)})"
    )
    for other, kind in kinds.items():
        if other != name and kind.keep is None and (further := by_link(kind)) and further.to == name:
            _mark_with(store, kinds, other, name)


def _holding(name: str, kind: RecordKind) -> str:
    """SELECT of the keys that records which stay lead through."""
    link = by_link(kind)
    by = quoted(link.by) if link else "NULL"
    return (
        f"SELECT CAST(d.{by} AS VARCHAR) FROM {record_table(name)} AS d"
        f" WHERE d.{by} IS NOT NULL AND d.rowid NOT IN ({_places(name)})"
    )


def _places(name: str) -> str:
    return f"SELECT place FROM {_EXPIRED} WHERE kind = {literal(name)}"


def _moment(kind: RecordKind) -> str:
    """SQL for the time from which a record's age counts, in UTC."""
    dated = [name for name, column in kind.columns.items() if column.type in {"date", "time"}]
    chosen = [kind.keep_from] if kind.keep_from in kind.columns else dated
    times = [f"CAST(r.{quoted(name)} AS TIMESTAMP)" for name in chosen if name]
    latest = f"greatest({', '.join(times)})" if times else "NULL"
    return f"coalesce({latest}, make_timestamp_ms(i.finished_ms))"


def _limit(kind: RecordKind, now_ms: int) -> dt.datetime:
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC).replace(tzinfo=None)
    return now - (kind.keep or dt.timedelta.max)


def _ms(moment: dt.datetime) -> int:
    return round(moment.replace(tzinfo=dt.UTC).timestamp() * 1000)
