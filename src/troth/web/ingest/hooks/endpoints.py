"""The endpoints of webhooks: made, listed, switched off and on, given a new secret, removed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import or_

from troth.errors import TrothError, UsageError
from troth.store.office import Office
from troth.store.office.tables import endpoint
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.ingest.hooks.schemes import SCHEMES, check_secret, new_secret

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

OLD_HOLDS_HOURS = 24
"""So long the secret of before holds beside a new one, so that nothing is lost until its sender has it."""

REFUSALS = frozenset({"signature-invalid", "kind-unknown", "body-too-large", "encoding-unknown", "too-slow"})
"""Errors that say something about the sender or the endpoint; others are of the moment, and pass."""

_WRITTEN_EVERY_MS = 60_000
"""A refusal is written at most once a minute: anybody may send what is refused."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a sender's webhooks come in; times are UTC epoch milliseconds.

    Attributes:
        id: Its number.
        name: The last part of its address.
        scheme: How the sender signs, one of `schemes.SCHEMES`.
        kind: The record kind that a payload is.
        paths: Where columns are in the payload, if not where the blueprint says: a dotted path each.
        enabled: Whether it takes anything.
        created_ms: When it was made.
        last_used_ms: When it last took something.
        refused_ms: When something was last refused, to the minute.
        refused_code: Why: an error's code.
        old_until_ms: Until when the secret of before holds, too.
    """

    id: int
    name: str
    scheme: str
    kind: str
    paths: Mapping[str, str]
    enabled: bool
    created_ms: int
    last_used_ms: int | None
    refused_ms: int | None
    refused_code: str | None
    old_until_ms: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An endpoint to be made; without a secret it gets a new one."""

    name: str
    scheme: str
    kind: str
    paths: Mapping[str, str]
    secret: str | None = None


def demand_free(office: Office, name: str) -> None:
    """Let pass a name that no endpoint has.

    Raises:
        UsageError: `name-taken`.
    """
    with office.transaction() as connection:
        if _row(connection, name) is not None:
            raise _taken(name)


def make(office: Office, draft: Draft, actor: str, now_ms: int) -> tuple[Endpoint, str | None]:
    """Make an endpoint; it, and the secret that was made for it, which is told only now.

    Raises:
        UsageError: `name-taken`, `secret-invalid`.
    """
    from sqlalchemy.exc import IntegrityError

    demand_free(office, draft.name)
    secret, made = _secret(draft.scheme, draft.secret)
    values = {
        "name": draft.name, "scheme": draft.scheme, "kind": draft.kind, "secret": secret,
        "paths": json.dumps(dict(draft.paths)), "created_ms": now_ms, "enabled": True,
    }  # fmt: skip
    try:
        with office.transaction() as connection:
            connection.execute(endpoint.insert().values(values))
            note(connection, Entry(now_ms, actor, Action.ENDPOINT_MADE, draft.name, {"scheme": draft.scheme}))
    except IntegrityError:
        raise _taken(draft.name) from None
    return found(office, draft.name, now_ms)[0], made


def renew(
    office: Office, name: str, given: str | None, actor: str, now_ms: int, *, at_once: bool
) -> tuple[Endpoint, str | None]:
    """Give an endpoint the secret that is given, or a new one; it, and the one that was made.

    The one of before holds for `OLD_HOLDS_HOURS` beside it, or not any more with `at_once`.

    Raises:
        TrothError: `hook-missing`.
        UsageError: `secret-invalid`.
    """
    with office.transaction() as connection:
        row = _row(connection, name)
        if row is None:
            raise unknown()
        secret, made = _secret(row.scheme, given)
        hours = 0 if at_once else OLD_HOLDS_HOURS
        old = (None, None) if at_once else (row.secret, now_ms + hours * 3_600_000)
        values = {"secret": secret, "old_secret": old[0], "old_until_ms": old[1]}
        connection.execute(endpoint.update().where(endpoint.c.id == row.id).values(values))
        detail: dict[str, str | int] = {"old_holds_hours": hours}
        note(connection, Entry(now_ms, actor, Action.ENDPOINT_SECRET_CHANGED, name, detail))
    return found(office, name, now_ms)[0], made


