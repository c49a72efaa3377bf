"""Segments' values of the customers whose records have changed, or who have just got their number."""

from collections.abc import Iterable

from troth.ledger.following.images import Scene, picture_of_customers
from troth.ledger.following.plan import IS, WAS, TellingPlan
from troth.ledger.sql import literal


def asked(scene: Scene, touched: Iterable[str]) -> None:
    """Fill `follow_asked`: for each kind the customers that its touched records are of."""
    kinds = set(touched)
    parts = [
        f"SELECT {literal(telling.kind)} AS kind, customer FROM ({telling.customers[state]})"
        for telling in scene.plan.telling
        if telling.kind in kinds
        for state in (WAS, IS)
    ] or ["SELECT NULL::VARCHAR AS kind, NULL::VARCHAR AS customer WHERE FALSE"]
    scene.connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_asked AS
        SELECT DISTINCT kind, customer FROM ({" UNION ALL ".join(parts)}) WHERE customer <> ''""")


def tell_segments(scene: Scene, touched: Iterable[str]) -> None:
    """Find the values that have changed, after the records are written and the customers numbered.

    Fills `follow_moved`: customer_no, segment, and the values before and now (or NULL).
    """
    scene.connection.execute("""
        CREATE OR REPLACE TEMP TABLE follow_moved (
            customer_no INTEGER, segment VARCHAR, before VARCHAR, now VARCHAR);
        CREATE OR REPLACE TEMP TABLE follow_held AS
        SELECT * FROM customer_segment WHERE customer_no IN (SELECT customer_no FROM follow_known)""")
    kinds = set(touched)
    for telling in scene.plan.telling:
        _tell(scene, telling, touched=telling.kind in kinds)


def write_segments(scene: Scene) -> None:
    """Write the values that have changed."""
    scene.connection.execute("""
        DELETE FROM customer_segment
        WHERE customer_no IN (SELECT customer_no FROM follow_moved WHERE before IS NOT NULL)
            AND (customer_no, segment) IN (SELECT (customer_no, segment) FROM follow_moved);
        INSERT INTO customer_segment
        SELECT customer_no, segment, now FROM follow_moved WHERE now IS NOT NULL ORDER BY 1""")


def _tell(scene: Scene, telling: TellingPlan, *, touched: bool) -> None:
    new = ["SELECT customer_no, customer FROM follow_new"] if telling.new else []
    [(customers,)] = scene.connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_telling AS
        {" UNION ".join([*new, *([_doubtful(telling)] if touched else [])] or [_NOBODY])}""").fetchall()
    if not customers:
        return
    picture_of_customers(scene, telling, "follow_telling")
    values = " UNION ALL ".join(
        f"SELECT {literal(name)} AS segment, customer_no, value"
        f" FROM ({sql}) JOIN follow_telling USING (customer)"
        for name, sql in telling.segments.items()
    )
    scene.connection.execute(f"""
        INSERT INTO follow_moved
        SELECT customer_no, segment, s.value, v.value
        FROM ({values}) AS v
        FULL JOIN (
            SELECT * FROM follow_held
            WHERE customer_no IN (SELECT customer_no FROM follow_telling)
                AND segment IN ({", ".join(map(literal, telling.segments))})
        ) AS s USING (customer_no, segment)
        WHERE s.value IS DISTINCT FROM v.value""")


_NOBODY = "SELECT customer_no, customer FROM follow_known WHERE FALSE"


def _doubtful(telling: TellingPlan) -> str:
    """The customers whose value may be another now.

    Those of whom a record has changed, or a new one tells another value than is held: where all that is added
    tells the same, the value stays, whichever record is the latest.
    """
    told = " UNION ALL ".join(
        f"SELECT {literal(name)} AS segment, customer, value FROM ({sql}) WHERE value IS NOT NULL"
        for name, sql in telling.values.items()
    )
    return f"""
        SELECT customer_no, customer FROM follow_known
        WHERE customer IN (SELECT customer FROM ({telling.customers[WAS]}))
        UNION
        SELECT k.customer_no, k.customer FROM ({told}) AS t JOIN follow_known AS k USING (customer)
        LEFT JOIN follow_held AS h ON h.customer_no = k.customer_no AND h.segment = t.segment
        WHERE t.value IS DISTINCT FROM h.value"""
