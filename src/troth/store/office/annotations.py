"""What happened in the world on a day, as people note it: a release, a strike, a new price."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, or_, select

from troth.store.office.tables import annotation

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Noted:
    """A note: UTC days since 1970-01-01, and its touchpoint; None is the whole company."""

    id: int
    first_day: int
    last_day: int
    touchpoint: str | None
    text: str
    author: str


def between(connection: Connection, first_day: int, last_day: int, touchpoint: str | None) -> list[Noted]:
    """The notes of the whole company, and of `touchpoint`, that touch these days; the earliest first."""
    c = annotation.c
    statement = (
        select(c.id, c.first_day, c.last_day, c.touchpoint, c.text, c.author)
        .where(c.first_day <= last_day, c.last_day >= first_day)
        .where(or_(c.touchpoint.is_(None), c.touchpoint == touchpoint))
        .order_by(c.first_day, c.id)
    )
    return [Noted(*row) for row in connection.execute(statement)]


def add(connection: Connection, made: Noted, at_ms: int) -> int:
    """Keep a note under a number of its own, which is returned; that of `made` is not looked at."""
    values = {
        "first_day": made.first_day,
        "last_day": made.last_day,
        "touchpoint": made.touchpoint,
        "text": made.text,
        "author": made.author,
        "created_ms": at_ms,
    }
    found = connection.execute(annotation.insert().returning(annotation.c.id), values).scalar_one()
    return int(found)


def remove(connection: Connection, id_: int) -> Noted | None:
    """Take a note away, and give it back; None where there was none."""
    c = annotation.c
    gone = connection.execute(
        delete(annotation)
        .where(c.id == id_)
        .returning(c.id, c.first_day, c.last_day, c.touchpoint, c.text, c.author)
    ).one_or_none()
    return Noted(*gone) if gone else None
