"""Promises to one customer that are not kept yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.intake.lookups import hash_of
from troth.ledger.answers import Moment
from troth.ledger.reader import Reader, Relation
from troth.ledger.refresh import relations
from troth.ledger.sql import literal, render
from troth.store import Store
from troth.store.tables import all_record_columns, hashed, quoted, record_table


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

_HASH = literal("\u241fhash\u241f")
"""Stands for the hash of the customer."""


@dataclass(frozen=True, slots=True)
class Asking:
    """The SELECT of the open promises of one rule to `$customer` at `$at`."""

    promise: str
    touchpoint: str
    sql: str


def askings(store: Store, blueprint: Blueprint, settings: Settings) -> tuple[Asking, ...]:
    """How to ask for open promises; the same for all customers while blueprint and tables stay the same."""
    kinds = cache(relations(store, blueprint))
    columns = all_record_columns(store.connection)
    return tuple(
        Asking(
            promise.id,
            promise.touchpoint,
            _open(blueprint, settings, promise, _of_customer(blueprint, promise.source, kinds, columns)),
        )
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


def _open(blueprint: Blueprint, settings: Settings, promise: Promise, of_customer: Relation) -> str:
    """SELECT record, made, due: the promises of one rule to `$customer` that are open at `$at`."""
    reader = Reader(blueprint, promise.source, settings)
    made = reader.time(promise.made)
    due = reader.time(promise.due, end_of_day=True)
    kept = reader.time(promise.kept)
    applies = reader.condition(promise.when)
    grace_ms = round(promise.grace.total_seconds() * 1000)
    text = f"""
        SELECT record._key AS record, {made} AS made, {due} + {grace_ms} AS due, {kept} AS kept
        FROM {reader.tables(of_customer)}
        WHERE {reader.customer} = {_CUSTOMER} AND {applies}"""
    given = render(text, checked=tuple(reader.checked)).replace(_CUSTOMER, "$customer")
    given = given.replace(_HASH, hashed("$customer"))
    return f"""
        SELECT record, made, due FROM ({given})
        WHERE made <= $at AND (kept IS NULL OR kept > $at)"""


def _of_customer(
    blueprint: Blueprint, source: str, kinds: Relation, columns: Mapping[str, Mapping[str, str]]
) -> Relation:
    """The records of `source` cut down to the customer's, plainly, so that the engine need not read the rest.

    Only where the kind has the customer's id itself, as text; by its hash, too, where there is one.
    """
    declared = blueprint.records[source]
    column = declared.columns.get(declared.customer)
    by_hash = hash_of(blueprint, source, declared.customer)

    def relation(kind: str, *, linked: bool = False) -> str:
        whole = kinds(kind, linked=linked)
        if linked or kind != source or column is None or column.type != "text":
            return whole
        hashed_too = whole == record_table(kind) and by_hash in columns.get(kind, {})
        also = f"{quoted(by_hash)} = {_HASH} AND " if hashed_too else ""
        return f"(SELECT * FROM {whole} AS r WHERE {also}{quoted(declared.customer)} = {_CUSTOMER})"

    return relation
