"""What stands ready follows one batch: its experiences, and the customers whose segment has another value."""

import duckdb

from troth.ledger.standing.building import decay_to
from troth.ledger.standing.rows import (
    DIVIDED,
    WHOLE,
    customer_rows,
    recent_rows,
    segment_cube_rows,
    shard_rows,
)
from troth.ledger.standing.state import read_standing


def change(connection: duckdb.DuckDBPyConnection, added: str, moved: str, new: str) -> None:
    """Append the differences, in the open transaction.

    Args:
        connection: the writer's.
        added: the table of the rows that have just been appended to `experience`.
        moved: the table of segments' values that change: customer_no, segment, before, now; they are not
            written yet.
        new: the table of customers that are new: all their experiences are in `added`.
    """
    standing = read_standing(connection)
    if standing is None:
        return
    day = standing.day
    decay_to(connection, standing, day)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_divided AS {_divided(added, moved, new)};
        INSERT INTO customer_tail {customer_rows(added, standing.ratio_milli, day)};
        INSERT INTO shard_state {shard_rows(WHOLE.format(table=added), day)};
        INSERT INTO shard_state {shard_rows("temp.follow_divided", day)};
        INSERT INTO segment_cube {segment_cube_rows("temp.follow_divided")};
        INSERT INTO recent {recent_rows(added, day)}""")


def _divided(added: str, moved: str, new: str) -> str:
    """Experiences that come to a segment's value, and, with their sign turned, those that leave one.

    What is added counts for the value before; then all that the customer has moves on.
    """
    columns = "e.customer_no, touchpoint_no, mechanism_no, severity, at_ms, shard"
    return f"""
        WITH moving AS (
            SELECT * FROM experience
            WHERE customer_no IN (SELECT customer_no FROM {moved} EXCEPT SELECT customer_no FROM {new})
            UNION ALL SELECT * FROM {added} WHERE customer_no IN (SELECT customer_no FROM {new})
        )
        SELECT {columns}, weight, n, segment, value FROM {DIVIDED.format(table=added)} AS e
        UNION ALL
        SELECT {columns}, -weight, -n, segment, before FROM moving AS e JOIN {moved} USING (customer_no)
        WHERE before IS NOT NULL
        UNION ALL
        SELECT {columns}, weight, n, segment, now FROM moving AS e JOIN {moved} USING (customer_no)
        WHERE now IS NOT NULL"""
