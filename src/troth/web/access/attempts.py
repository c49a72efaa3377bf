"""Failed sign-ins in a row: after some, one has to wait, and longer each time.

Counted by the address of the account, whether there is one or not, and by the network's address; an attempt
counts before the password is looked at, so that many at once are counted like many in a row.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import delete, select

from troth.store.office.tables import attempt
from troth.web.access.tokens import digest

if TYPE_CHECKING:
    from sqlalchemy import Connection

MINUTE_MS = 60_000
FORGOTTEN_AFTER_MS = 24 * 60 * MINUTE_MS
LONGEST_MS = 60 * MINUTE_MS


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many failures are free; the wait after the next ones doubles from `first_ms`."""

    free: int
    first_ms: int


OF_ACCOUNT = Allowance(5, MINUTE_MS)
OF_NETWORK = Allowance(20, MINUTE_MS)
"""More than one person may sit behind an address."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long nobody may try, in milliseconds; 0: now. `begins`: this attempt is the one too many."""

    ms: int
    begins: bool = False


def who_account(email: str) -> str:
    """The name under which an account's failures are counted."""
    return digest(f"account {email.strip().lower()}")


def who_network(address: str) -> str:
    """The name under which a network's failures are counted; in IPv6 a network of 64 bits is one."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return digest(f"network {address}")
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return digest(f"network {found.ipv4_mapped}")
        return digest(f"network {ipaddress.ip_network((int(found) >> 64 << 64, 64))}")
    return digest(f"network {found}")


def begin(connection: Connection, who: str, allowance: Allowance, now_ms: int) -> Wait:
    """Count one attempt of `who` as failed, unless they have to wait; what they have to wait."""
    connection.execute(delete(attempt).where(attempt.c.last_ms < now_ms - FORGOTTEN_AFTER_MS))
    row = connection.execute(select(attempt).where(attempt.c.who_hash == who).with_for_update()).first()
    if row is None:
        _add(connection, who, now_ms)
        return Wait(0)
    if row.locked_until_ms > now_ms:
        return Wait(row.locked_until_ms - now_ms)
    failures = row.failures + 1
    over = failures - allowance.free
    wait_ms = min(LONGEST_MS, allowance.first_ms << min(over, 20)) if over >= 0 else 0
    connection.execute(
        attempt.update()
        .where(attempt.c.who_hash == who)
        .values(failures=failures, last_ms=now_ms, locked_until_ms=now_ms + wait_ms)
    )
    return Wait(0, begins=wait_ms > 0)


def forget(connection: Connection, *names: str) -> None:
    """They got in: their failures do not count any more."""
    connection.execute(delete(attempt).where(attempt.c.who_hash.in_(names)))


def _add(connection: Connection, who: str, now_ms: int) -> None:
    from sqlalchemy.dialects.postgresql import insert as insert_postgresql
    from sqlalchemy.dialects.sqlite import insert as insert_sqlite

    insert = insert_postgresql if connection.dialect.name == "postgresql" else insert_sqlite
    values = {"who_hash": who, "failures": 1, "last_ms": now_ms, "locked_until_ms": 0}
    row = insert(attempt).values(values)
    connection.execute(
        row.on_conflict_do_update(index_elements=["who_hash"], set_={"failures": attempt.c.failures + 1})
    )
