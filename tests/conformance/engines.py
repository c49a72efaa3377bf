"""Data for the conformance suite, and its way to another engine."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Any

import duckdb

from troth.blueprint.parameters import Settings
from troth.blueprint.schema import Blueprint
from troth.ledger import Dialect
from troth.reading import Reading, Statement, encoded
from troth.store import Store
from troth.vocabulary import MECHANISM_IDS, TOPICS

if TYPE_CHECKING:
    import psycopg

TABLES = (
    "record.orders", "record.tickets", "record.experiences",
    "customer", "touchpoint", "experience", "customer_segment",
)  # fmt: skip
"""The tables that the statements read."""

POSTGRES_TYPES = {"DOUBLE": "DOUBLE PRECISION", "TINYINT": "SMALLINT", "UINTEGER": "BIGINT"}
START = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class World:
    """A ledger that is up to date, and what it was made by."""

    store: Store
    blueprint: Blueprint
    settings: Settings


@dataclass(frozen=True, slots=True)
class Other:
    """Another engine, with a copy of the ledger's tables.

    `rows` runs a query; `keep` makes its result a table, in place of an older one.
    """

    dialect: Dialect
    rows: Callable[[str], list[tuple[Any, ...]]]
    keep: Callable[[str, str], None]


def filled(connection: duckdb.DuckDBPyConnection) -> None:
    """Orders, tickets and ready-made experiences, with gaps, half points and links to nowhere."""
    random = Random(5)  # noqa: S311 - no secret depends on it

    def moment(most_days: float = 500) -> dt.datetime:
        return (START + dt.timedelta(microseconds=random.randrange(int(most_days * 86_400_000_000)))).replace(
            tzinfo=None
        )

    def sometimes(value: object, often: float = 0.9) -> object:
        return value if random.random() < often else None

    orders = []
    for number in range(400):
        made = moment()
        due, kept = (
            made + dt.timedelta(days=random.randrange(5)),
            made + dt.timedelta(hours=random.randrange(400)),
        )
        customer = sometimes(f"customer {random.randrange(80)}", 0.97)
        country = sometimes(random.choice(["NL", "DE", "Ö'land"]))
        row = (
            number,
            customer,
            sometimes(made),
            sometimes(due.date()),
            sometimes(kept),
            random.randrange(4000) / 7,
            country,
        )
        orders.append((*row, str(number), 1, number))
    tickets = []
    for number in range(600):
        at = moment()
        closed = sometimes(at + dt.timedelta(seconds=random.randrange(300_000)), 0.7)
        topic = sometimes(random.choice(["Refund please", "where is it", "REFUND"]))
        points = random.choice([random.randrange(-400, 800) / 2, 4.0, 1e300, None])
        order = sometimes(random.randrange(440))
        stars = sometimes(random.randrange(2, 15) / 2, 0.7)
        row = (number, order, at, closed, points, topic, sometimes("true"), stars)
        tickets.append((*row, topic, sometimes(_reading(random), 0.8), str(number), 1, number))
    mechanisms = ["clarity", "reputation", "reliability", "luck"]
    ready_made = [
        (f"customer {random.randrange(90)}", random.choice(["delivery", "kiosk"]), random.choice(mechanisms),
         random.randrange(-9000, 9000) / 2, moment(), sometimes(random.randrange(6), 0.3), str(number), 1, 0)
        for number in range(300)
    ]  # fmt: skip
    connection.execute(
        "CREATE TABLE record.experiences (customer VARCHAR, touchpoint VARCHAR, mechanism VARCHAR,"
        ' weight DOUBLE, "at" TIMESTAMP, severity BIGINT, _key VARCHAR, _import INTEGER, _row BIGINT,'
        " _hash UINTEGER)"
    )
    for kind, rows in (("orders", orders), ("tickets", tickets), ("experiences", ready_made)):
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO record.{kind} VALUES ({marks}, 0)", rows)


def _reading(random: Random) -> str:
    """Any reading that the reader could make: statements with and without topic and mechanism."""
    statements = tuple(
        Statement(
            random.choice(["", *TOPICS]),
            random.choice(["", *MECHANISM_IDS]),
            random.randrange(-1000, 1001) / 1000,
            random.randrange(1001) / 1000,
            random.randrange(1001) / 1000,
        )
        for _ in range(random.randrange(9))
    )
    return encoded(Reading("nl", "", 0.0, 0.0, 0, statements))


def copied_to_postgres(source: duckdb.DuckDBPyConnection, target: "psycopg.Connection") -> None:
    """Copy `TABLES`."""
    target.execute("CREATE SCHEMA record")
    for table in TABLES:
        described = source.execute(f"DESCRIBE {table}").fetchall()
        columns = ", ".join(f'"{name}" {POSTGRES_TYPES.get(type_, type_)}' for name, type_, *_ in described)
        target.execute(f"CREATE TABLE {table} ({columns})")
        with target.cursor().copy(f"COPY {table} FROM STDIN") as copy:
            for row in source.execute(f"SELECT * FROM {table}").fetchall():
                copy.write_row(row)


def plain(rows: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Rows in an order of their own, with whole numbers as integers, whatever type carries them."""
    return sorted((tuple(_plain(value) for value in row) for row in rows), key=repr)


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        assert value == int(value)
        return int(value)
    return value
