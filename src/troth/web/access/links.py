"""One-time links: to take up an invitation, and to choose a password anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from troth.errors import TrothError
from troth.store.office.tables import invitation
from troth.texts import _
from troth.web.access import accounts
from troth.web.access.accounts import Account
from troth.web.access.tokens import digest, fresh

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOLDS_MS = 7 * 86_400_000


def make(connection: Connection, account_id: int, now_ms: int) -> str:
    """A link's token for the account; earlier ones do not hold any more."""
    unused = invitation.c.used_ms.is_(None)
    connection.execute(delete(invitation).where(invitation.c.account_id == account_id, unused))
    token = fresh()
    values = {
        "account_id": account_id,
        "token_hash": digest(token),
        "created_ms": now_ms,
        "expires_ms": now_ms + HOLDS_MS,
    }
    connection.execute(invitation.insert().values(values))
    return token


def look(connection: Connection, token: str, now_ms: int) -> Account:
    """Whose link it is.

    Raises:
        TrothError: `link-invalid`: used, too old, replaced by a newer one, or never made.
    """
    statement = select(invitation.c.account_id).where(
        invitation.c.token_hash == digest(token),
        invitation.c.expires_ms > now_ms,
        invitation.c.used_ms.is_(None),
    )
    account_id = connection.scalar(statement)
    if account_id is not None:
        found = accounts.by_id(connection, account_id)
        if found.disabled_ms is None:
            return found
    raise invalid()


def use(connection: Connection, token: str, now_ms: int) -> Account:
    """The same, and it does not hold any more: of two at once, one is refused."""
    found = look(connection, token, now_ms)
    statement = invitation.update().where(
        invitation.c.token_hash == digest(token), invitation.c.used_ms.is_(None)
    )
    if connection.execute(statement.values(used_ms=now_ms)).rowcount != 1:
        raise invalid()
    return found


def invalid() -> TrothError:
    """The error for a link that does not hold."""
    return TrothError(
        "link-invalid",
        _("This link does not hold any more."),
        _("It can be used once, and for a limited time. Ask for a new one."),
    )
