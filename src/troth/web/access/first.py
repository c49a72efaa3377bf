"""The first administrator: while there is none, each start of the server prints a link that makes one."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from troth.store.office import Office
from troth.store.office.tables import setting
from troth.web.access import accounts, links
from troth.web.access.tokens import digest, fresh, same

if TYPE_CHECKING:
    from sqlalchemy import Connection

HOLDS_MS = 86_400_000
_NAME = "first_link"


def first_link(office: Office, base: str, now_ms: int) -> str | None:
    """The one-time link that makes the first administrator; None when there is one already.

    It holds for 24 hours, and only until the next is made. `base`: the address of the server.
    """
    with office.transaction() as connection:
        connection.execute(delete(setting).where(setting.c.name == _NAME))
        if not accounts.is_empty(connection):
            return None
        token = fresh()
        value = json.dumps({"hash": digest(token), "expires_ms": now_ms + HOLDS_MS})
        connection.execute(setting.insert().values(name=_NAME, value=value))
    return f"{base}/first/{token}"


def look(connection: Connection, token: str, now_ms: int) -> None:
    """Let pass who has the link.

    Raises:
        TrothError: `link-invalid`.
    """
    text = connection.scalar(select(setting.c.value).where(setting.c.name == _NAME))
    kept = json.loads(text) if text else None
    if kept is None or not same(digest(token), kept["hash"]) or now_ms >= kept["expires_ms"]:
        raise links.invalid()
    if not accounts.is_empty(connection):
        raise links.invalid()


def use(connection: Connection, token: str, now_ms: int) -> None:
    """The same, and it does not hold any more: of two at once, one is refused.

    Raises:
        TrothError: `link-invalid`.
    """
    look(connection, token, now_ms)
    if connection.execute(delete(setting).where(setting.c.name == _NAME)).rowcount != 1:
        raise links.invalid()
