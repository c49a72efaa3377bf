"""Erasing a person: the list first, then the ledger, the office and their files; finished whatever happens.

From the moment the list knows the person nothing of them comes in any more. What follows may be interrupted:
it is pending then, and the next start finds by the list's digests whom it has to erase.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from troth.errors import TrothError, UsageError
from troth.intake import held, persons
from troth.intake.persons import Person
from troth.ledger.refresh import rebuild
from troth.store import people
from troth.store.erasures import PERSON, ErasureList
from troth.store.office.trail import Action, Entry, note, person_subject
from troth.store.records import follow
from troth.store.renewing import renewed, scrub_office
from troth.texts import _
from troth.workspace.privacy.holders import HOLDERS
from troth.workspace.privacy.parcels import listed_ids, remove_waiting, with_waiting
from troth.workspace.privacy.spelling import spellings

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from troth.store import Store
    from troth.workspace.facade import Workspace
    from troth.workspace.privacy.host import Host

INBOX = "inbox"
"""The parcels, in the counts of a receipt."""

_FOUND_BY_LIST = "list"
"""Who began an erasure that came with a list from elsewhere."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """An erasure. It says nothing of whom.

    Attributes:
        number: Its number.
        at_ms: When it was begun, in UTC epoch milliseconds.
        actor: Who asked for it, as the trail names them.
        counts: How many rows were removed, by table.
        done_ms: When it was finished, files included; None while it is pending.
    """

    number: int
    at_ms: int
    actor: str
    counts: Mapping[str, int]
    done_ms: int | None


def erase(host: Host, text: str, *, by: str | None = None, key: bytes | None = None, actor: str) -> Receipt:
    """Remove everything that is held of the person with the id `text`, and let nothing of them in again.

    Args:
        host: Who has the ledger and the office.
        text: Any id: the customer's, its pseudonym, or one in a column of ids (see `intake.persons.find`).
        by: The column in which it is meant.
        key: The pseudonyms' key.
        actor: Who asks, as the trail names them.

    Raises:
        UsageError: `person-unclear`, `person-unknown`, `column-unknown`, `id-invalid`; `kind-undeclared`
            where records are there of which nobody knows whose they are.
    """
    with host.alone() as workspace:
        store, blueprint = workspace.opened(create=True), workspace.blueprint
        _demand_declared(store, workspace)
        texts = spellings(blueprint, text, key)
        person = persons.find(store, blueprint, texts, by)
        if person.ids & set(texts):
            person = Person(person.ids | set(texts), person.keys)
        with host.office.transaction() as connection:
            person = with_waiting(connection, blueprint, person)
        now_ms, erased = host.now_ms(), ErasureList.load(host.folder)
        number, digests = erased.next_number, person.digests(erased)
        erased = erased.with_more(number, digests, now_ms)
        with host.office.transaction() as connection:
            _keep(connection, Receipt(number, now_ms, actor, {}, None), digests)
            subject = person_subject(erased.digest(PERSON, min(person.ids & set(texts) or person.ids)))
            note(connection, Entry(now_ms, actor, Action.PERSON_ERASED, subject, {"number": number}))
        _remove(host, workspace, person, number)
        return _finished(host, workspace, [number])[0]


def erasures(host: Host) -> list[Receipt]:
    """All erasures, newest first."""
    from sqlalchemy import select

    from troth.store.office.tables import erasure

    with host.office.transaction() as connection:
        rows = connection.execute(select(erasure).order_by(erasure.c.number.desc())).all()
    return [Receipt(row.number, row.at_ms, row.actor, json.loads(row.receipt), row.done_ms) for row in rows]


def resume(host: Host) -> list[Receipt]:
    """Finish what was interrupted, and do what a list that came from elsewhere asks for.

    Raises:
        TrothError: `erasures-missing`: the office knows of erasures, but the list is lost.
    """
    grown = _agree(host)
    pending = [receipt.number for receipt in erasures(host) if receipt.done_ms is None]
    done = _again(host, pending) if pending else []
    others = sorted(grown - set(pending))
    return [*done, *(_again(host, others, only_found=True) if others else ())]


def sweep(host: Host) -> list[Receipt]:
    """Look through everything for people who are on the list, and erase those that are there nevertheless."""
    _agree(host)
    numbers = sorted(receipt.number for receipt in erasures(host))
    return _again(host, numbers, only_found=True) if numbers else []


def _again(host: Host, numbers: list[int], *, only_found: bool = False) -> list[Receipt]:
    erased = ErasureList.load(host.folder)
    done = []
    with host.alone() as workspace:
        store, blueprint = workspace.opened(create=True), workspace.blueprint
        for number in numbers:
            part = erased.part(number)
            with host.office.transaction() as connection:
                ids = listed_ids(connection, blueprint, part)
                person = persons.by_digests(store, blueprint, part, ids)
                person = with_waiting(connection, blueprint, person)
            if only_found and not person.ids and not person.keys:
                continue
            _remove(host, workspace, person, number)
            done.append(number)
        return _finished(host, workspace, done) if done else []


def _agree(host: Host) -> set[int]:
    """Let list and office know the same erasures; those of which the list knew more."""
    from sqlalchemy import select

    from troth.store.office.tables import erased as table

    listed = ErasureList.peek(host.folder)
    with host.office.transaction() as connection:
        known = {row.subject_hash: row.number for row in connection.execute(select(table))}
        if known and listed is None:
            raise TrothError(
                "erasures-missing",
                _("The list of erased people is lost; without it they may come back."),
                _("Bring %(name)s back from a backup.") % {"name": "erasures.jsonl"},
                where=str(host.folder),
            )
        if listed is None:
            return set()
        new = {number: listed.of(number) - known.keys() for number in listed.made_ms}
        grown = {number for number, digests in new.items() if digests}
        for number in grown:
            receipt = Receipt(number, listed.made_ms[number], _FOUND_BY_LIST, {}, None)
            _keep(connection, receipt, new[number])
    for number in sorted(set(known.values())):
        lost = {digest for digest, of in known.items() if of == number} - listed.numbers.keys()
        if lost:
            listed = listed.with_more(number, lost, host.now_ms())
    return grown


def _keep(connection: Connection, receipt: Receipt, digests: frozenset[str]) -> None:
    """Keep an erasure that is pending, and its digests; those of an earlier one become its own."""
    from sqlalchemy import select

    from troth.store.office.tables import erased, erasure

    there = connection.execute(select(erasure.c.number).where(erasure.c.number == receipt.number)).first()
    if there is None:
        values = {"number": receipt.number, "at_ms": receipt.at_ms, "actor": receipt.actor, "receipt": "{}"}
        connection.execute(erasure.insert(), values)
    for digest in sorted(digests):
        connection.execute(erased.delete().where(erased.c.subject_hash == digest))
        connection.execute(erased.insert(), {"subject_hash": digest, "number": receipt.number})


def _remove(host: Host, workspace: Workspace, person: Person, number: int) -> None:
    """Take the person out of ledger and office; both keep what was counted until the receipt has it."""
    store, blueprint = workspace.opened(), workspace.blueprint
    before = next((one.counts for one in erasures(host) if one.number == number), {})
    place = f"erasure:{number}"
    with store.transaction() as connection:
        persons.mean(connection, person)
        kept = store.setting(place)
        counts = dict(json.loads(kept) if kept else before)
        removed = {"labels": _forget_labels(host.folder, held.written(store, blueprint))}
        removed |= {f"record.{kind}": n for kind, n in held.remove_records(store, blueprint).items()}
        removed["quarantine"] = held.remove_quarantined(store, blueprint)
        removed |= people.forget_numbers(connection, people.number_of(connection, person.ids))
        persons.mean_nobody(connection)
        for table, n in removed.items():
            if n or table in counts:
                counts[table] = counts.get(table, 0) + n
        if any(removed.values()):
            _derive(workspace, store)
        store.set_setting(place, json.dumps(counts))
    workspace.changed()
    follow(host.office, store)
    with host.office.transaction() as office:
        counts[INBOX] = before.get(INBOX, 0) + remove_waiting(office, store, blueprint, person)
        for holder in HOLDERS:
            counts[holder.name] = before.get(holder.name, 0) + holder.remove(office, person.ids)
        _write(office, number, counts)
    with store.transaction() as connection:
        connection.execute("DELETE FROM setting WHERE name = ?", [place])


def _forget_labels(folder: Path, texts: list[str]) -> int:
    """Remove what people said of these texts, with the texts; how many."""
    if not texts:
        return 0
    from troth.reading.labels import forget

    return forget(folder, texts)


def _derive(workspace: Workspace, store: Store) -> None:
    """Make what is derived anew; where the blueprint does not fit the records, nothing derived is left."""
    try:
        rebuild(store, workspace.blueprint, workspace.settings)
    except TrothError:  # the records cannot follow a changed declaration: any read-out says so
        people.forget_derived(store.connection)


def _finished(host: Host, workspace: Workspace, numbers: list[int]) -> list[Receipt]:
    """Write the files anew, so that no byte of what was removed is left; pending while that cannot be."""
    from troth.store.office.tables import erasure

    host.forget_answers()
    if renew(host, workspace):
        with host.office.transaction() as connection:
            connection.execute(
                erasure.update().where(erasure.c.number.in_(numbers)).values(done_ms=host.now_ms())
            )
    return [receipt for receipt in erasures(host) if receipt.number in numbers]


def renew(host: Host, workspace: Workspace) -> bool:
    """Write ledger and office anew without what was deleted; whether that could be done now."""
    try:
        copy = renewed(workspace.opened())
        scrub_office(host.office)
    except TrothError as error:
        if error.code not in {"store-full", "office-unreachable"}:
            raise
        return False
    return host.renew(copy)


def _write(connection: Connection, number: int, counts: Mapping[str, int]) -> None:
    from troth.store.office.tables import erasure

    shown = {table: n for table, n in sorted(counts.items()) if n}
    connection.execute(erasure.update().where(erasure.c.number == number).values(receipt=json.dumps(shown)))


def _demand_declared(store: Store, workspace: Workspace) -> None:
    if unknown := persons.undeclared_kinds(store, workspace.blueprint):
        raise UsageError(
            "kind-undeclared",
            _("There are records of which the blueprint does not say whose they are: %(kinds)s.")
            % {"kinds": ", ".join(unknown)},
            _("Declare them again, or remove them with `troth forget`."),
        )