def remove(office: Office, name: str, actor: str, now_ms: int) -> None:
    """Remove an endpoint and its secret; what it took stays.

    Raises:
        TrothError: `hook-missing`.
    """
    with office.transaction() as connection:
        if not connection.execute(endpoint.delete().where(endpoint.c.name == name)).rowcount:
            raise unknown()
        note(connection, Entry(now_ms, actor, Action.ENDPOINT_REMOVED, name))


def listed(office: Office, now_ms: int) -> list[Endpoint]:
    """All endpoints, by name."""
    with office.transaction() as connection:
        return [_of(row, now_ms) for row in connection.execute(endpoint.select().order_by(endpoint.c.name))]


def found(office: Office, name: str, now_ms: int) -> tuple[Endpoint, tuple[str, ...]]:
    """An endpoint, and the secrets that hold now, the newest first.

    Raises:
        TrothError: `hook-missing`.
    """
    with office.transaction() as connection:
        row = _row(connection, name)
    if row is None:
        raise missing()
    known = _of(row, now_ms)
    return known, (row.secret,) if known.old_until_ms is None else (row.secret, row.old_secret)


def switch(office: Office, name: str, actor: str, now_ms: int, *, enabled: bool) -> Endpoint:
    """Switch an endpoint on or off.

    Raises:
        TrothError: `hook-missing`.
    """
    with office.transaction() as connection:
        statement = endpoint.update().where(endpoint.c.name == name).values(enabled=enabled)
        if not connection.execute(statement).rowcount:
            raise unknown()
        note(connection, Entry(now_ms, actor, Action.ENDPOINT_CHANGED, name, {"enabled": int(enabled)}))
    return found(office, name, now_ms)[0]


def note_refusal(office: Office, endpoint_id: int, code: str, now_ms: int) -> None:
    """Keep that a delivery was refused, where that says something and none was kept a moment ago."""
    if code not in REFUSALS:
        return
    due = or_(endpoint.c.refused_ms.is_(None), endpoint.c.refused_ms <= now_ms - _WRITTEN_EVERY_MS)
    statement = endpoint.update().where(endpoint.c.id == endpoint_id, due)
    with office.transaction() as connection:
        connection.execute(statement.values(refused_ms=now_ms, refused_code=code))


def missing() -> TrothError:
    """The error for an address where no endpoint is, or one that takes nothing."""
    return TrothError("hook-missing", _("There is no webhook at this address."))


def unknown() -> TrothError:
    """The error for an endpoint that is to be changed and is not there."""
    return TrothError("hook-missing", _("There is no such endpoint."))


def _taken(name: str) -> UsageError:
    return UsageError(
        "name-taken",
        _("There is an endpoint “%(name)s” already.") % {"name": name},
        _("Choose another name."),
        where="name",
    )


def _secret(scheme: str, given: str | None) -> tuple[str, str | None]:
    """The secret, and the same once more where it was made here."""
    if given is None:
        made = new_secret(SCHEMES[scheme])
        return made, made
    check_secret(SCHEMES[scheme], given)
    return given, None


def _row(connection: Connection, name: str) -> Row[tuple[object, ...]] | None:
    return connection.execute(endpoint.select().where(endpoint.c.name == name)).first()


def _of(row: Row[tuple[object, ...]], now_ms: int) -> Endpoint:
    holds = row.old_until_ms is not None and row.old_until_ms > now_ms
    return Endpoint(
        row.id, row.name, row.scheme, row.kind, json.loads(row.paths), bool(row.enabled), row.created_ms,
        row.last_used_ms, row.refused_ms, row.refused_code, row.old_until_ms if holds else None,
    )  # fmt: skip
