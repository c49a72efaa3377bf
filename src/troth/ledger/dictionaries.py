"""Numbers for ids: touchpoints, sources and customers. Append-only, so a number never changes its meaning."""

import duckdb

from troth.blueprint.schema import Blueprint
from troth.errors import TrothError
from troth.ledger.rules import READY_MADE_SOURCE, Numbers
from troth.store import tables
from troth.texts import _

SHARDS = 1024
MOST = 32_000

LIVED = """(
    SELECT * FROM experience
    WHERE customer_no NOT IN (SELECT customer_no FROM experience WHERE n < 0)
    UNION ALL
    SELECT customer_no, touchpoint_no, mechanism_no, weight * n AS weight, severity, at_ms, source_no, record,
        shard, 1 AS n
    FROM experience
    WHERE customer_no IN (SELECT customer_no FROM experience WHERE n < 0)
    GROUP BY ALL HAVING sum(experience.n) > 0
)"""
"""The experiences without those that were retracted: for what is no sum. Sums may take them all."""


def number_names(
    connection: duckdb.DuckDBPyConnection, blueprint: Blueprint, ready_made: list[str]
) -> Numbers:
    """Number every touchpoint and source that has none yet; `ready_made` are touchpoints the data name."""
    touchpoints = [touchpoint.id for touchpoint in blueprint.touchpoints] + ready_made
    sources = [rule.id for rule in blueprint.rules] + [promise.id for promise in blueprint.promises]
    return Numbers(
        _number(connection, "touchpoint", touchpoints),
        _number(connection, "source", [*sources, READY_MADE_SOURCE]),
    )


def known_numbers(connection: duckdb.DuckDBPyConnection) -> Numbers:
    """The numbers given so far."""
    return Numbers(_known(connection, "touchpoint"), _known(connection, "source"))


def number_customers(connection: duckdb.DuckDBPyConnection, customers: str, known: str = "customer") -> None:
    """Number every customer that has no number yet; `customers` is a SELECT of that column.

    `known` is the dictionary, or the part of it that holds all of `customers` that are known.

    The shard is the first 10 bits of the MD5 of the id: the same on every machine, whatever came first.
    """
    connection.execute(f"""
        INSERT INTO customer
        SELECT (SELECT coalesce(max(customer_no), -1) FROM customer) + row_number() OVER (ORDER BY customer),
            customer, CAST('0x' || substr(md5(customer), 1, 3) AS INTEGER) * {SHARDS} // 4096,
            {tables.hashed("customer")}
        FROM (SELECT DISTINCT customer FROM ({customers}) WHERE customer <> '') AS new
        WHERE NOT EXISTS (SELECT 1 FROM {known} AS known WHERE known.customer = new.customer)""")


def _number(connection: duckdb.DuckDBPyConnection, table: str, names: list[str]) -> dict[str, int]:
    known = _known(connection, table)
    new = [name for name in dict.fromkeys(names) if name not in known]
    if len(known) + len(new) > MOST:
        raise TrothError(
            f"{table}-too-many",
            _("The records name more than %(most)d different touchpoints.") % {"most": MOST},
            _("Is the right column mapped to “touchpoint”?"),
        )
    rows = [(len(known) + place, name) for place, name in enumerate(new)]
    if rows:
        connection.executemany(f"INSERT INTO {table} VALUES (?, ?)", rows)
    return known | {name: no for no, name in rows}


def _known(connection: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    return {
        str(name): int(no) for no, name in connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()
    }
