"""The same expression comes to the same value on DuckDB and on PostgreSQL."""

import datetime as dt
import math
from collections.abc import Callable, Iterator

import duckdb
import pytest

from troth.blueprint.expressions import Compiled

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
    "round(total * 10) / 10",
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


@pytest.fixture(scope="module")
def engines(postgres_url: str) -> Iterator[Callable[[Compiled], tuple[list[object], list[object]]]]:
    """A function that gives an expression's values on DuckDB and on PostgreSQL."""
    import psycopg

    declared = ", ".join(f'"{name}" {kind}' for name, kind in COLUMNS.items())
    with duckdb.connect() as duck, psycopg.connect(postgres_url) as postgres:
        for engine, mark in ((duck, "?"), (postgres, "%s")):
            engine.execute(f'CREATE TABLE record ("no" integer, {declared})')
            for number, row in enumerate(ROWS):
                engine.execute(f"INSERT INTO record VALUES ({', '.join([mark] * 13)})", [number, *row])

        def values(found: Compiled) -> tuple[list[object], list[object]]:
            here = duck.execute(f'SELECT {found.sql("duckdb")} FROM record ORDER BY "no"').fetchall()
            there = postgres.execute(
                f'SELECT {found.sql("postgres")} FROM record ORDER BY "no"'.encode()
            ).fetchall()
            return [value for (value,) in here], [value for (value,) in there]

        yield values


@pytest.mark.parametrize("text", EXPRESSIONS)
def test_both_engines_agree(
    text: str,
    compiled: Callable[..., Compiled],
    engines: Callable[[Compiled], tuple[list[object], list[object]]],
) -> None:
    here, there = engines(compiled(text))
    for one, other in zip(here, there, strict=True):
        assert _alike(one, other), (one, other)


def _alike(one: object, other: object) -> bool:
    if isinstance(one, float) and other is not None:
        return math.isclose(one, float(str(other)), rel_tol=1e-15)
    return one == other
