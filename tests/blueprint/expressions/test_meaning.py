"""What compiled expressions come to, on DuckDB: values by hand."""

import datetime as dt
from collections.abc import Callable

import duckdb
import pytest

from troth.blueprint.expressions import Compiled

Compile = Callable[..., Compiled]


def utc(*parts: int) -> dt.datetime:
    """A time as the tables hold it: in UTC, without a zone."""
    return dt.datetime(*parts)  # noqa: DTZ001


ROW = """
    SELECT 'a' AS id, 'c' AS customer, ' It''s 5% Off ' AS note, NULL::VARCHAR AS comment,
        'o' AS "order", 'd' AS "using",
        DATE '2026-01-31' AS date, TIMESTAMP '2026-01-31 23:30:00' AS placed,
        TIMESTAMP '2026-02-02 00:15:00' AS shipped, DATE '2026-02-01' AS promised, 12.5::DOUBLE AS total,
        0.0::DOUBLE AS weight, 7::BIGINT AS items, NULL::BIGINT AS stars, 4::BIGINT AS s1, TRUE AS paid,
        NULL::BOOLEAN AS gift, 'b' AS parent
"""


@pytest.fixture
def value(compiled: Compile) -> Callable[[str], object]:
    """The value of an expression for the row above, which is linked to itself."""

    def value_(text: str) -> object:
        sql = compiled(text).sql()
        ((found,),) = duckdb.sql(
            f"SELECT {sql} FROM ({ROW}) AS record CROSS JOIN ({ROW}) AS before"
        ).fetchall()
        return found

    return value_


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("S1", -300),
        ("S2", -1000),
        ("S3", -3000),
        ("S4", -8000),
        ("GOOD", 1000),
        ("2 * GOOD", 2000.0),
        ("-S2", 1000.0),
        ("10 - S2", 1010.0),
        ("s1", 4),
        ("S1 - s1", -304.0),
        ("items", 7),
        ("ITEMS", 7),
        ("record.items", 7),
        ('"items"', 7),
        ("before.items + 1", 8.0),
        ("items < 8 = paid", True),
        ("id = 'today' OR id IN ('now', 'a')", True),
        ("paid = items < 7", False),
        ('"order"', "o"),
        ("order", "o"),
        ('"using"', "d"),
        ("record.order", "o"),
        ("items / 2", 3.5),
        ("items / 0", None),
        ("items / weight", None),
        ("items % 4", 3),
        ("-items", -7.0),
        ("- -items", 7.0),
        ("0.1 + 0.2 = 0.3", False),
        ("1_000 + .5", 1000.5),
        ("1e3", 1000.0),
        ("2 + 3 * 4", 14.0),
        ("(2 + 3) * 4", 20.0),
        ("10 - (3 - 2)", 9.0),
        ("10 - 3 - 2", 5.0),
        ("9223372036854775807 + 1", 2.0**63),
        ("8 / (4 / 2)", 4.0),
        ("abs(-2.5)", 2.5),
        ("round(2.345, 2)", 2.35),
        ("round(-2.5)", -3.0),
        ("floor(-0.5)", -1.0),
        ("ceil(0.2)", 1.0),
        ("least(stars, items, 9)", 7),
        ("greatest(total, items)", 12.5),
        ("coalesce(stars, items)", 7),
        ("nullif(items, 7)", None),
        ("trim(note)", "It's 5% Off"),
        ("lower(trim(note))", "it's 5% off"),
        ("length(trim(note))", 11),
        ("substring(trim(note), 1, 4)", "It's"),
        ("replace(trim(note), '5%', '')", "It's  Off"),
        ("upper('a')", "A"),
        ("concat('a', comment, 'b')", "ab"),
        ("'a' || comment", None),
        ("'a' || 'b'", "ab"),
        ("'a' 'b'", "ab"),
        ("note LIKE '%5\u0025%'", True),
        ("note LIKE 'x%'", False),
        ("note NOT LIKE 'x%'", True),
        ("note ILIKE '%OFF%'", True),
        ("paid AND gift", None),
        ("paid OR gift", True),
        ("NOT paid", False),
        ("gift IS NULL", True),
        ("gift IS TRUE", False),
        ("gift IS NOT TRUE", True),
        ("paid = TRUE", True),
        ("stars IS DISTINCT FROM items", True),
        ("items IN (1, 7)", True),
        ("items NOT IN (1, 2.5)", True),
        ("stars IN (1)", None),
        ("items BETWEEN 7 AND 7.5", True),
        ("CASE WHEN gift THEN 1 WHEN paid THEN 2 END", 2),
        ("CASE items WHEN 7 THEN 'x' ELSE 'y' END", "x"),
        ("IF(paid, 1, 2.5)", 1.0),
        ("CASE WHEN NOT paid THEN S1 END", None),
        ("NULL + 1", None),
        ("hour(NULL)", None),
        ("CAST(NULL AS DATE)", None),
        ("promised", dt.date(2026, 2, 1)),
        ("promised + INTERVAL 1 DAY", dt.date(2026, 2, 2)),
        ("promised - INTERVAL 1 MONTH", dt.date(2026, 1, 1)),
        ("promised + INTERVAL 36 HOURS", utc(2026, 2, 2, 12)),
        ("placed + INTERVAL 2 DAY", utc(2026, 2, 2, 23, 30)),
        ("date + INTERVAL '1' MONTH", dt.date(2026, 2, 28)),
        ("date_diff('day', placed, shipped)", 2),
        ("date_diff('hour', placed, shipped)", 25),
        ("date_diff('minute', shipped, placed)", -1485),
        ("date_diff('month', placed, shipped)", 1),
        ("date_diff('day', placed, promised)", 1),
        ("date_trunc('week', placed)", utc(2026, 1, 26)),
        ("date_trunc('month', promised)", dt.date(2026, 2, 1)),
        ("extract(year FROM placed)", 2026),
        ("hour(placed)", 23),
        ("minute(shipped)", 15),
        ("quarter(date)", 1),
        ("shipped > promised", True),
        ("shipped > promised + INTERVAL 1 DAY", True),
        ("placed < '2026-02-01'", True),
        ("date = '2026-01-31'", True),
        ("date = DATE '2026-01-31'", True),
        ("placed = TIMESTAMP '2026-01-31 23:30:00'", True),
        ("greatest(placed, promised)", utc(2026, 2, 1)),
        ("placed::date", dt.date(2026, 1, 31)),
        ("date(shipped)", dt.date(2026, 2, 2)),
        ("CAST(items AS TEXT)", "7"),
        ("CAST(items AS DOUBLE)", 7.0),
        ("CAST(extract(year FROM date) AS TEXT)", "2026"),
        ("CAST(date AS TEXT)", "2026-01-31"),
    ],
)
def test_it_comes_to(value: Callable[[str], object], text: str, expected: object) -> None:
    found = value(text)
    assert found == pytest.approx(expected) if isinstance(expected, float) else found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("total + items", "number"),
        ("items", "integer"),
        ("S2", "integer"),
        ("CASE WHEN paid THEN GOOD ELSE S2 END", "integer"),
        ("CASE WHEN paid THEN GOOD ELSE 0.5 * S2 END", "number"),
        ("promised", "date"),
        ("COALESCE(shipped, promised)", "time"),
        ("promised + INTERVAL 2 DAY", "date"),
        ("note", "text"),
        ("paid", "boolean"),
    ],
)
def test_its_type_is_known(compiled: Compile, text: str, given: str) -> None:
    assert compiled(text).type == given


def test_it_knows_the_columns_and_links_that_it_uses(compiled: Compile) -> None:
    found = compiled("before.total > total AND paid")
    assert found.columns == {("before", "total"), ("record", "total"), ("record", "paid")}
    assert found.links == {"before"}
    assert compiled("paid").links == frozenset()
