"""What stands ready follows one batch: its experiences, and the customers whose segment has another value."""

import duckdb

from troth.ledger.standing.building import decay_to
from troth.ledger.standing.rows import customer_rows, recent_rows, segment_cube_rows, shard_rows
from troth.ledger.standing.state import read_standing

_SUMS = "good <> 0 OR bad <> 0 OR n_good <> 0 OR n_bad <> 0"


def change(connection: duckdb.DuckDBPyConnection, added: str, held: str, moved: str, new: str) -> None:
    """Append the differences, in the open transaction.

    Args:
        connection: the writer's.
        added: the table of the rows that have just been appended to `experience`.
        held: the table of all rows of `customer_segment` of the customers in `added`, as they are.
        moved: the table of segments' values that change: customer_no, segment, before, now; they are not
            written yet. Rows in which the value stays are left out.
        new: the table of customers that are new: all their experiences are in `added`.
    """
    standing = read_standing(connection)
    if standing is None:
        return
    day = standing.day
    decay_to(connection, standing, day)
    connection.execute(f"INSERT INTO customer_tail {customer_rows(added, standing.ratio_milli, day)}")
    connection.execute(f"INSERT INTO recent {recent_rows(added, day)}")
    _divide(connection, added, held, moved, new)
    shards = shard_rows("temp.follow_divided", day, by="group_no")
    cube = segment_cube_rows("(FROM temp.follow_divided WHERE group_no > 0)", by="group_no")
    connection.execute(f"""
        INSERT INTO shard_state
        SELECT segment, value, r.* EXCLUDE (group_no) FROM ({shards}) AS r JOIN follow_group USING (group_no)
        WHERE {_SUMS}""")
    connection.execute(f"""
        INSERT INTO segment_cube
        SELECT segment, value, r.* EXCLUDE (group_no) FROM ({cube}) AS r JOIN follow_group USING (group_no)
        WHERE n <> 0 OR weight <> 0""")


def _divide(connection: duckdb.DuckDBPyConnection, added: str, held: str, moved: str, new: str) -> None:
    """Fill `follow_divided` with the evidence that comes to a group, and, its sign turned, what leaves one.

    What is added counts for the values held; then all that a customer has moves on from one to another. A
    group is a segment's value, with a number (`follow_group`), for texts make slow keys; number 0 is the
    whole, of no segment.
    """
    [(moving,)] = connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_flipped AS
        SELECT customer_no, segment, before, now FROM {moved} WHERE before IS DISTINCT FROM now;
        CREATE OR REPLACE TEMP TABLE follow_group AS
        SELECT (row_number() OVER ())::SMALLINT AS group_no, segment, value
        FROM (SELECT segment, value FROM {held} UNION SELECT segment, before FROM follow_flipped
            UNION SELECT segment, now FROM follow_flipped)
        WHERE value IS NOT NULL
        UNION ALL SELECT 0, NULL, NULL;
        CREATE OR REPLACE TEMP TABLE follow_side AS
        SELECT f.customer_no, g.group_no, sign
        FROM (SELECT customer_no, segment, before AS value, -1::SMALLINT AS sign FROM follow_flipped
            UNION ALL SELECT customer_no, segment, now, 1 FROM follow_flipped) AS f
        JOIN follow_group AS g ON g.segment = f.segment AND g.value = f.value;
        SELECT count(*) FROM follow_side
        WHERE customer_no NOT IN (SELECT customer_no FROM {new})""").fetchall()
    known = "experience" if moving else added
    place = "group_no, shard, touchpoint_no, mechanism_no, severity, at_ms"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_divided AS
        SELECT 0::SMALLINT AS {place}, weight, n::SMALLINT AS n FROM {added}
        UNION ALL
        SELECT {place}, weight, n
        FROM {added} JOIN (SELECT customer_no, group_no FROM {held} JOIN follow_group USING (segment, value))
            USING (customer_no)
        UNION ALL
        SELECT {place}, weight * sign, n * sign FROM {known} JOIN follow_side USING (customer_no)""")
