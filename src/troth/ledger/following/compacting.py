"""Puts what was appended in its place, now and then, so that read-outs stay quick."""

from uuid import uuid4

from troth.ledger.dictionaries import LIVED
from troth.ledger.refresh import CUBE_TAIL, EXPERIENCES, ORDER, TAIL, read_state, write_state
from troth.ledger.standing import building
from troth.store import Store

LEAST_ROWS = 1_000_000
LEAST_CUBE_ROWS = 200_000
SHARE = 4
"""A tail is put in order when it is a quarter of what there is: a row is then written five times in all."""


def crowded(store: Store) -> bool:
    """Whether `compact` would have something to do."""
    state = read_state(store)
    return bool(state) and (_long(state) or _long_cube(store, state) or building.crowded(store.connection))


def compact(store: Store, *, whole: bool = False) -> bool:
    """Put experiences in the order of customers, without those retracted, and sum up the day cube.

    In one transaction; with `whole` however little there is to do. What is read out stays the same, to the
    bit. Returns whether anything was done.
    """
    state = read_state(store)
    if not state:
        return False
    experiences, cube = whole or _long(state), whole or _long_cube(store, state)
    standing = whole or building.crowded(store.connection)
    if not (experiences or cube or standing):
        return False
    with store.transaction() as connection:
        if experiences:
            connection.execute(f"""
                CREATE TEMP TABLE lived AS SELECT * FROM {LIVED};
                DELETE FROM experience;
                INSERT INTO experience SELECT * FROM lived ORDER BY customer_no;
                DROP TABLE lived""")
            state |= {TAIL: "0", ORDER: uuid4().hex}
        if cube:
            connection.execute("""
                CREATE TEMP TABLE cube AS
                SELECT day, touchpoint_no, mechanism_no, severity, sum(weight) AS weight, sum(n) AS n
                FROM day_cube GROUP BY ALL HAVING sum(n) <> 0 OR sum(weight) <> 0;
                DELETE FROM day_cube;
                INSERT INTO day_cube SELECT * FROM cube ORDER BY ALL;
                DROP TABLE cube""")
            state[CUBE_TAIL] = "0"
        if standing:
            building.tidy(connection)
        write_state(store, state)
    return True


def _long(state: dict[str, str]) -> bool:
    return int(state[TAIL]) > max(LEAST_ROWS, int(state[EXPERIENCES]) // SHARE)


def _long_cube(store: Store, state: dict[str, str]) -> bool:
    [(rows,)] = store.connection.execute("SELECT count(*) FROM day_cube").fetchall()
    return int(state[CUBE_TAIL]) > max(LEAST_CUBE_ROWS, int(rows) // 2)
