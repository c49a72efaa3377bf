"""Retention: records are kept as long as their kind's `keep` says, and what is derived goes with them."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from troth.intake.expiry import expire
from troth.ledger.refresh import rebuild
from troth.store import people
from troth.store.office.trail import Action, Entry, note
from troth.store.records import follow
from troth.workspace.privacy.erasing import renew

if TYPE_CHECKING:
    from troth.workspace.privacy.host import Host


class _TakenBackError(Exception):
    """Rolls a dry run back."""


def retain(host: Host, *, actor: str, dry_run: bool = False) -> dict[str, int]:
    """Remove what is past its time; how many rows, by table. The trail has a line when anything went.

    With `dry_run` only count.

    Raises:
        TrothError: The records cannot follow a changed declaration; nothing was removed.
    """
    with host.alone() as workspace:
        store = workspace.opened()
        counts: dict[str, int] = {}
        with suppress(_TakenBackError), store.transaction():
            counts |= {t: n for t, n in expire(store, workspace.blueprint, host.now_ms()).items() if n}
            _take_back_if(dry_run)
            if counts:
                store.connection.execute(f"DELETE FROM {people.DICTIONARY}")  # noqa: S608 - constant
                rebuild(store, workspace.blueprint, workspace.settings)
        if dry_run or not counts:
            return counts
        workspace.changed()
        follow(host.office, store)
        with host.office.transaction() as connection:
            detail: dict[str, str | int] = dict(counts)
            note(connection, Entry(host.now_ms(), actor, Action.RETENTION_APPLIED, "", detail))
        host.forget_answers()
        renew(host, workspace)
    return counts


def _take_back_if(dry_run: bool) -> None:  # noqa: FBT001 - it reads as a sentence
    if dry_run:
        raise _TakenBackError
