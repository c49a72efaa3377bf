"""API keys: how programs get in. Shown once, kept as a digest, for some rights and some time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_, select

from troth.errors import UsageError
from troth.store.office.tables import account, api_key
from troth.texts import _
from troth.web.access.accounts import name_of
from troth.web.access.rights import RIGHTS, Right, Role, Visitor
from troth.web.access.tokens import digest, fresh

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection

MARK = "troth_"
"""What all keys begin with, so that one that got lost is known for what it is."""
PREFIX_LENGTH = len(MARK) + 6
DAY_MS = 86_400_000
LONGEST_DAYS = 730
WRITTEN_EVERY_MS = 60_000


@dataclass(frozen=True, slots=True)
class Key:
    """A key as it is shown; times are UTC epoch milliseconds.

    `prefix`: its beginning, by which its owner tells it from others. `owner`: whose account it acts for.
    """

    id: int
    name: str
    prefix: str
    scopes: tuple[Right, ...]
    owner: str
    created_ms: int
    expires_ms: int
    last_used_ms: int | None
    revoked_ms: int | None


@dataclass(frozen=True, slots=True)
class Known:
    """A key that was presented: who asks, when the key ends, when its use was last written."""

    id: int
    visitor: Visitor
    expires_ms: int
    last_used_ms: int | None


def scopes_of(names: Iterable[str], allowed: frozenset[Right]) -> tuple[Right, ...]:
    """The rights that a key shall have.

    Raises:
        UsageError: `scopes-invalid`: none, or one that its maker does not have.
    """
    wanted = set(names)
    found = tuple(right for right in Right if right in wanted and right in allowed)
    if not found or len(found) < len(wanted):
        raise UsageError(
            "scopes-invalid",
            _("A key needs rights, and only such as its maker has."),
            allowed=[right.value for right in Right if right in allowed],
            where="scopes",
        )
    return found


def make(
    connection: Connection,
    account_id: int,
    name: str,
    scopes: tuple[Right, ...],
    days: int,
    now_ms: int,
) -> tuple[Key, str]:
    """A new key and its secret, which is not seen again.

    Raises:
        UsageError: `name-invalid`, `days-invalid`.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise UsageError(
            "days-invalid",
            _("A key lives 1 to %(most)d days.") % {"most": LONGEST_DAYS},
            where="days",
        )
    secret = MARK + fresh()
    values = {
        "account_id": account_id,
        "name": name_of(name),
        "prefix": secret[:PREFIX_LENGTH],
        "secret_hash": digest(secret),
        "scopes": " ".join(scopes),
        "created_ms": now_ms,
        "expires_ms": now_ms + days * DAY_MS,
    }
    made = connection.execute(api_key.insert().values(values)).inserted_primary_key
    assert made is not None  # noqa: S101 - an insert of one row gives it
    return by_id(connection, made[0]), secret


def by_id(connection: Connection, key_id: int) -> Key:
    """The key.

    Raises:
        UsageError: `key-unknown`.
    """
    found = _read(connection, api_key.c.id == key_id)
    if not found:
        raise UsageError("key-unknown", _("There is no such key."))
    return found[0]


def everything(connection: Connection) -> list[Key]:
    """All keys, the newest first; those that do not hold any more, too."""
    return _read(connection)


def revoke(connection: Connection, key_id: int, now_ms: int) -> None:
    """Let it not hold any more."""
    statement = api_key.update().where(api_key.c.id == key_id, api_key.c.revoked_ms.is_(None))
    connection.execute(statement.values(revoked_ms=now_ms))


def find(connection: Connection, secret: str, now_ms: int) -> Known | None:
    """Who asks with this key; None when it does not hold, or its owner's account does not.

    A key may never do more than the account it acts for may do today.
    """
    statement = (
        select(api_key, account.c.role)
        .join_from(api_key, account)
        .where(
            api_key.c.secret_hash == digest(secret),
            api_key.c.expires_ms > now_ms,
            api_key.c.revoked_ms.is_(None),
            account.c.disabled_ms.is_(None),
        )
    )
    row = connection.execute(statement).first()
    if row is None:
        return None
    rights = frozenset(Right(name) for name in row.scopes.split()) & RIGHTS[Role(row.role)]
    visitor = Visitor(f"key:{row.name}", row.name, rights, row.account_id, by_key=True)
    return Known(row.id, visitor, row.expires_ms, row.last_used_ms)


def touch(connection: Connection, key_id: int, now_ms: int) -> None:
    """It was used; written at most once a minute."""
    due = or_(api_key.c.last_used_ms.is_(None), api_key.c.last_used_ms <= now_ms - WRITTEN_EVERY_MS)
    connection.execute(api_key.update().where(api_key.c.id == key_id, due).values(last_used_ms=now_ms))


def _read(connection: Connection, *conditions: ColumnElement[bool]) -> list[Key]:
    statement = select(api_key, account.c.email).join_from(api_key, account).order_by(api_key.c.id.desc())
    statement = statement.where(*conditions)
    return [
        Key(
            row.id,
            row.name,
            row.prefix,
            tuple(Right(name) for name in row.scopes.split()),
            row.email,
            row.created_ms,
            row.expires_ms,
            row.last_used_ms,
            row.revoked_ms,
        )
        for row in connection.execute(statement)
    ]
