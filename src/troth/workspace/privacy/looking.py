"""Who looked at a person's data: the trail, asked with an id that it does not hold."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.store.erasures import PERSON, ErasureList
from troth.store.office.trail import person_subject
from troth.workspace.privacy.spelling import spellings

if TYPE_CHECKING:
    from troth.workspace.privacy.host import Host


@dataclass(frozen=True, slots=True)
class Look:
    """A line of the trail that is about a person; `at_ms` in UTC epoch milliseconds."""

    at_ms: int
    actor: str
    action: str
    detail: dict[str, str | int]


def subjects(host: Host, text: str, key: bytes | None) -> frozenset[str]:
    """The subjects in the trail that may mean the person with this id, or with any of their others."""
    erased = ErasureList.load(host.folder)
    texts = spellings(host.blueprint, text, key)
    digests = {erased.digest(PERSON, spelling) for spelling in texts}
    for number in {erased.numbers[digest] for digest in digests & erased.numbers.keys()}:
        digests |= erased.of(number)  # somebody who was erased is known by all ids of then
    return frozenset(map(person_subject, digests))


def looks(host: Host, texts: frozenset[str]) -> list[Look]:
    """The lines about these subjects, oldest first."""
    from sqlalchemy import select

    from troth.store.office.tables import trail

    statement = select(trail).where(trail.c.subject.in_(texts)).order_by(trail.c.id)
    with host.office.transaction() as connection:
        rows = connection.execute(statement).all()
    return [Look(row.at_ms, row.actor, row.action, json.loads(row.detail)) for row in rows]
