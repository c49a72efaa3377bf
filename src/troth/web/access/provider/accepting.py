"""From a person whom the provider vouches for to an account here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from troth.errors import TrothError
from troth.store.office.tables import account
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.access import accounts, administering
from troth.web.access.accounts import Account
from troth.web.access.provider.identity import Identity
from troth.web.access.settings import OidcSettings

if TYPE_CHECKING:
    from sqlalchemy import Connection


def accepted(connection: Connection, who: Identity, settings: OidcSettings, now_ms: int) -> Account:
    """The account of a person: joined by its address, once, or made where the settings say so.

    Where groups give roles they are the truth: the role follows them at every sign-in, and who is in none of
    them comes in no more.

    Raises:
        TrothError: `account-missing`: there is none and none is to be made; `group-missing`; `last-admin`.
    """
    found = _by_subject(connection, who.subject) or _joined(connection, who, now_ms)
    had = found.role if found is not None and not settings.roles else None
    role = who.role or had or settings.new_role
    if role is None:
        code = "group-missing" if settings.roles else "account-missing"
        raise TrothError(code, _("You may not come in here."), _("Ask an administrator for it."))
    if found is None:
        if not who.email:
            raise TrothError("account-missing", _("The provider does not vouch for your e-mail address."))
        found = accounts.make(connection, who.email, who.name or who.email, role, now_ms)
        accounts.change(connection, found.id, oidc_subject=who.subject)
        detail: dict[str, str | int] = {"role": role.value, "way": "provider"}
        note(connection, Entry(now_ms, found.email, Action.ACCOUNT_MADE, found.email, detail))
        return accounts.by_id(connection, found.id)
    if settings.roles and role is not found.role:
        return administering.give_role(connection, "provider", found.id, role, now_ms)
    return found


def _by_subject(connection: Connection, subject: str) -> Account | None:
    account_id = connection.scalar(select(account.c.id).where(account.c.oidc_subject == subject))
    return None if account_id is None else accounts.by_id(connection, account_id)


def _joined(connection: Connection, who: Identity, now_ms: int) -> Account | None:
    """The account of the address that the provider has checked, from now on known by its subject."""
    found = accounts.by_email(connection, who.email) if who.email else None
    if found is None or found.oidc_subject is not None:  # of somebody else who had this address before
        return None
    accounts.change(connection, found.id, oidc_subject=who.subject)
    note(connection, Entry(now_ms, "provider", Action.ACCOUNT_CHANGED, found.email, {"joined": 1}))
    return found
