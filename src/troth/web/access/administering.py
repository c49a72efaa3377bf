"""What administrators do with accounts; each is noted in the trail, in the same transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from troth.store.office.trail import Action, Entry, note
from troth.web.access import accounts, attempts, links, sessions
from troth.web.access.accounts import Account
from troth.web.access.rights import Role

if TYPE_CHECKING:
    from sqlalchemy import Connection

_LOCK = 7_243_110_502
"""PostgreSQL's advisory lock: two administrators who disable each other at once do it one after the other."""


def invite(
    connection: Connection, actor: str, email: str, name: str, role: Role, now_ms: int
) -> tuple[Account, str]:
    """A new account, and the token of the link that lets its owner in.

    Raises:
        UsageError: `account-exists`, `email-invalid`, `name-invalid`.
    """
    _one_at_a_time(connection)
    made = accounts.make(connection, email, name or email.partition("@")[0], role, now_ms)
    note(connection, Entry(now_ms, actor, Action.ACCOUNT_MADE, made.email, {"role": role.value}))
    return made, link(connection, actor, made.id, now_ms)


def link(connection: Connection, actor: str, account_id: int, now_ms: int) -> str:
    """The token of a link by which an account chooses its password anew; earlier ones do not hold any more.

    Raises:
        UsageError: `account-unknown`.
    """
    who = accounts.by_id(connection, account_id)
    note(connection, Entry(now_ms, actor, Action.LINK_MADE, who.email))
    return links.make(connection, who.id, now_ms)


def give_role(connection: Connection, actor: str, account_id: int, role: Role, now_ms: int) -> Account:
    """Let an account be something else; it holds from its next request on.

    Raises:
        UsageError: `account-unknown`. TrothError: `last-admin`.
    """
    _one_at_a_time(connection)
    who = accounts.by_id(connection, account_id)
    if who.role is role:
        return who
    accounts.change(connection, who.id, role=role.value)
    accounts.keep_an_admin(connection)
    detail: dict[str, str | int] = {"was": who.role.value, "role": role.value}
    note(connection, Entry(now_ms, actor, Action.ACCOUNT_CHANGED, who.email, detail))
    return accounts.by_id(connection, who.id)


def disable(connection: Connection, actor: str, account_id: int, now_ms: int) -> Account:
    """Let an account in no more: its sessions end, its keys and links do not hold.

    Raises:
        UsageError: `account-unknown`. TrothError: `last-admin`.
    """
    _one_at_a_time(connection)
    who = accounts.by_id(connection, account_id)
    if who.disabled_ms is None:
        accounts.change(connection, who.id, disabled_ms=now_ms)
        accounts.keep_an_admin(connection)
        ended = sessions.end_others(connection, who.id)
        note(connection, Entry(now_ms, actor, Action.ACCOUNT_DISABLED, who.email, {"sessions": ended}))
    return accounts.by_id(connection, who.id)


def enable(connection: Connection, actor: str, account_id: int, now_ms: int) -> Account:
    """Let an account in again; it need not wait after failed attempts.

    Raises:
        UsageError: `account-unknown`.
    """
    who = accounts.by_id(connection, account_id)
    if who.disabled_ms is not None:
        accounts.change(connection, who.id, disabled_ms=None)
        attempts.forget(connection, attempts.who_account(who.email))
        note(connection, Entry(now_ms, actor, Action.ACCOUNT_CHANGED, who.email, {"enabled": 1}))
    return accounts.by_id(connection, who.id)


def _one_at_a_time(connection: Connection) -> None:
    """SQLite has one writer anyway; PostgreSQL is told to wait for the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
