"""Promises to one customer that are not kept yet."""

from __future__ import annotations

from dataclasses import dataclass

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.ledger.answers import Moment
from troth.ledger.reader import Reader
from troth.ledger.refresh import relations
from troth.ledger.sql import literal, render
from troth.store import Store


@dataclass(frozen=True, slots=True)
class OpenPromise:
    """A promise that was made and not kept at the read-out. Times are UTC epoch milliseconds.

    `deadline_ms`: when it has to be kept, its grace included; None where the record says no due time.
    """

    promise: str
    touchpoint: str
    record: str
    made_ms: int
    deadline_ms: int | None
    late: bool


def open_promises(
    store: Store, blueprint: Blueprint, settings: Settings, customer: str, at: Moment
) -> tuple[OpenPromise, ...]:
    """All promises to `customer` that are open at `at`, the most urgent first."""
    found = [
        OpenPromise(
            promise.id, promise.touchpoint, record, made, due, late=due is not None and due < at.at_ms
        )
        for promise in blueprint.promises
        for record, made, due in _asked(store, blueprint, settings, promise, customer, at)
    ]
    return tuple(sorted(found, key=lambda one: (one.deadline_ms is None, one.deadline_ms or 0, one.record)))


def _asked(
    store: Store, blueprint: Blueprint, settings: Settings, promise: Promise, customer: str, at: Moment
) -> list[tuple[str, int, int | None]]:
    reader = Reader(blueprint, promise.source, settings)
    made = reader.time(promise.made)
    due = reader.time(promise.due, end_of_day=True)
    kept = reader.time(promise.kept)
    applies = reader.condition(promise.when)
    grace_ms = round(promise.grace.total_seconds() * 1000)
    text = f"""
        SELECT record, made, due FROM (
            SELECT record._key AS record, {made} AS made, {due} + {grace_ms} AS due, {kept} AS kept
            FROM {reader.tables(relations(store, blueprint))}
            WHERE {reader.customer} = {literal(customer)} AND {applies}
        ) AS asked
        WHERE made IS NOT NULL AND made <= {at.at_ms} AND (kept IS NULL OR kept > {at.at_ms})"""
    statement = render(text, checked=tuple(reader.checked))
    rows: list[tuple[str, int, int | None]] = store.connection.execute(statement).fetchall()
    return rows
