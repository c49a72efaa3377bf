"""One person in the parcels that wait for the ledger: found, and taken out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from troth.blueprint.records import READY_MADE
from troth.blueprint.schema import Blueprint, RecordKind
from troth.intake import experiences, persons
from troth.intake.held import found_raw
from troth.intake.keys import key_columns
from troth.intake.personal import by_link, own_ids
from troth.intake.persons import Person, linked_kinds
from troth.store import Store
from troth.store.erasures import PERSON, ErasureList

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from troth.store.office.parcels import Contents

_RAW = "temp.person_waiting"


@dataclass(slots=True)
class _Waiting:
    """A parcel."""

    seq: int
    kind: str
    contents: Contents


def with_waiting(connection: Connection, blueprint: Blueprint, person: Person) -> Person:
    """The person with the keys of their waiting records, by which other waiting records lead to them."""
    linked, keys = linked_kinds(blueprint), set(person.keys)
    for parcel in _waiting(connection):
        kind = _kind(blueprint, parcel.kind)
        if kind is None or parcel.kind not in linked or len(key_columns(kind)) > 1:
            continue
        named = parcel.contents.columns.get(key_columns(kind)[0], [])
        keys |= {(parcel.kind, str(named[place])) for place in _theirs(kind, parcel, person) if named}
    return Person(person.ids, frozenset(keys))


def listed_ids(connection: Connection, blueprint: Blueprint, erased: ErasureList) -> set[str]:
    """The ids in waiting parcels that are on the list."""
    values = {
        str(value)
        for parcel in _waiting(connection)
        if (kind := _kind(blueprint, parcel.kind)) is not None
        for column in own_ids(kind)
        for value in parcel.contents.columns.get(column, ())
    }
    return {value for value in values if erased.has(PERSON, value)}


def waiting_rows(
    connection: Connection, store: Store, blueprint: Blueprint, person: Person
) -> list[dict[str, Any]]:
    """Their rows, as they were judged, or as they came where they cannot be used."""
    found: list[dict[str, Any]] = []
    for parcel in _waiting(connection):
        kind = _kind(blueprint, parcel.kind)
        if kind is None:
            continue
        for place in sorted(_theirs(kind, parcel, person)):
            row = {name: values[place] for name, values in parcel.contents.columns.items()}
            found.append({"kind": parcel.kind, "row": row})
        found += [
            {
                "kind": parcel.kind,
                "row": json.loads(parcel.contents.refused[place].row),
                "reason": parcel.contents.refused[place].code,
            }
            for place in sorted(_refused(store, blueprint, parcel, person))
        ]
    return found


def remove_waiting(connection: Connection, store: Store, blueprint: Blueprint, person: Person) -> int:
    """Take their rows out of the parcels, in the open transaction; how many."""
    from troth.store.office.parcels import Contents, packed
    from troth.store.office.tables import parcel as table

    removed = 0
    for parcel in _waiting(connection):
        kind = _kind(blueprint, parcel.kind)
        if kind is None:
            continue
        theirs = _theirs(kind, parcel, person)
        refused = _refused(store, blueprint, parcel, person)
        if not theirs and not refused:
            continue
        removed += len(theirs) + len(refused)
        columns = {
            name: [value for place, value in enumerate(values) if place not in theirs]
            for name, values in parcel.contents.columns.items()
        }
        rest = [row for place, row in enumerate(parcel.contents.refused) if place not in refused]
        body = packed(parcel.kind, 0, Contents(parcel.contents.types, columns, rest)).body
        connection.execute(table.update().where(table.c.seq == parcel.seq).values(body=body))
    return removed


def _waiting(connection: Connection) -> Iterator[_Waiting]:
    from sqlalchemy import select

    from troth.store.office.parcels import unpacked
    from troth.store.office.tables import parcel as table

    numbers = connection.execute(select(table.c.seq).order_by(table.c.seq)).scalars().all()
    for seq in numbers:
        row = connection.execute(select(table.c.kind, table.c.body).where(table.c.seq == seq)).first()
        if row is not None:
            yield _Waiting(seq, row.kind, unpacked(row.body))


def _kind(blueprint: Blueprint, name: str) -> RecordKind | None:
    return {**blueprint.records, READY_MADE: experiences.KIND}.get(name)


def _theirs(kind: RecordKind, parcel: _Waiting, person: Person) -> set[int]:
    found: set[int] = set()
    for column in own_ids(kind):
        values = parcel.contents.columns.get(column, ())
        found |= {place for place, value in enumerate(values) if str(value) in person.ids}
    if (link := by_link(kind)) is not None:
        values = parcel.contents.columns.get(link.by, ())
        found |= {place for place, value in enumerate(values) if (link.to, str(value)) in person.keys}
    return found


def _refused(store: Store, blueprint: Blueprint, parcel: _Waiting, person: Person) -> set[int]:
    """The places of their rows among those that go to quarantine."""
    if not parcel.contents.refused:
        return set()
    connection = store.connection
    persons.mean(connection, person)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE person_waiting (kind VARCHAR, place BIGINT, row_json VARCHAR)"
    )
    connection.executemany(
        f"INSERT INTO {_RAW} VALUES (?, ?, ?)",  # noqa: S608 - constant
        [[parcel.kind, place, row.row] for place, row in enumerate(parcel.contents.refused)],
    )
    try:
        found = found_raw(store, blueprint, _RAW)
        rows = connection.execute(f"SELECT place FROM {_RAW} WHERE rowid IN ({found})").fetchall()  # noqa: S608 - of constants and declared names
        return {int(place) for (place,) in rows}
    finally:
        connection.execute(f"DROP TABLE {_RAW}")
        persons.mean_nobody(connection)
