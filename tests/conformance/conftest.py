"""One ledger with something of everything, in DuckDB and as a copy on other engines."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import duckdb
import pytest
from tests.conformance.engines import TABLES, Other, World, copied_to_postgres, filled
from tests.support.spark import copied

from troth.blueprint import parse
from troth.blueprint.parameters import resolve
from troth.intake.comments import reading_fingerprint
from troth.ledger import refresh
from troth.store import Store, tables

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BLUEPRINT = """
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: delivery, phase: use, name: Delivery}, {id: service, phase: use, name: Service}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: integer, customer: text, made: time, due: date, kept: time, total: number, country: text}
  tickets:
    key: id
    customer: order.customer
    columns:
      {id: integer, order_id: integer, at: time, closed: time, points: number, topic: text, urgent: boolean,
       stars: number, note: comment}
    links: {order: {to: orders, by: order_id}}
rules:
  - {id: split, from: tickets, touchpoint: service, at: at,
     mechanism: {ability: 0.3333, benevolence: 0.3333, clarity: 0.3334},
     weight: "points * 1.1 - order.total / 3"}
  - {id: slow, from: tickets, touchpoint: service, mechanism: reliability,
     at: "COALESCE(closed, at + INTERVAL 3 DAY)",
     when: "date_diff('hour', at, closed) > 24 OR closed IS NULL",
     weight: "CASE WHEN urgent THEN S3 ELSE S1 END"}
  - {id: topic, from: tickets, touchpoint: service, mechanism: integrity, at: at,
     when: "lower(topic) LIKE '%refund%'", weight: "points / (points - 4) * 100"}
  - {id: graded, from: tickets, touchpoint: service, mechanism: {ability: 0.6, accountability: 0.4}, at: at,
     weight: "CASE WHEN urgent THEN S3 ELSE S2 END + points / 7"}
  - {id: bought, from: orders, touchpoint: delivery, mechanism: familiarity, at: due, weight: GOOD}
  - {id: said, from: tickets, touchpoint: service, at: at, read: note,
     mechanism: {ability: 0.3, benevolence: 0.7}, rating: {column: stars, worst: 6, best: 1}}
  - {id: told, from: tickets, touchpoint: delivery, mechanism: ability, at: "order.made", read: note,
     when: urgent}
promises:
  - {id: promised, from: orders, touchpoint: delivery, mechanism: {reliability: 0.7, ability: 0.3},
     made: made, due: due, kept: kept, grace: 6h, late: {0d: S1, 2d: S2, 7d: S3}, when: "total > 10"}
segments:
  - {id: country, name: Country, from: orders, value: country, latest: made}
parameters:
  mechanisms:
    ability: {ratio: 2.5, severity: {S2: 1700, S3: 2900}}
    clarity: {half_life_days: {good: 30, bad: 70}}
"""


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """The ledger in DuckDB."""
    blueprint = parse(BLUEPRINT)
    settings = resolve(blueprint.parameters)
    with Store.open(tmp_path_factory.mktemp("ledger"), create=True) as store:
        for name, kind in blueprint.records.items():
            tables.ensure_record_table(store.connection, name, kind)
        filled(store.connection)
        store.set_setting("read:tickets.note", str(reading_fingerprint(store, blueprint)))
        refresh(store, blueprint, settings)
        yield World(store, blueprint, settings)


@pytest.fixture(scope="session")
def postgres(world: World, postgres_url: str) -> Iterator[Other]:
    """PostgreSQL, with a copy of the same tables."""
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres_url, autocommit=True) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        copied_to_postgres(world.store.connection, connection)

        def keep(table: str, sql: str) -> None:
            connection.execute(f"DROP TABLE IF EXISTS {table}")
            connection.execute(f"CREATE TABLE {table} AS {sql}")

        yield Other("postgres", lambda sql: connection.execute(sql).fetchall(), keep)


@pytest.fixture(scope="session")
def spark_copy(world: World, spark: "SparkSession") -> Other:
    """Spark, with a copy of the same tables; times are of its ordinary type."""
    spark.sql("CREATE SCHEMA record")
    for table in TABLES:
        copied(world.store.connection, spark, table, zoned=True)

    def keep(table: str, sql: str) -> None:
        spark.sql(sql).write.mode("overwrite").saveAsTable(table)

    return Other("spark", lambda sql: [tuple(row) for row in spark.sql(sql).collect()], keep)


@pytest.fixture(params=["postgres", pytest.param("spark_copy", marks=pytest.mark.spark)])
def other(request: pytest.FixtureRequest) -> Other:
    """Each of the other engines."""
    copy: Other = request.getfixturevalue(request.param)
    return copy


@pytest.fixture
def engine(world: World) -> duckdb.DuckDBPyConnection:
    """DuckDB's connection."""
    return world.store.connection
