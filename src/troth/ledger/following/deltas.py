"""Experiences that are retracted and added, and what is summed over them."""

import json
from collections import Counter
from collections.abc import Iterable

import duckdb

from troth.blueprint.records import READY_MADE
from troth.intake.places import rows_of
from troth.intake.writing import fresh
from troth.ledger.dictionaries import number_customers, number_names
from troth.ledger.following.images import Touched
from troth.ledger.following.plan import Plan
from troth.ledger.refresh import CUBE_TAIL, EXPERIENCES, LEFT_OUT, NEWEST, PROMISES, TAIL
from troth.ledger.rules import COLUMNS, FAULTS
from troth.ledger.sql import DAY_MS
from troth.store.tables import hashed, quoted

CHANGE = "temp.follow_change"
"""Rows of `experience` that one batch adds."""


def number_touchpoints(connection: duckdb.DuckDBPyConnection, plan: Plan) -> None:
    """Number the touchpoints that ready-made experiences name, before the rules run."""
    named = connection.execute(
        f"SELECT DISTINCT touchpoint FROM {fresh(READY_MADE)} WHERE touchpoint <> '' ORDER BY 1"
    ).fetchall()
    number_names(connection, plan.blueprint, [name for (name,) in named])


def draft_deltas(connection: duckdb.DuckDBPyConnection, plan: Plan, touched: Touched) -> None:
    """Fill `follow_delta`: what the touched records gave and no longer give (n −1), what is new (n +1)."""
    kinds = [kind for kind in touched if plan.kinds[kind].after is not None]
    changed = [kind for kind in kinds if touched[kind]]
    parts = [f"SELECT *, -1 AS n FROM ({plan.kinds[kind].before})" for kind in changed]
    parts += [f"SELECT *, 1 AS n FROM ({plan.kinds[kind].after})" for kind in kinds]
    columns = ", ".join(COLUMNS)
    nothing = f"SELECT {', '.join(f'NULL AS {name}' for name in COLUMNS)}, 0 AS n WHERE FALSE"
    n, grouped = ("n::TINYINT", "")
    if changed:  # what stays as it was is no difference
        n, grouped = "sum(n)::TINYINT", f" GROUP BY {columns} HAVING sum(n) <> 0"
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_delta AS
        SELECT {columns}, {n} AS n FROM ({" UNION ALL ".join(parts or [nothing])}){grouped}""")


def number_new_customers(
    connection: duckdb.DuckDBPyConnection, plan: Plan, arriving: Iterable[str], others: Iterable[str]
) -> None:
    """Number the customers that the arriving records name first.

    Fills `known` with the rows of `customer` that the batch needs, those of the SELECTs `others` included,
    and `new` with the numbers that are new.
    """
    arrived = set(arriving)
    naming = [
        f"SELECT CAST({quoted(column)} AS VARCHAR) AS customer FROM {fresh(kind)}"
        for kind, column in plan.customers
        if kind in arrived
    ] or ["SELECT NULL::VARCHAR AS customer WHERE FALSE"]
    named = " UNION ALL ".join([*naming, "SELECT customer FROM follow_delta", *others])
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_named AS
        SELECT DISTINCT customer FROM ({named}) WHERE customer <> ''""")
    known = rows_of(
        connection,
        "customer",
        "hash",
        f"SELECT {hashed('customer')} FROM follow_named",
        selected="customer_no, customer, shard",
        text="customer",
        wanted="SELECT customer FROM follow_named",
    )
    connection.execute(f"CREATE OR REPLACE TEMP TABLE follow_known AS {known}")
    [(most,)] = connection.execute("SELECT coalesce(max(customer_no), -1) FROM customer").fetchall()
    number_customers(connection, " UNION ALL ".join(naming), "temp.follow_known")
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_new AS
        SELECT customer_no, customer, shard FROM customer WHERE customer_no > {most};
        INSERT INTO follow_known SELECT * FROM follow_new""")


def add_deltas(connection: duckdb.DuckDBPyConnection, plan: Plan, state: dict[str, str]) -> None:
    """Append the deltas to the experiences and the day cube, and bring the state's figures along."""
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_change AS
        SELECT k.customer_no, d.touchpoint_no, d.mechanism_no, (d.weight * d.n)::INTEGER AS weight,
            d.severity, d.at_ms, d.source_no, d.record, k.shard, d.n
        FROM follow_delta AS d JOIN follow_known AS k ON k.customer = d.customer
        WHERE d.fault IS NULL
        ORDER BY k.customer_no;
        INSERT INTO experience SELECT * FROM {CHANGE}""")
    cubes = connection.execute(f"""
        INSERT INTO day_cube
        SELECT at_ms // {DAY_MS} AS day, touchpoint_no, mechanism_no, severity, sum(weight), sum(n)
        FROM {CHANGE} GROUP BY ALL HAVING sum(n) <> 0 OR sum(weight) <> 0""").fetchall()[0][0]
    [(rows, balance)] = connection.execute(
        f"SELECT count(*), coalesce(sum(n), 0)::BIGINT FROM {CHANGE}"
    ).fetchall()
    for part, more in ((EXPERIENCES, balance), (TAIL, rows), (CUBE_TAIL, cubes)):
        state[part] = str(int(state[part]) + more)
    _left_out(connection, plan, state)
    _newest(connection, plan, state)


def _left_out(connection: duckdb.DuckDBPyConnection, plan: Plan, state: dict[str, str]) -> None:
    names = {no: name for name, no in plan.numbers.source.items()}
    counts = Counter({(source, reason): n for source, reason, n in json.loads(state[LEFT_OUT])})
    for source_no, fault, n in connection.execute(
        "SELECT source_no, fault, sum(n)::BIGINT FROM follow_delta WHERE fault IS NOT NULL GROUP BY ALL"
    ).fetchall():
        counts[names[source_no], FAULTS[fault]] += n
    order = {name: no for no, name in names.items()}
    reasons = list(FAULTS.values())
    kept = sorted(
        (key for key, n in counts.items() if n), key=lambda key: (order[key[0]], reasons.index(key[1]))
    )
    state[LEFT_OUT] = json.dumps([(*key, counts[key]) for key in kept])


def _newest(connection: duckdb.DuckDBPyConnection, plan: Plan, state: dict[str, str]) -> None:
    promises = [plan.numbers.source[name] for name in json.loads(state[PROMISES])]
    broken = f"severity > 0 AND source_no IN ({', '.join(map(str, promises))})" if promises else "FALSE"
    [(added, gone)] = connection.execute(
        f"SELECT max(at_ms) FILTER (n > 0), max(at_ms) FILTER (n < 0) FROM {CHANGE} WHERE NOT ({broken})"
    ).fetchall()
    newest = int(state[NEWEST]) if NEWEST in state else None
    if added is not None and (newest is None or added >= newest):
        state[NEWEST] = str(added)
    elif newest is not None and gone is not None and gone >= newest:
        for days in (1, 32, 1024, None):  # a look at all is seldom needed
            since = 0 if days is None else newest - days * DAY_MS
            [(found,)] = connection.execute(f"""
                SELECT max(at_ms) FROM (
                    SELECT at_ms FROM experience WHERE at_ms >= {since} AND NOT ({broken})
                    GROUP BY at_ms HAVING sum(n) > 0)""").fetchall()
            if found is not None:
                state[NEWEST] = str(found)
                return
        state.pop(NEWEST)
