"""What a ledger has seen of its blueprint: for the linter, and for statements that speak in its numbers."""

from troth.blueprint.lint import Observed
from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.ledger.reader import Reader
from troth.ledger.refresh import relations
from troth.ledger.rules import Numbers
from troth.ledger.sql import render
from troth.store import Store, tables


def numbers(store: Store) -> Numbers:
    """The ledger's numbers of touchpoints and sources."""
    touchpoints = store.connection.execute("SELECT touchpoint, touchpoint_no FROM touchpoint").fetchall()
    sources = store.connection.execute("SELECT source, source_no FROM source").fetchall()
    return Numbers(dict(touchpoints), dict(sources))


def observed(store: Store, blueprint: Blueprint, settings: Settings) -> Observed:
    """How often each rule fired, how many records there are, and which share promises without a due time."""
    experiences = store.connection.execute(
        "SELECT source, sum(n)::BIGINT FROM experience JOIN source USING (source_no)"
        " GROUP BY source HAVING sum(n) > 0"
    ).fetchall()
    return Observed(
        experiences=dict(experiences),
        records={kind: records(store, kind) for kind in blueprint.records},
        due_empty={
            promise.id: _due_empty(store, blueprint, settings, promise) for promise in blueprint.promises
        },
    )


def records(store: Store, kind: str) -> int:
    """How many records of a kind there are."""
    if not tables.record_columns(store.connection, kind):
        return 0
    [(rows,)] = store.connection.execute(f"SELECT count(*) FROM {tables.record_table(kind)}").fetchall()  # noqa: S608 - quoted
    return int(rows)


def _due_empty(store: Store, blueprint: Blueprint, settings: Settings, promise: Promise) -> float:
    reader = Reader(blueprint, promise.source, settings)
    made, due = reader.time(promise.made), reader.time(promise.due)
    applies = reader.condition(promise.when)
    text = (
        f"SELECT COUNT(*) AS n, COUNT({due}) AS given"  # noqa: S608 - the gate of `render` is passed
        f" FROM {reader.tables(relations(store, blueprint))} WHERE {applies} AND {made} IS NOT NULL"
    )
    [(rows, given)] = store.connection.execute(render(text, checked=tuple(reader.checked))).fetchall()
    return 1 - given / rows if rows else 0.0
