"""Segments' values of the customers whose records have changed, or who have just got their number.

Beside every value lies the rank of the record that told it (`ledger.segments.draft_telling`). So what has
come and gone in a batch mostly says by itself which value holds now; the customer's other records are looked
at only where the record that told the value may be gone, or where two are of one rank.
"""

from troth.ledger.following.images import Scene, Touched, picture_of_customers
from troth.ledger.following.plan import IS, WAS, TellingPlan
from troth.ledger.sql import literal

_LEAST = -(2**63)
"""Stands for the rank of a record without one, when ranks are compared: it comes after all others."""


def hear(scene: Scene, touched: Touched) -> None:
    """Fill `follow_told` with what the touched records told and no longer tell, and what they tell now.

    A row a segment and customer: `lost`, the highest rank of what is gone (NULL: nothing is); `top`, the
    highest rank of what has come, with the `value` and `rank` of the last record of that, and the `least` and
    `most` of all its values.
    """
    parts = [
        _told(telling, name, changed=touched[telling.kind])
        for telling in scene.plan.telling
        if telling.kind in touched
        for name in telling.segments
    ]
    nothing = """
        SELECT NULL::VARCHAR AS segment, NULL::VARCHAR AS customer, NULL::BIGINT AS lost, NULL::BIGINT AS top,
            NULL::VARCHAR AS value, NULL::BIGINT AS rank, NULL::VARCHAR AS least, NULL::VARCHAR AS most
        WHERE FALSE"""
    scene.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE follow_told AS {' UNION ALL '.join(parts or [nothing])}"
    )


def tell_segments(scene: Scene, touched: Touched, *, whole: bool) -> None:
    """Find the values that have changed, after the records are written and the customers numbered.

    Fills `follow_held` with the rows of `customer_segment` that may change (with `whole` all rows of the
    customers that the batch knows) and their places, and `follow_moved`: the place, customer_no, segment, the
    values before and now (or NULL), and the rank now, also where only that has changed.
    """
    told = [t for t in scene.plan.telling if t.kind in touched]
    names = [*(name for t in told for name in t.segments), ""]
    narrowed = "" if whole else f" AND segment IN ({', '.join(map(literal, names))})"
    scene.connection.execute(f"""
        CREATE OR REPLACE TEMP TABLE follow_held AS
        SELECT rowid AS place, * FROM customer_segment
        WHERE customer_no IN (SELECT customer_no FROM follow_known){narrowed}""")
    scene.connection.execute(f"CREATE OR REPLACE TEMP TABLE follow_judged AS {_JUDGED}")
    scene.connection.execute("""
        CREATE OR REPLACE TEMP TABLE follow_moved AS
        SELECT place, customer_no, segment, before, value AS now, rank
        FROM follow_judged WHERE NOT doubtful""")
    for telling in scene.plan.telling:
        _tell(scene, telling, touched=telling.kind in touched)


def write_segments(scene: Scene) -> None:
    """Write the values and ranks that have changed."""
    scene.connection.execute("""
        DELETE FROM customer_segment
        WHERE rowid IN (SELECT place FROM follow_moved WHERE place IS NOT NULL);
        INSERT INTO customer_segment
        SELECT customer_no, segment, now, rank FROM follow_moved WHERE now IS NOT NULL ORDER BY 1""")


_JUDGED = f"""
    SELECT h.place, k.customer_no, t.segment, h.value AS before, t.value, t.rank,
        coalesce(t.lost >= h.held OR (h.held IS NULL AND t.lost IS NOT NULL)
            OR (t.top = h.held AND (t.least <> h.value OR t.most <> h.value)), false)
            AND coalesce(t.top <= h.held, true) AS doubtful
    FROM follow_told AS t JOIN follow_known AS k USING (customer)
    LEFT JOIN (SELECT *, coalesce(rank, {_LEAST}) AS held FROM follow_held) AS h
        ON h.customer_no = k.customer_no AND h.segment = t.segment
    WHERE doubtful OR (t.top IS NOT NULL AND coalesce(t.top > h.held, true))"""
"""What becomes of the values held: doubtful ones must be looked for among all records of the customer."""


def _told(telling: TellingPlan, segment: str, *, changed: bool) -> str:
    """Rows of `follow_told` of one segment; `changed`: whether there were records before."""
    told = f"SELECT *, 1 AS n FROM ({telling.told[IS][segment]})"
    if changed:  # what is told as before makes no difference
        told = f"""
            SELECT * EXCLUDE (n), sum(n) AS n
            FROM ({told} UNION ALL SELECT *, -1 AS n FROM ({telling.told[WAS][segment]}))
            GROUP BY ALL HAVING sum(n) <> 0"""
    last = "{'known': latest IS NOT NULL, 'latest': latest, 'key': key}"
    comes = "FILTER (n > 0)"
    return f"""
        SELECT {literal(segment)} AS segment, customer,
            max(coalesce(rank, {_LEAST})) FILTER (n < 0) AS lost,
            max(coalesce(rank, {_LEAST})) {comes} AS top,
            arg_max(value, {last}) {comes} AS value, max(rank) {comes} AS rank,
            min(value) {comes} AS least, max(value) {comes} AS most
        FROM ({told}) GROUP BY customer"""


def _tell(scene: Scene, telling: TellingPlan, *, touched: bool) -> None:
    names = ", ".join(map(literal, telling.segments))
    looked_for = ["SELECT customer_no, customer FROM follow_new"] if telling.new else []
    if touched:
        looked_for.append(f"""
            SELECT customer_no, customer FROM follow_known
            WHERE customer_no IN (
                SELECT customer_no FROM follow_judged WHERE doubtful AND segment IN ({names}))""")
    if not looked_for:
        return
    [(customers,)] = scene.connection.execute(
        f"CREATE OR REPLACE TEMP TABLE follow_telling AS {' UNION '.join(looked_for)}"
    ).fetchall()
    if not customers:
        return
    picture_of_customers(scene, telling, "follow_telling")
    values = " UNION ALL ".join(
        f"SELECT {literal(name)} AS segment, customer_no, value, rank"
        f" FROM ({sql}) JOIN follow_telling USING (customer)"
        for name, sql in telling.segments.items()
    )
    own = f"customer_no IN (SELECT customer_no FROM follow_telling) AND segment IN ({names})"
    scene.connection.execute(f"""
        DELETE FROM follow_moved WHERE {own};
        INSERT INTO follow_moved
        SELECT s.place, customer_no, segment, s.value, v.value, v.rank
        FROM ({values}) AS v
        FULL JOIN (SELECT * FROM follow_held WHERE {own}) AS s USING (customer_no, segment)
        WHERE s.value IS DISTINCT FROM v.value OR s.rank IS DISTINCT FROM v.rank""")
