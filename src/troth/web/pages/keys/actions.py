"""What administrators do with API keys."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from pydantic import BeforeValidator, Field

from troth.errors import TrothError
from troth.store.office.trail import Action as Deed
from troth.store.office.trail import Entry, note
from troth.texts import _
from troth.web.access import keys
from troth.web.access.rights import Right
from troth.web.access.state import Notice, access_in
from troth.web.frame.action import Action, Asking, Done, Form
from troth.workspace.live import Live

BACK = "/settings/keys"


@dataclass(frozen=True, slots=True)
class Made:
    """A new key; `secret` is told here and never again."""

    key: keys.Key
    secret: str


@dataclass(frozen=True, slots=True)
class Revoked:
    """The key as it is now."""

    key: keys.Key


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


class MakeForm(Form):
    """What a key is called, what it may do, and for how many days."""

    name: str = Field(max_length=400)
    scopes: Annotated[list[str], BeforeValidator(_listed), Field(max_length=len(Right))] = []  # noqa: RUF012 - pydantic copies it
    days: int = Field(90, ge=1, le=keys.LONGEST_DAYS)


class KeyForm(Form):
    """A key, by its id."""

    id: int = Field(ge=1, le=2**53)


def _make(_live: Live, asking: Asking) -> Done:
    """Make a key; it acts for the account that asks, and may never do more than that."""
    access, form, visitor = access_in(asking.access), asking.form, asking.visitor
    scopes, now_ms = keys.scopes_of(form.scopes, visitor.rights), access.now_ms()
    if visitor.account_id is None:
        raise TrothError("not-allowed", _("A key acts for an account."))
    with access.office.transaction() as connection:
        key, secret = keys.make(connection, visitor.account_id, form.name, scopes, form.days, now_ms)
        detail: dict[str, str | int] = {"prefix": key.prefix, "scopes": " ".join(scopes), "days": form.days}
        note(connection, Entry(now_ms, visitor.actor, Deed.KEY_MADE, key.name, detail))
    notice = Notice(
        _("The key “%(name)s” was made.") % {"name": key.name},
        hint=_("Copy it now: it is not shown again."),
        label=_("API key"),
        secret=secret,
    )
    return Done(BACK, Made(key, secret), notice)


def _revoke(_live: Live, asking: Asking) -> Done:
    """Let a key not hold any more, from now on."""
    access, now_ms = access_in(asking.access), access_in(asking.access).now_ms()
    with access.office.transaction() as connection:
        was = keys.by_id(connection, asking.form.id)
        if was.revoked_ms is None:
            keys.revoke(connection, was.id, now_ms)
            detail: dict[str, str | int] = {"prefix": was.prefix}
            note(connection, Entry(now_ms, asking.visitor.actor, Deed.KEY_REVOKED, was.name, detail))
        key = keys.by_id(connection, was.id)
    access.ring.forget()
    notice = Notice(_("The key “%(name)s” does not hold any more.") % {"name": key.name})
    return Done(BACK, Revoked(key), notice)


ACTIONS = (
    Action("key-make", "/settings/keys/make", Right.ADMINISTER, Made, _make, MakeForm, back=BACK),
    Action("key-revoke", "/settings/keys/revoke", Right.ADMINISTER, Revoked, _revoke, KeyForm, back=BACK),
)
