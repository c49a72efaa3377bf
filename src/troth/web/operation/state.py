"""Whether the server can do its work."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.errors import TrothError

if TYPE_CHECKING:
    from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Part:
    """One part that must work: `office`, `ledger` or `mover`; `code` says what is wrong, or is empty."""

    name: str
    code: str


def waiting(live: Live) -> tuple[int, int]:
    """How many parcels wait in the inbox, and how many records they hold."""
    from sqlalchemy import func, select

    from troth.store.office.tables import parcel

    with live.office.transaction() as connection:
        row = connection.execute(select(func.count(), func.coalesce(func.sum(parcel.c.n), 0))).one()
    return int(row[0]), int(row[1])


def parts(live: Live) -> tuple[Part, ...]:
    """Ask each part for something small."""
    return (
        _part("office", lambda: waiting(live)),
        _part("ledger", lambda: _read(live)),
        _part("mover", lambda: _moves(live)),
    )


def _read(live: Live) -> None:
    with live.reading() as workspace:
        workspace.status()


def _moves(live: Live) -> None:
    if (trouble := live.arrivals.mover.trouble) is not None:
        raise trouble


def _part(name: str, ask: Callable[[], object]) -> Part:
    try:
        ask()
    except TrothError as error:
        return Part(name, error.code)
    return Part(name, "")
