"""The same expression comes to the same value on DuckDB, PostgreSQL and Spark."""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest
from tests.support.spark import copied

from troth.blueprint.expressions import Compiled

if TYPE_CHECKING:
    import psycopg
    from pyspark.sql import SparkSession

pytestmark = pytest.mark.conformance


def utc(*parts: int) -> dt.datetime:
    """A time as the tables hold it: in UTC, without a zone."""
    return dt.datetime(*parts)  # noqa: DTZ001


COLUMNS = {
    "note": "text",
    "comment": "text",
    "date": "date",
    "placed": "timestamp",
    "shipped": "timestamp",
    "promised": "date",
    "total": "double precision",
    "weight": "double precision",
    "items": "bigint",
    "stars": "bigint",
    "paid": "boolean",
    "gift": "boolean",
}
ROWS = [
    [
        " It's 5% Off ",
        None,
        dt.date(2026, 1, 31),
        utc(2026, 1, 31, 23, 30),
        utc(2026, 2, 2, 0, 15),
        dt.date(2026, 2, 1),
        12.5,
        0.0,
        7,
        None,
        True,
        None,
    ],
    [
        "Größe",
        "x",
        dt.date(2024, 2, 29),
        utc(2024, 2, 29, 12, 59, 59, 999000),
        utc(2023, 12, 31),
        dt.date(1999, 12, 31),
        -0.3,
        3.0,
        -4,
        2,
        False,
        True,
    ],
    [
        "a\\b 😀%_\n",
        "A\\B",
        dt.date(2025, 12, 29),
        utc(2025, 12, 29, 0, 0, 0, 999999),
        utc(2026, 1, 1),
        dt.date(2026, 3, 31),
        1e300,
        -2.345,
        2**62 + 1,
        4,
        True,
        True,
    ],
    [None] * 12,
]
EXPRESSIONS = [
    "items + total",
    "items / 3",
    "items / weight",
    "total * 1.1 - 0.1",
    "items % 4",
    "-total",
    "- items",
    "1e3 * total",
    "S2 + GOOD",
    "abs(total)",
    "floor(total)",
    "ceil(total)",
    "round(total)",
    "round(total * 10) / 10",
    "2 * round(weight + 0.01, 2)",
    "round(weight, 1)",
    "floor(ceil(total / 3) + 0.5)",
    "greatest(total)",
    "least(stars, items)",
    "greatest(total, items, NULL)",
    "coalesce(stars, items, 0)",
    "nullif(items, 7)",
    "lower(note)",
    "upper(comment)",
    "trim(note)",
    "length(trim(note))",
    "substring(note, 2, 3)",
    "substring(note, 3)",
    "replace(note, 'f', 'ph')",
    "concat(note, comment, '!')",
    "note || comment",
    "note LIKE '%5%'",
    "note NOT LIKE '%ö%'",
    "note LIKE 'a_b%\n'",
    "note = 'a\\b ''😀'",
    "replace(note, '\\', '')",
    "note ILIKE '%OFF%'",
    "note = 'Größe'",
    "note < comment",
    "note IN ('x', 'Größe')",
    "paid AND gift",
    "paid OR gift",
    "NOT paid",
    "gift IS TRUE",
    "gift IS NOT TRUE",
    "gift IS NULL",
    "stars IS DISTINCT FROM items",
    "items BETWEEN 0 AND 7.0",
    "CASE WHEN paid THEN S1 WHEN gift THEN 0.5 * GOOD END",
    "CASE items WHEN 7 THEN 'a' ELSE note END",
    "IF(paid, total, items)",
    "promised + INTERVAL 1 MONTH",
    "promised - INTERVAL 1 WEEK",
    "promised + INTERVAL 36 HOUR",
    "placed + INTERVAL 90 MINUTE",
    "date - INTERVAL 1 YEAR",
    "date_diff('minute', placed, shipped)",
    "date_diff('hour', placed, shipped)",
    "date_diff('day', placed, shipped)",
    "date_diff('second', placed, shipped)",
    "date_diff('day', placed + INTERVAL 10 SECOND, promised)",
    "date_diff('month', placed, shipped)",
    "date_diff('quarter', date, promised)",
    "date_diff('year', placed, promised)",
    "date_trunc('hour', placed)",
    "date_trunc('week', promised)",
    "date_trunc('quarter', placed)",
    "extract(year FROM placed)",
    "quarter(date)",
    "month(date)",
    "day(placed)",
    "hour(placed)",
    "minute(placed)",
    "shipped > promised",
    "date < shipped",
    "placed >= '2026-01-31'",
    "greatest(placed, promised)",
    "CAST(placed AS DATE)",
    "CAST(promised AS TIMESTAMP)",
    "CAST(items AS TEXT)",
    "CAST(date AS TEXT)",
    "CAST(items AS DOUBLE)",
    "CAST(extract(year FROM date) AS TEXT)",
]


