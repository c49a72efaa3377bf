"""What was lived by day, touchpoint, mechanism and groups of customers: for the course of a touchpoint."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from troth.ledger.dictionaries import SHARDS
from troth.ledger.evidence import Question
from troth.ledger.memory.following import Followed, remembered
from troth.ledger.sql import DAY_MS
from troth.store import Store

GROUPS = 64
"""Of customers, at most."""

_SIZE = SHARDS // GROUPS
_DIMENSIONS = frozenset({"touchpoint", "mechanism", "precondition"})


class ShardDays(Followed):
    """Sums of weights and counts by touchpoint, mechanism, sign, day and group of customers."""

    def __init__(self, _parameters: None = None) -> None:
        super().__init__()
        self._rows: pa.Table | None = None
        self._parts = 0

    def begin(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Add up all experiences."""
        self._rows, self._parts = connection.sql(_SUMS.format(rows="experience")).to_arrow_table(), 1

    def add(self, connection: duckdb.DuckDBPyConnection, rows: str) -> None:
        """Add the sums of a relation's rows behind; now and then all are added up."""
        added = connection.sql(_SUMS.format(rows=rows)).to_arrow_table()
        self._rows, self._parts = pa.concat_tables([self._rows, added]), self._parts + 1
        if self._parts > _MOST_PARTS:
            connection.register("remembered_days", self._rows)
            self._rows, self._parts = connection.sql(_AGAIN).to_arrow_table(), 1
            connection.unregister("remembered_days")

    def sums(self, connection: duckdb.DuckDBPyConnection, question: Question) -> pa.Table:
        """As `evidence.day_sums` says, for a question that `answers`."""
        at = question.at
        shard = f"e.shard // {GROUPS // question.shards} AS shard"
        selected = {"touchpoint": "e.touchpoint_no", "shard": shard, "day": "e.day"}
        keys = [*question.columns, "mechanism_no"]
        columns = ", ".join(
            [*(selected[key] for key in question.keys), "e.mechanism_no", "severity", "weight", "n"]
        )
        where = " AND ".join([f"e.day <= {at.day}", *question.conditions])
        connection.register("remembered_days", self._rows)
        found = connection.sql(f"""
            SELECT {", ".join(keys)},
                coalesce(sum(weight) FILTER (severity = 0), 0)::BIGINT AS good,
                coalesce(sum(-weight) FILTER (severity > 0), 0)::BIGINT AS bad,
                coalesce(sum(n) FILTER (severity = 0), 0)::BIGINT AS n_good,
                coalesce(sum(n) FILTER (severity > 0), 0)::BIGINT AS n_bad
            FROM (
                SELECT {columns} FROM (
                    FROM remembered_days UNION ALL
                    SELECT * REPLACE (-weight AS weight, -n AS n) FROM ({_SUMS.format(rows=_later(question))})
                ) AS e WHERE {where})
            GROUP BY {", ".join(keys)} HAVING sum(n) > 0""").to_arrow_table()
        connection.unregister("remembered_days")
        return found


def answers(question: Question) -> bool:
    """Whether it can be answered by these sums, now or by the ledger's own moment."""
    return (
        question.at.origin != "given"
        and {"touchpoint", "shard", "day"}.issuperset(question.keys)
        and question.shards <= GROUPS
        and _DIMENSIONS.issuperset(question.named)
    )


def day_sums(store: Store, question: Question) -> pa.Table | None:
    """The answer to `evidence.day_sums` of the question, where the store's process remembers such sums."""
    if store.memory is None or not answers(question):
        return None
    return remembered(store, ShardDays, None, current=True).sums(store.connection, question)


def _later(question: Question) -> str:
    """The experiences of the read-out's day that come after it."""
    after, end = question.at.at_ms, (question.at.day + 1) * DAY_MS
    return f"(SELECT * FROM experience WHERE at_ms > {after} AND at_ms < {end})"


_MOST_PARTS = 64
_SUMS = f"""
    SELECT touchpoint_no, mechanism_no, (severity > 0)::TINYINT AS severity,
        (at_ms // {DAY_MS})::INTEGER AS day, (shard // {_SIZE})::SMALLINT AS shard,
        sum(weight)::BIGINT AS weight, sum(n)::BIGINT AS n
    FROM {{rows}} GROUP BY ALL"""
_AGAIN = """
    SELECT touchpoint_no, mechanism_no, severity, day, shard, sum(weight)::BIGINT AS weight,
        sum(n)::BIGINT AS n
    FROM remembered_days GROUP BY ALL HAVING sum(n) <> 0 OR sum(weight) <> 0"""
