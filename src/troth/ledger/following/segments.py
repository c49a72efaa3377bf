"""Segments' values of the customers whose records have changed, or who have just got their number."""

from collections.abc import Iterable

import duckdb

from troth.ledger.following.images import picture_of_customers
from troth.ledger.following.plan import IS, WAS, Plan, SegmentPlan
from troth.ledger.sql import literal


def asked(connection: duckdb.DuckDBPyConnection, plan: Plan, touched: Iterable[str]) -> None:
    """Fill `asked`: for each segment the customers whose touched records may tell another value."""
    kinds = set(touched)
    parts = [
        f"SELECT {literal(segment.id)} AS segment, customer FROM ({segment.customers[state]})"
        for segment in plan.segments
        if segment.kind in kinds
        for state in (WAS, IS)
    ] or ["SELECT NULL::VARCHAR AS segment, NULL::VARCHAR AS customer WHERE FALSE"]
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_asked AS
        SELECT DISTINCT segment, customer FROM ({" UNION ALL ".join(parts)}) WHERE customer <> ''""")


def tell_segments(connection: duckdb.DuckDBPyConnection, plan: Plan, new_customers: int) -> None:
    """Find the values that have changed, after the records are written and the customers numbered.

    Fills `follow_moved`: customer_no, segment, and the values before and now (or NULL).
    """
    connection.execute("""
        CREATE OR REPLACE TEMP TABLE follow_moved (
            customer_no INTEGER, segment VARCHAR, before VARCHAR, now VARCHAR)""")
    waiting = {name for (name,) in connection.execute("SELECT DISTINCT segment FROM follow_asked").fetchall()}
    for segment in plan.segments:
        if new_customers or segment.id in waiting:
            _told(connection, plan, segment)


def write_segments(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the values that have changed."""
    connection.execute("""
        DELETE FROM customer_segment
        WHERE customer_no IN (SELECT customer_no FROM follow_moved WHERE before IS NOT NULL)
            AND (customer_no, segment) IN (SELECT (customer_no, segment) FROM follow_moved);
        INSERT INTO customer_segment
        SELECT customer_no, segment, now FROM follow_moved WHERE now IS NOT NULL ORDER BY 1""")


def _told(connection: duckdb.DuckDBPyConnection, plan: Plan, segment: SegmentPlan) -> None:
    name = literal(segment.id)
    connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_telling AS
        SELECT customer_no, customer FROM follow_new
        UNION
        SELECT customer_no, customer FROM follow_asked JOIN follow_known USING (customer)
        WHERE segment = {name}""")
    picture_of_customers(connection, plan, segment.kind, "follow_telling")
    connection.execute(f"""
        INSERT INTO follow_moved
        SELECT t.customer_no, {name}, s.value, v.value
        FROM follow_telling AS t
        LEFT JOIN ({segment.values}) AS v ON v.customer = t.customer
        LEFT JOIN (
            SELECT customer_no, value FROM customer_segment
            WHERE segment = {name} AND customer_no IN (SELECT customer_no FROM follow_telling)
        ) AS s ON s.customer_no = t.customer_no
        WHERE s.value IS DISTINCT FROM v.value""")
