"""Makes what stands ready, for a day and the parameters in force, and adds up the tails of differences."""

import duckdb

from troth.blueprint.parameters import Settings
from troth.ledger.answers import Moment
from troth.ledger.decay_table import Decaying, decay_table, use_decay
from troth.ledger.standing.reading import pool_columns
from troth.ledger.standing.rows import (
    DIVIDED,
    WHOLE,
    customer_rows,
    recent_rows,
    segment_cube_rows,
    shard_rows,
    width,
)
from troth.ledger.standing.state import PART, encoded, read_standing, standing_of
from troth.store import Store

TABLES = ("customer_state", "customer_tail", "shard_state", "segment_cube", "recent")
_LEAST_TAIL = 50_000
_SHARE = 10


def stand(store: Store, settings: Settings, day: int) -> bool:
    """Make sums of all experiences before `day`, decayed to it, stand ready; `carry` keeps them up to date.

    In one transaction, from a scan of all experiences; nothing is done when they stand already. The ledger
    must be up to date (`refresh`). Returns whether anything was done.
    """
    if read_standing(store.connection) == standing_of(settings, day):
        return False
    with store.transaction() as connection:
        build(connection, settings, day)
    return True


def build(connection: duckdb.DuckDBPyConnection, settings: Settings, day: int) -> None:
    """The same in the open transaction, whatever stands there."""
    standing = standing_of(settings, day)
    drop(connection)
    decay_to(connection, standing, day)
    rows = customer_rows("experience", standing.ratio_milli, day)
    whole, divided = (relation.format(table="experience") for relation in (WHOLE, DIVIDED))
    shards = f"FROM ({shard_rows(whole, day)}) UNION ALL FROM ({shard_rows(divided, day)})"
    cube = segment_cube_rows(divided)
    connection.execute(f"""
        CREATE TABLE customer_state AS SELECT * FROM ({rows}) WHERE n > 0 ORDER BY customer_no;
        CREATE TABLE customer_tail AS FROM customer_state LIMIT 0;
        CREATE TABLE shard_state AS SELECT * FROM ({shards}) WHERE n_good + n_bad > 0 ORDER BY ALL;
        CREATE TABLE segment_cube AS SELECT * FROM ({cube}) WHERE n > 0 ORDER BY ALL;
        CREATE TABLE recent AS {recent_rows("experience", day)}""")
    connection.execute("INSERT OR REPLACE INTO refresh_state VALUES (?, ?)", [PART, encoded(standing)])


def decay_to(connection: duckdb.DuckDBPyConnection, settings: Decaying, day: int) -> None:
    """Offer the table `decay` for a read-out on `day`, for all days that have experiences."""
    [(first,)] = connection.execute("SELECT coalesce(min(day), 0) FROM day_cube").fetchall()
    use_decay(connection, decay_table(settings, int(first), Moment(0, day, "given")))


def drop(connection: duckdb.DuckDBPyConnection) -> None:
    """Have nothing stand ready, in the open transaction."""
    for table in TABLES:
        connection.execute(f"DROP TABLE IF EXISTS {table}")
    connection.execute("DELETE FROM refresh_state WHERE part = ?", [PART])


def crowded(connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether the customers' tail has grown long."""
    if read_standing(connection) is None:
        return False
    [(tail, main)] = connection.execute(
        "SELECT (SELECT count(*) FROM customer_tail), (SELECT count(*) FROM customer_state)"
    ).fetchall()
    return int(tail) > max(_LEAST_TAIL, int(main) // _SHARE)


def tidy(connection: duckdb.DuckDBPyConnection) -> None:
    """Add up what was appended, in the open transaction."""
    standing = read_standing(connection)
    if standing is None:
        return
    pools = pool_columns(width(standing.ratio_milli))
    sums = ", ".join(f"sum({name}) AS {name}" for name in ("balance", *pools))
    connection.execute(f"""
        CREATE OR REPLACE TABLE customer_state AS
        SELECT customer_no, sum(n)::BIGINT AS n, {sums}
        FROM (FROM customer_state UNION ALL FROM customer_tail)
        GROUP BY customer_no HAVING sum(n) > 0 ORDER BY customer_no;
        CREATE OR REPLACE TABLE customer_tail AS FROM customer_state LIMIT 0;
        CREATE OR REPLACE TABLE shard_state AS
        SELECT segment, value, shard, touchpoint_no, mechanism_no, sum(good) AS good, sum(bad) AS bad,
            sum(n_good)::BIGINT AS n_good, sum(n_bad)::BIGINT AS n_bad
        FROM shard_state GROUP BY ALL HAVING sum(n_good) + sum(n_bad) > 0 ORDER BY ALL;
        CREATE OR REPLACE TABLE segment_cube AS
        SELECT segment, value, day, touchpoint_no, mechanism_no, severity, sum(weight)::BIGINT AS weight,
            sum(n)::BIGINT AS n
        FROM segment_cube GROUP BY ALL HAVING sum(n) > 0 ORDER BY ALL""")