DECLARED = ", ".join(f'"{name}" {kind}' for name, kind in {"no": "integer", **COLUMNS}.items())


@pytest.fixture(scope="module")
def duck() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB with the rows as the table record."""
    with duckdb.connect() as connection:
        connection.execute(f"CREATE TABLE record ({DECLARED})")
        for number, row in enumerate(ROWS):
            connection.execute(f"INSERT INTO record VALUES ({', '.join('?' * 13)})", [number, *row])
        yield connection


@pytest.fixture(scope="module")
def postgres(postgres_url: str) -> "Iterator[psycopg.Connection]":
    """PostgreSQL with the same table."""
    import psycopg

    with psycopg.connect(postgres_url) as connection:
        connection.execute(f"CREATE TABLE record ({DECLARED})".encode())
        for number, row in enumerate(ROWS):
            connection.execute(
                f"INSERT INTO record VALUES ({', '.join(['%s'] * 13)})".encode(), [number, *row]
            )
        yield connection


@pytest.fixture(scope="module", params=[True, False], ids=["timestamp", "timestamp_ntz"])
def on_spark(
    request: pytest.FixtureRequest,
    compiled: Callable[..., Compiled],
    duck: duckdb.DuckDBPyConnection,
    spark: "SparkSession",
) -> dict[str, tuple[object, ...]]:
    """What every expression gives on Spark, in one query; once with each of its types for times."""
    copied(duck, spark, "record", zoned=request.param)
    values = []
    for found in map(compiled, EXPRESSIONS):
        value = found.sql("spark")
        values.append(f"CAST({value} AS TIMESTAMP_NTZ)" if found.type == "time" else value)
    rows = spark.sql(f"SELECT {', '.join(values)} FROM record ORDER BY no").collect()
    return dict(zip(EXPRESSIONS, zip(*rows, strict=True), strict=True))


def on_duckdb(duck: duckdb.DuckDBPyConnection, found: Compiled) -> list[object]:
    rows = duck.execute(f'SELECT {found.sql("duckdb")} FROM record ORDER BY "no"').fetchall()
    return [value for (value,) in rows]


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_postgres_agrees(
    text: str,
    compiled: Callable[..., Compiled],
    duck: duckdb.DuckDBPyConnection,
    postgres: "psycopg.Connection",
) -> None:
    found = compiled(text)
    rows = postgres.execute(f'SELECT {found.sql("postgres")} FROM record ORDER BY "no"'.encode()).fetchall()
    for one, (other,) in zip(on_duckdb(duck, found), rows, strict=True):
        assert _alike(one, other), (one, other)


@pytest.mark.spark
@pytest.mark.parametrize("text", EXPRESSIONS)
def test_spark_agrees_to_the_bit(
    text: str,
    compiled: Callable[..., Compiled],
    duck: duckdb.DuckDBPyConnection,
    on_spark: dict[str, tuple[object, ...]],
) -> None:
    assert list(on_spark[text]) == on_duckdb(duck, compiled(text))


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and other is not None:
        return math.isclose(one, float(str(other)), rel_tol=1e-15)
    return one == other
