"""Forgets what webhooks left once it can be of no use: the ids of deliveries, secrets of before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from troth.store.office.tables import delivery, endpoint

if TYPE_CHECKING:
    from sqlalchemy import Connection

DAY_MS = 86_400_000
RETRIED_DAYS = 7
"""Senders try again for some three days at most."""

REPLAYED_DAYS = 90
"""Where nothing signed says when it was sent, an old delivery that somebody has kept may be sent again at any
time; so long it is known, and later only the ledger's keys and versions judge what it holds."""

REMEMBERED_DAYS: Mapping[str, int] = {"standard": RETRIED_DAYS}
"""By scheme, where it is not `REPLAYED_DAYS`: of those whose signed time is looked at."""


def remembered_days(scheme: str) -> int:
    """How long the deliveries of a scheme are known."""
    return REMEMBERED_DAYS.get(scheme, REPLAYED_DAYS)


def forget_deliveries(connection: Connection, now_ms: int) -> int:
    """Forget the ids that are older than their scheme needs, in the open transaction; how many.

    Old secrets that do not hold any more are forgotten, too.
    """
    from sqlalchemy import select

    forgotten = 0
    for scheme in connection.execute(select(endpoint.c.scheme).distinct()).scalars().all():
        of_scheme = select(endpoint.c.id).where(endpoint.c.scheme == scheme)
        oldest = now_ms - remembered_days(scheme) * DAY_MS
        old = delivery.delete().where(delivery.c.received_ms < oldest, delivery.c.endpoint_id.in_(of_scheme))
        forgotten += connection.execute(old).rowcount
    past = endpoint.c.old_until_ms <= now_ms
    connection.execute(endpoint.update().where(past).values(old_secret=None, old_until_ms=None))
    return forgotten
