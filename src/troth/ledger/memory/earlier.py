"""Sums by touchpoint and shard at the end of an earlier day, which today is compared with."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from troth.blueprint.parameters import Settings
from troth.ledger.dictionaries import SHARDS
from troth.ledger.evidence import Question
from troth.ledger.memory.following import Followed, remembered
from troth.ledger.sql import DAY_MS
from troth.ledger.standing.building import decay_to
from troth.ledger.standing.rows import WHOLE, shard_rows
from troth.ledger.standing.state import Standing, standing_of
from troth.store import Store

_MOST_PARTS = 64


class Earlier(Followed):
    """The experiences up to the end of `asked.day`, decayed to it."""

    def __init__(self, asked: Standing) -> None:
        super().__init__()
        self._asked = asked
        self._rows: pa.Table | None = None
        self._parts = 0

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add up all experiences."""
        self._rows, self._parts = self._summed(connection, "experience"), 1

    def add(self, connection: duckdb.DuckDBPyConnection, rows: str) -> None:
        """Add the sums of a relation's rows behind; now and then all are added up."""
        self._rows = pa.concat_tables([self._rows, self._summed(connection, rows)])
        self._parts += 1
        if self._parts > _MOST_PARTS:
            self._rows, self._parts = self.sums(connection), 1

    def sums(self, connection: duckdb.DuckDBPyConnection) -> pa.Table:
        """By touchpoint, shard and mechanism, as `evidence.remaining_by_mechanism` says."""
        connection.register("remembered_sums", self._rows)
        found = connection.sql(_AGAIN).to_arrow_table()
        connection.unregister("remembered_sums")
        return found

    def _summed(self, connection: duckdb.DuckDBPyConnection, rows: str) -> pa.Table:
        day = self._asked.day
        decay_to(connection, self._asked, day)
        sums = shard_rows(WHOLE.format(table=rows), day + 1)
        return connection.sql(f"SELECT {_COLUMNS} FROM ({sums})").to_arrow_table()


def shard_sums(store: Store, settings: Settings, question: Question) -> pa.Table | None:
    """The sums that `question` asks for, where the store's process remembers such sums."""
    at = question.at
    if (
        store.memory is None
        or at.at_ms != (at.day + 1) * DAY_MS - 1
        or question.keys != ("touchpoint", "shard")
        or question.shards != SHARDS
        or question.conditions
    ):
        return None
    known = remembered(store, Earlier, standing_of(settings, at.day), current=True)
    return known.sums(store.connection)


_COLUMNS = "touchpoint_no, shard, mechanism_no, good, bad, n_good, n_bad"
_AGAIN = """
    SELECT touchpoint_no, shard, mechanism_no, sum(good)::HUGEINT AS good, sum(bad)::HUGEINT AS bad,
        sum(n_good)::BIGINT AS n_good, sum(n_bad)::BIGINT AS n_bad
    FROM remembered_sums GROUP BY ALL HAVING sum(n_good) + sum(n_bad) > 0"""
