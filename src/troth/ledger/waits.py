"""How long customers waited for what was promised, by the hour: from the promise to its keeping."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint, Promise
from troth.ledger.answers import Moment
from troth.ledger.reader import Reader
from troth.ledger.refresh import relations
from troth.ledger.rules import FIRST_MS, LAST_MS
from troth.ledger.sql import render
from troth.store import Store

HOUR_MS = 3_600_000


@dataclass(frozen=True, slots=True)
class Waits:
    """Waits of one promise: ascending `hours` (begun ones), how many ended then, how many last that long.

    `kept` and `open` have the shape of `hours`: promises kept in that hour, and promises that were made that
    long before the read-out and are not kept by then.
    """

    hours: NDArray[np.int64]
    kept: NDArray[np.int64]
    open: NDArray[np.int64]


def waits(store: Store, blueprint: Blueprint, settings: Settings, promise: Promise, at: Moment) -> Waits:
    """The waits as they stand at the read-out.

    Left out are records for which the promise holds nothing, or that say it was kept before it was made.
    """
    reader = Reader(blueprint, promise.source, settings)
    applies, made, kept = reader.condition(promise.when), reader.time(promise.made), reader.time(promise.kept)
    text = f"""
        SELECT (CASE WHEN kept_ms <= {at.at_ms} THEN kept_ms ELSE {at.at_ms} END - made_ms) // {HOUR_MS}
                AS hours,
            kept_ms <= {at.at_ms} AS kept
        FROM (SELECT {applies} AS applies, {made} AS made_ms, {kept} AS kept_ms
            FROM {reader.tables(relations(store, blueprint))}) AS given
        WHERE applies AND made_ms BETWEEN {FIRST_MS} AND {min(at.at_ms, LAST_MS - 1)}
            AND (kept_ms IS NULL OR kept_ms >= made_ms)"""
    found = store.connection.execute(
        f"""SELECT hours, count(*) FILTER (kept), count(*) FILTER (kept IS NOT TRUE)
            FROM ({render(text, checked=tuple(reader.checked))}) GROUP BY hours ORDER BY hours"""
    ).fetchall()
    columns = np.array(found, np.int64).reshape(len(found), 3).T
    return Waits(columns[0], columns[1], columns[2])
