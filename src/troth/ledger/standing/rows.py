"""Rows of the tables that stand ready, worked out from experiences: all of them, or those of one batch.

The decay is that of the table `decay`, to the day from which on experiences are kept apart.
"""

from troth.ledger.answers import Moment
from troth.ledger.arithmetic import merged_pools
from troth.ledger.evidence import Question, remaining_by_pool
from troth.ledger.sql import DAY_MS, render
from troth.ledger.standing.reading import pool_columns
from troth.vocabulary import MECHANISMS

WHOLE = "(SELECT *, NULL::VARCHAR AS segment, NULL::VARCHAR AS value FROM {table})"
"""Experiences as the whole, of no segment."""

DIVIDED = "(SELECT e.*, segment, value FROM {table} AS e JOIN customer_segment USING (customer_no))"
"""Experiences by the segments that their customers are of now."""


def width(ratio_milli: tuple[int, ...]) -> int:
    """How many pools there are, each with a column for good and for bad."""
    return len(merged_pools(ratio_milli)[0].ratio)


def customer_rows(table: str, ratio_milli: tuple[int, ...], day: int) -> str:
    """SELECT of customer_no, n, balance and the pools' sums of the experiences before `day` in `table`.

    The balance is in thousandths of 2⁻⁴⁰ milli-units, exact: good times 1000, less bad times its ratio.
    """
    pools, _column = merged_pools(ratio_milli)
    size = len(pools.ratio)
    asked = Question(("customer",), Moment(day * DAY_MS - 1, day - 1, "given"), table=table)
    sums = ", ".join(f"CAST({name} AS HUGEINT) AS {name}" for name in pool_columns(size))
    balance = " + ".join(
        f"1000 * good_{pool} - {round(ratio * 1000)} * bad_{pool}" for pool, ratio in enumerate(pools.ratio)
    )
    return f"""
        SELECT customer_no, n, CAST({balance} AS HUGEINT) AS balance, {sums}
        FROM ({render(remaining_by_pool(asked, size, net=False))})"""


def shard_rows(divided: str, day: int, by: str = "segment, value") -> str:
    """SELECT of rows of `shard_state` of the experiences before `day` in `divided`, a relation.

    It has its customers' groups in the columns `by`.
    """
    return f"""
        SELECT {by}, shard, touchpoint_no, e.mechanism_no,
            coalesce(sum(weight * good_factor) FILTER (severity = 0), 0) AS good,
            coalesce(sum(-weight * bad_factor) FILTER (severity > 0), 0) AS bad,
            coalesce(sum(n) FILTER (severity = 0), 0)::BIGINT AS n_good,
            coalesce(sum(n) FILTER (severity > 0), 0)::BIGINT AS n_bad
        FROM {divided} AS e
        JOIN decay ON slot = (at_ms // {DAY_MS} * {len(MECHANISMS)} + e.mechanism_no)::INTEGER
        WHERE at_ms < {day * DAY_MS}
        GROUP BY ALL"""


def segment_cube_rows(divided: str, by: str = "segment, value") -> str:
    """SELECT of rows of `segment_cube` of the experiences in `divided`, as for `shard_rows`."""
    return f"""
        SELECT {by}, (at_ms // {DAY_MS})::INTEGER AS day, touchpoint_no, mechanism_no, severity,
            sum(weight)::BIGINT AS weight, sum(n)::BIGINT AS n
        FROM {divided} GROUP BY ALL"""


def recent_rows(table: str, day: int) -> str:
    """SELECT of the experiences from `day` on in `table`."""
    return f"SELECT * FROM {table} WHERE at_ms >= {day * DAY_MS}"
