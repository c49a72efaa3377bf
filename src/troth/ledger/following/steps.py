"""The steps of following one batch, around the writing of its records."""

from collections.abc import Iterator
from contextlib import contextmanager

import duckdb

from troth.blueprint.parameters import Settings
from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint
from troth.intake.writing import Around
from troth.ledger.following.deltas import (
    CHANGE,
    add_deltas,
    draft_deltas,
    number_new_customers,
    number_touchpoints,
)
from troth.ledger.following.images import Scene, picture
from troth.ledger.following.plan import planned
from troth.ledger.following.segments import hear, tell_segments, write_segments
from troth.ledger.refresh import FINGERPRINT, Columns, fingerprint, outdated, read_state, write_state
from troth.ledger.standing.changing import change
from troth.ledger.standing.state import PART as STANDING
from troth.store import Store
from troth.store.tables import all_record_columns, quoted


def follower(store: Store, blueprint: Blueprint, settings: Settings) -> Around | None:
    """What an import calls around its writing, so that the ledger follows; None where it must be rebuilt.

    That is when it was not up to date before.
    """
    if outdated(store, blueprint, settings):
        return None

    @contextmanager
    def around(kinds: tuple[str, ...]) -> Iterator[None]:
        with following(store, blueprint, settings, kinds):
            yield
        clear_passing(store.connection)

    return around


@contextmanager
def following(
    store: Store,
    blueprint: Blueprint,
    settings: Settings,
    kinds: tuple[str, ...],
    there: Columns | None = None,
) -> Iterator[None]:
    """Bring what is derived along while the fresh records of `kinds` are written, in the open transaction.

    The ledger must be up to date with the records as they were. `there` are the columns of the records'
    tables, where they are at hand.
    """
    connection, plan = store.connection, planned(store, blueprint, settings)
    kept = read_state(store)
    state = dict(kept)
    if READY_MADE in kinds:
        number_touchpoints(connection, plan)
    scene = Scene(connection, plan, all_record_columns(connection) if there is None else there)
    touched = picture(scene, kinds)
    draft_deltas(connection, plan, touched)
    hear(scene, touched)
    yield
    number_new_customers(connection, plan, kinds, ["SELECT customer FROM follow_told"])
    add_deltas(connection, plan, state)
    tell_segments(scene, touched, whole=STANDING in state)
    change(connection, CHANGE, "temp.follow_held", "temp.follow_moved", "temp.follow_new")
    write_segments(scene)
    state[FINGERPRINT] = fingerprint(store, blueprint, settings, scene.there)
    write_state(store, state, kept)


def clear_passing(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop the temporary tables of a batch."""
    passing = "database_name = 'temp' AND starts_with(table_name, 'follow_')"
    for (name,) in connection.execute(f"SELECT table_name FROM duckdb_tables() WHERE {passing}").fetchall():
        connection.execute(f"DROP TABLE temp.{quoted(name)}")
