"""The endpoints of webhooks: made, listed, switched off and on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.errors import TrothError, UsageError
from troth.store.office import Office
from troth.store.office.tables import endpoint
from troth.store.office.trail import Action, Entry, note
from troth.texts import _
from troth.web.ingest.hooks.schemes import SCHEMES, check_secret, new_secret

if TYPE_CHECKING:
    from sqlalchemy import Row


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where a sender's webhooks come in.

    Attributes:
        id: Its number.
        name: The last part of its address.
        scheme: How the sender signs, one of `schemes.SCHEMES`.
        kind: The record kind that a payload is.
        paths: Where columns are in the payload, if not where the blueprint says: a dotted path each.
        enabled: Whether it takes anything.
        created_ms: When it was made.
        last_used_ms: When it last took something.
    """

    id: int
    name: str
    scheme: str
    kind: str
    paths: Mapping[str, str]
    enabled: bool
    created_ms: int
    last_used_ms: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """An endpoint to be made; without a secret it gets a new one."""

    name: str
    scheme: str
    kind: str
    paths: Mapping[str, str]
    secret: str | None = None


def make(office: Office, draft: Draft, actor: str, now_ms: int) -> tuple[Endpoint, str]:
    """Make an endpoint; it and its secret, which is told only now.

    Raises:
        UsageError: `secret-invalid`, `name-taken`.
    """
    from sqlalchemy.exc import IntegrityError

    scheme = SCHEMES[draft.scheme]
    if draft.secret is not None:
        check_secret(scheme, draft.secret)
    secret = draft.secret or new_secret(scheme)
    values = {
        "name": draft.name, "scheme": draft.scheme, "kind": draft.kind, "secret": secret,
        "paths": json.dumps(dict(draft.paths)), "created_ms": now_ms, "enabled": True,
    }  # fmt: skip
    try:
        with office.transaction() as connection:
            connection.execute(endpoint.insert().values(values))
            note(connection, Entry(now_ms, actor, Action.ENDPOINT_MADE, draft.name, {"scheme": draft.scheme}))
    except IntegrityError:
        raise UsageError(
            "name-taken",
            _("There is an endpoint “%(name)s” already.") % {"name": draft.name},
            _("Choose another name."),
        ) from None
    return found(office, draft.name)[0], secret


def listed(office: Office) -> list[Endpoint]:
    """All endpoints, by name."""
    with office.transaction() as connection:
        return [_of(row) for row in connection.execute(endpoint.select().order_by(endpoint.c.name))]


def found(office: Office, name: str) -> tuple[Endpoint, str]:
    """An endpoint and its secret.

    Raises:
        TrothError: `hook-missing`.
    """
    with office.transaction() as connection:
        row = connection.execute(endpoint.select().where(endpoint.c.name == name)).first()
    if row is None:
        raise missing()
    return _of(row), str(row.secret)


def switch(office: Office, name: str, actor: str, now_ms: int, *, enabled: bool) -> Endpoint:
    """Switch an endpoint on or off.

    Raises:
        TrothError: `hook-missing`.
    """
    with office.transaction() as connection:
        changed = connection.execute(
            endpoint.update().where(endpoint.c.name == name).values(enabled=enabled)
        ).rowcount
        if changed:
            note(connection, Entry(now_ms, actor, Action.ENDPOINT_CHANGED, name, {"enabled": int(enabled)}))
    return found(office, name)[0]


def missing() -> TrothError:
    """The error for an endpoint that is not there, or takes nothing."""
    return TrothError("hook-missing", _("There is no webhook at this address."))


def _of(row: Row[tuple[object, ...]]) -> Endpoint:
    return Endpoint(
        row.id, row.name, row.scheme, row.kind, json.loads(row.paths), bool(row.enabled), row.created_ms,
        row.last_used_ms,
    )  # fmt: skip
