"""What the page of accounts shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from troth.store.office.tables import api_key, passkey
from troth.web.access import accounts
from troth.web.access.rights import ROLE_NAMES, Role
from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class Person:
    """An account; times are UTC epoch milliseconds.

    `has_password`, `passkeys`, `by_provider`: the ways in that it has; none of them: it was invited and has
    not come yet. `keys`: how many API keys act for it and hold.
    """

    id: int
    email: str
    name: str
    role: Role
    has_password: bool
    passkeys: int
    by_provider: bool
    keys: int
    created_ms: int
    last_seen_ms: int | None
    disabled_ms: int | None


@dataclass(frozen=True, slots=True)
class People:
    """All accounts, by address."""

    people: tuple[Person, ...]


def people(live: Live, _workspace: Workspace, _asked: Asked) -> People:
    """Read all accounts."""
    now_ms = live.now_ms()
    holding = api_key.c.revoked_ms.is_(None) & (api_key.c.expires_ms > now_ms)
    with live.office.transaction() as connection:
        found = accounts.everyone(connection)
        keys = select(api_key.c.account_id, func.count()).where(holding).group_by(api_key.c.account_id)
        devices = select(passkey.c.account_id, func.count()).group_by(passkey.c.account_id)
        of_keys = Counter({row[0]: row[1] for row in connection.execute(keys)})
        of_devices = Counter({row[0]: row[1] for row in connection.execute(devices)})
    shown = (
        Person(
            one.id,
            one.email,
            one.name,
            one.role,
            one.has_password,
            of_devices[one.id],
            one.oidc_subject is not None,
            of_keys[one.id],
            one.created_ms,
            one.last_seen_ms,
            one.disabled_ms,
        )
        for one in found
    )
    return People(tuple(shown))


def rows(answer: People) -> list[dict[str, Any]]:
    """The table."""
    return [asdict(one) for one in answer.people]


def words(_answer: People, _asked: Asked) -> dict[str, Any]:
    """The words of the page."""
    return {"roles": [(role.value, str(name)) for role, name in ROLE_NAMES.items()], "moment": moment}
