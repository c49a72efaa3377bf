"""Sessions: browsers that somebody signed in with. Only the digest of a session's token is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, func, select

from troth.store.office.tables import account, session
from troth.web.access import accounts
from troth.web.access.accounts import Account
from troth.web.access.tokens import digest, fresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOUR_MS = 3_600_000
IDLE_MS = 12 * HOUR_MS
LONGEST_MS = 7 * 24 * HOUR_MS
WRITTEN_EVERY_MS = 60_000
MOST = 50
"""Of one account; a further one ends that which was seen longest ago."""


@dataclass(frozen=True, slots=True)
class Session:
    """A browser that is signed in; times are UTC epoch milliseconds. The token is with the browser only."""

    id: int
    account_id: int
    created_ms: int
    last_seen_ms: int
    expires_ms: int
    user_agent: str
    address: str


def start(connection: Connection, who: Account, user_agent: str, address: str, now_ms: int) -> str:
    """Sign `who` in; the session's token."""
    ended = (session.c.expires_ms <= now_ms) | (session.c.last_seen_ms <= now_ms - IDLE_MS)
    connection.execute(delete(session).where(ended))
    kept = (
        select(session.c.id)
        .where(session.c.account_id == who.id)
        .order_by(session.c.last_seen_ms.desc(), session.c.id.desc())
        .limit(MOST - 1)
    )
    kept_ids = list(connection.scalars(kept))
    connection.execute(delete(session).where(session.c.account_id == who.id, session.c.id.not_in(kept_ids)))
    token = fresh()
    values = {
        "account_id": who.id,
        "token_hash": digest(token),
        "created_ms": now_ms,
        "last_seen_ms": now_ms,
        "expires_ms": now_ms + LONGEST_MS,
        "user_agent": user_agent[:300],
        "address": address[:100],
    }
    connection.execute(session.insert().values(values))
    accounts.change(connection, who.id, last_seen_ms=now_ms)
    return token


def find(connection: Connection, token: str, now_ms: int) -> tuple[Session, Account] | None:
    """The session of a token and its account, unless it has ended or the account is disabled."""
    statement = (
        accounts.selected()
        .add_columns(*(column.label(f"session_{column.name}") for column in session.c))
        .join_from(account, session)
        .where(
            session.c.token_hash == digest(token),
            session.c.expires_ms > now_ms,
            session.c.last_seen_ms > now_ms - IDLE_MS,
            account.c.disabled_ms.is_(None),
        )
    )
    row = connection.execute(statement).mappings().first()
    if row is None:
        return None
    found = Session(**{name: row[f"session_{name}"] for name in Session.__dataclass_fields__})
    return found, accounts.from_row(row)


def touch(connection: Connection, seen: Session, now_ms: int) -> None:
    """It was used; written at most once a minute."""
    if now_ms - seen.last_seen_ms >= WRITTEN_EVERY_MS:
        connection.execute(session.update().where(session.c.id == seen.id).values(last_seen_ms=now_ms))
        accounts.change(connection, seen.account_id, last_seen_ms=now_ms)


def of_account(connection: Connection, account_id: int, now_ms: int) -> list[Session]:
    """The sessions that are open, the one that was used last first."""
    statement = (
        select(session)
        .where(
            session.c.account_id == account_id,
            session.c.expires_ms > now_ms,
            session.c.last_seen_ms > now_ms - IDLE_MS,
        )
        .order_by(session.c.last_seen_ms.desc(), session.c.id.desc())
    )
    rows = connection.execute(statement).mappings()
    return [Session(**{name: row[name] for name in Session.__dataclass_fields__}) for row in rows]


def end(connection: Connection, account_id: int, session_id: int) -> bool:
    """End one session of an account; whether there was one."""
    statement = delete(session).where(session.c.id == session_id, session.c.account_id == account_id)
    return connection.execute(statement).rowcount > 0


def end_others(connection: Connection, account_id: int, but: int | None = None) -> int:
    """End all sessions of an account `but` one; how many."""
    statement = delete(session).where(session.c.account_id == account_id)
    if but is not None:
        statement = statement.where(session.c.id != but)
    return connection.execute(statement).rowcount


def count(connection: Connection) -> int:
    """How many there are."""
    return connection.scalar(select(func.count()).select_from(session)) or 0
