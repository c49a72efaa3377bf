"""Accounts: the people who sign in. All functions work in the transaction that is open."""

from __future__ import annotations

import re
import secrets
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from troth.errors import TrothError, UsageError
from troth.store.office.tables import account
from troth.texts import _
from troth.web.access.rights import RIGHTS, Role, Visitor

if TYPE_CHECKING:
    from sqlalchemy import Connection, RowMapping

_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
_COLUMNS = tuple(column for column in account.c if column.name != "password_hash")


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in; times are UTC epoch milliseconds.

    `handle`: the random name that passkeys know the account by, 64 hexadecimal digits.
    """

    id: int
    email: str
    name: str
    role: Role
    language: str | None
    has_password: bool
    created_ms: int
    last_seen_ms: int | None
    disabled_ms: int | None
    handle: str
    oidc_subject: str | None

    def visitor(self, session_id: int) -> Visitor:
        """Who asks, when it is this account, by one of its sessions."""
        return Visitor(self.email, self.name, RIGHTS[self.role], self.id, self.role, session_id=session_id)


def email_of(text: str) -> str:
    """An address as accounts have it: without blanks around it, in small letters.

    Raises:
        UsageError: `email-invalid`.
    """
    email = unicodedata.normalize("NFC", text).strip().lower()
    if len(email) > 320 or not _ADDRESS.fullmatch(email) or not email.isprintable():
        raise UsageError("email-invalid", _("That is no e-mail address."), where="email")
    return email


def name_of(text: str) -> str:
    """A name as it is kept: one line, without blanks around it.

    Raises:
        UsageError: `name-invalid`.
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    if not name or len(name) > 200 or not name.isprintable():
        raise UsageError("name-invalid", _("A name has 1 to 200 characters."), where="name")
    return name


def from_row(row: RowMapping) -> Account:
    """The account of a row of `selected`."""
    values = {name: row[name] for name in Account.__dataclass_fields__ if name != "role"}
    return Account(**values, role=Role(row["role"]))


def selected() -> Any:  # noqa: ANN401 - SQLAlchemy's statement, to be narrowed by the caller
    """The statement that reads accounts, without what is secret in them."""
    return select(*_COLUMNS, account.c.password_hash.is_not(None).label("has_password"))


def by_id(connection: Connection, account_id: int) -> Account:
    """The account.

    Raises:
        UsageError: `account-unknown`.
    """
    row = connection.execute(selected().where(account.c.id == account_id)).mappings().first()
    if row is None:
        raise UsageError("account-unknown", _("There is no such account."))
    return from_row(row)


def by_email(connection: Connection, email: str) -> Account | None:
    """The account of an address, if there is one."""
    row = connection.execute(selected().where(account.c.email == email)).mappings().first()
    return from_row(row) if row else None


def everyone(connection: Connection) -> list[Account]:
    """All accounts, by address."""
    return [from_row(row) for row in connection.execute(selected().order_by(account.c.email)).mappings()]


def make(connection: Connection, email: str, name: str, role: Role, at_ms: int) -> Account:
    """A new account, without any way in yet.

    Raises:
        UsageError: `account-exists`; `email-invalid`, `name-invalid`.
    """
    email = email_of(email)
    if by_email(connection, email) is not None:
        raise UsageError("account-exists", _("There is an account of that address."), where="email")
    values = {
        "email": email,
        "name": name_of(name),
        "role": role.value,
        "created_ms": at_ms,
        "handle": secrets.token_hex(32),
    }
    key = connection.execute(account.insert().values(values)).inserted_primary_key
    assert key is not None  # noqa: S101 - an insert of one row gives it
    return by_id(connection, key[0])


def change(connection: Connection, account_id: int, **values: object) -> None:
    """Write columns of an account."""
    connection.execute(account.update().where(account.c.id == account_id).values(**values))


def password_hash(connection: Connection, account_id: int) -> str | None:
    """What is kept of its password."""
    found: str | None = connection.scalar(select(account.c.password_hash).where(account.c.id == account_id))
    return found


def is_empty(connection: Connection) -> bool:
    """Whether nobody administers yet: no admin that could sign in."""
    return _admins(connection) == 0


def keep_an_admin(connection: Connection) -> None:
    """Call it after a change, before the transaction ends: somebody must still be able to administer.

    Raises:
        TrothError: `last-admin`.
    """
    if _admins(connection) == 0:
        raise TrothError(
            "last-admin",
            _("This is the last administrator."),
            _("Make somebody else an administrator first."),
        )


def _admins(connection: Connection) -> int:
    can_sign_in = account.c.last_seen_ms.is_not(None) | account.c.password_hash.is_not(None)
    statement = select(func.count()).where(
        account.c.role == Role.ADMIN.value, account.c.disabled_ms.is_(None), can_sign_in
    )
    return connection.scalar(statement) or 0
