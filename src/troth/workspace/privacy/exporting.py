"""Everything that is held of one person, machine readable, with what was derived from it and why."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from troth import __version__
from troth.blueprint.schema import Blueprint, Promise, Rule
from troth.errors import UsageError
from troth.intake import held, persons
from troth.store import people
from troth.store.erasures import PERSON, ErasureList
from troth.store.office.trail import Action, Entry, note, person_subject
from troth.workspace.privacy.holders import HOLDERS
from troth.workspace.privacy.looking import looks, subjects
from troth.workspace.privacy.parcels import waiting_rows, with_waiting
from troth.workspace.privacy.spelling import spellings

if TYPE_CHECKING:
    from troth.intake.persons import Person
    from troth.workspace.facade import Workspace
    from troth.workspace.privacy.host import Host

FORMAT = "troth-person/1"


def export(
    host: Host, text: str, *, by: str | None = None, key: bytes | None = None, actor: str
) -> dict[str, Any]:
    """All that is held of the person with the id `text`, as plain JSON types; the trail has a line of it.

    Args:
        host: Who has the ledger and the office.
        text: Any id: the customer's, its pseudonym, or one in a column of ids (see `intake.persons.find`).
        by: The column in which it is meant.
        key: The pseudonyms' key.
        actor: Who asks, as the trail names them.

    Raises:
        UsageError: `person-unclear`, `person-unknown`, `column-unknown`, `id-invalid`.
    """
    with host.alone() as workspace:
        store, blueprint = workspace.opened(create=True), workspace.blueprint
        person = persons.find(store, blueprint, spellings(blueprint, text, key), by)
        with host.office.transaction() as connection:
            person = with_waiting(connection, blueprint, person)
        persons.mean(store.connection, person)
        try:
            records = {
                name: [_plain_row(row) for row in rows] for name, rows in held.records(store, blueprint)
            }
            quarantined = held.quarantined(store, blueprint)
        finally:
            persons.mean_nobody(store.connection)
        derived, unknown = _derived(workspace, person), persons.undeclared_kinds(store, blueprint)
        erased = ErasureList.load(host.folder)
        found = subjects(host, text, key) | {person_subject(erased.digest(PERSON, id_)) for id_ in person.ids}
        seen = [{"at": _time(one.at_ms), "action": one.action} for one in looks(host, frozenset(found))]
        with host.office.transaction() as connection:
            others = {holder.name: holder.held(connection, person.ids) for holder in HOLDERS}
            waiting = waiting_rows(connection, store, blueprint, person)
            subject = person_subject(erased.digest(PERSON, min(person.ids)))
            note(connection, Entry(host.now_ms(), actor, Action.PERSON_EXPORTED, subject, _counts(records)))
    return {
        "format": FORMAT,
        "made": _time(host.now_ms()),
        "program": f"troth {__version__}",
        "ids": sorted(person.ids),
        "records": records,
        "quarantine": quarantined,
        "waiting": waiting,
        **others,
        "derived": derived,
        "looked_at": seen,
        "not_looked_through": unknown,
    }


def count(host: Host, text: str, *, by: str | None = None, key: bytes | None = None) -> dict[str, int]:
    """How many rows are held of the person with the id `text`, by table; what an erasure would remove.

    Raises:
        UsageError: as `export`.
    """
    with host.alone() as workspace:
        store, blueprint = workspace.opened(create=True), workspace.blueprint
        person = persons.find(store, blueprint, spellings(blueprint, text, key), by)
        with host.office.transaction() as connection:
            person = with_waiting(connection, blueprint, person)
        persons.mean(store.connection, person)
        try:
            counts = {f"record.{name}": len(rows) for name, rows in held.records(store, blueprint)}
            counts["quarantine"] = len(held.quarantined(store, blueprint))
        finally:
            persons.mean_nobody(store.connection)
        counts |= people.rows_of(store.connection, people.number_of(store.connection, person.ids))
        with host.office.transaction() as connection:
            counts["inbox"] = len(waiting_rows(connection, store, blueprint, person))
            counts |= {holder.name: len(holder.held(connection, person.ids)) for holder in HOLDERS}
    return {table: n for table, n in counts.items() if n}


def _derived(workspace: Workspace, person: Person) -> dict[str, Any]:
    """What Troth worked out: segments, every experience, trust; and the rules by which."""
    from troth.ledger import explain
    from troth.ledger.people import segments_of

    if not workspace.has_experiences:
        return {"customers": [], "rules": []}
    store, at = workspace.ledger, workspace.moment()
    customers, sources = [], set()
    for id_ in sorted(person.ids):
        try:
            found = explain(store, workspace.settings, id_, at, workspace.blueprint)
        except UsageError:  # an id that no experience is known by
            continue
        sources |= {one.source for one in found.experiences}
        customers.append(
            {
                "customer": id_,
                "at": _time(at.at_ms),
                "segments": segments_of(store, id_),
                "trust": _plain_row(asdict(found.trust)),
                "balance": str(found.balance),
                "unit": str(found.unit),
                "experiences": [
                    _plain_row(asdict(one)) | {"at": _time(one.at_ms), "remaining": str(one.remaining)}
                    for one in found.experiences
                ],
            }
        )
    return {"customers": customers, "rules": _reasons(workspace.blueprint, sources)}


def _reasons(blueprint: Blueprint, sources: set[str]) -> list[dict[str, Any]]:
    """The rules and promises that made the experiences, as the blueprint writes them."""
    parts: dict[str, Rule | Promise] = {rule.id: rule for rule in blueprint.rules}
    parts |= {promise.id: promise for promise in blueprint.promises}
    return [
        part.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        for id_, part in parts.items()
        if id_ in sources
    ]


def _counts(records: dict[str, list[dict[str, Any]]]) -> dict[str, str | int]:
    return {f"record.{name}": len(rows) for name, rows in records.items()}


def _plain_row(row: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in row.items()}


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat() + ("Z" if value.tzinfo is None else "")
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 53:
        return str(value)
    return value


def _time(at_ms: int) -> str:
    return dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC).isoformat().replace("+00:00", "Z")
