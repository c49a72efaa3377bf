"""Promises to one customer that are not kept yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.ledger.answers import Moment
from troth.ledger.reader import Reader, Relation
from troth.ledger.refresh import relations
from troth.ledger.sql import literal, render
from troth.store import Store
from troth.store.tables import quoted


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


_CUSTOMER = literal("\u241fcustomer\u241f")
"""Stands for the customer in what is rendered, which is then the same for all of them, and kept."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The SELECT of the open promises of one rule to `$customer` at `$at`."""

    promise: str
    touchpoint: str
    sql: str


def askings(store: Store, blueprint: Blueprint, settings: Settings) -> tuple[Asking, ...]:
    """How to ask for open promises; the same for all customers while blueprint and tables stay the same."""
    kinds = cache(relations(store, blueprint))
    return tuple(
        Asking(promise.id, promise.touchpoint, _open(blueprint, settings, promise, kinds))
        for promise in blueprint.promises
    )


def open_promises(
    store: Store, asked: Iterable[Asking], customer: str, at: Moment
) -> tuple[OpenPromise, ...]:
    """All promises to `customer` that are open at `at`, the most urgent first."""
    given = {"customer": customer, "at": at.at_ms}
    found = [
        OpenPromise(one.promise, one.touchpoint, record, made, due, late=due is not None and due < at.at_ms)
        for one in asked
        for record, made, due in store.connection.execute(one.sql, given).fetchall()
    ]
    return tuple(sorted(found, key=lambda one: (one.deadline_ms is None, one.deadline_ms or 0, one.record)))


def _open(blueprint: Blueprint, settings: Settings, promise: Promise, kinds: Relation) -> str:
    """SELECT record, made, due: the promises of one rule to `$customer` that are open at `$at`."""
    reader = Reader(blueprint, promise.source, settings)
    made = reader.time(promise.made)
    due = reader.time(promise.due, end_of_day=True)
    kept = reader.time(promise.kept)
    applies = reader.condition(promise.when)
    grace_ms = round(promise.grace.total_seconds() * 1000)
    text = f"""
        SELECT record._key AS record, {made} AS made, {due} + {grace_ms} AS due, {kept} AS kept
        FROM {reader.tables(_of_customer(blueprint, promise.source, kinds))}
        WHERE {reader.customer} = {_CUSTOMER} AND {applies}"""
    given = render(text, checked=tuple(reader.checked)).replace(_CUSTOMER, "$customer")
    return f"""
        SELECT record, made, due FROM ({given})
        WHERE made <= $at AND (kept IS NULL OR kept > $at)"""


def _of_customer(blueprint: Blueprint, source: str, kinds: Relation) -> Relation:
    """The records of `source` cut down to the customer's, plainly, so that the engine need not read the rest.

    Only where the kind has the customer's id itself, as text.
    """
    declared = blueprint.records[source]
    column = declared.columns.get(declared.customer)

    def relation(kind: str, *, linked: bool = False) -> str:
        whole = kinds(kind, linked=linked)
        if linked or kind != source or column is None or column.type != "text":
            return whole
        return f"(SELECT * FROM {whole} AS r WHERE {quoted(declared.customer)} = {_CUSTOMER})"

    return relation
