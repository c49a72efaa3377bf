"""A ledger made of rows that a test writes down."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pytest

from troth.blueprint import parse
from troth.blueprint.parameters import Settings, resolve
from troth.blueprint.schema import Blueprint
from troth.ledger import Moment, Refreshed, refresh
from troth.ledger.sql import DAY_MS
from troth.store import Store, tables

HEAD = """
journey: {name: Shop, phases: [{id: use, name: Use}]}
touchpoints: [{id: delivery, phase: use, name: Delivery}, {id: service, phase: use, name: Service}]
"""
READY_MADE = {
    "id": "VARCHAR", "customer": "VARCHAR", "touchpoint": "VARCHAR", "mechanism": "VARCHAR",
    "weight": "DOUBLE", "at": "TIMESTAMP", "severity": "BIGINT",
}  # fmt: skip


def end_of(day: int) -> Moment:
    """The end of a UTC day."""
    return Moment((day + 1) * DAY_MS - 1, day, "given")


class Ledger:
    """A store and a blueprint; rows are put in as the intake would."""

    def __init__(self, store: Store, text: str) -> None:
        self.store = store
        self.imports = 0
        self.use(text)

    def use(self, text: str) -> None:
        """Take another blueprint."""
        self.blueprint: Blueprint = parse(HEAD + text)
        self.settings: Settings = resolve(self.blueprint.parameters)
        for name, kind in self.blueprint.records.items():
            tables.ensure_record_table(self.store.connection, name, kind)

    def put(self, kind: str, *rows: tuple[Any, ...]) -> None:
        """One import of `rows` in the order of the declared columns; the first is the key."""
        self.imports += 1
        if kind == "experiences" and not tables.record_columns(self.store.connection, kind):
            columns = ", ".join(f"{tables.quoted(name)} {type_}" for name, type_ in READY_MADE.items())
            self.store.connection.execute(
                f"CREATE TABLE record.experiences"
                f" ({columns}, _key VARCHAR, _import INTEGER, _row BIGINT, _hash UINTEGER)"
            )
        there = tables.record_columns(self.store.connection, kind)
        declared = [name for name in there if not name.startswith("_")]
        columns = ", ".join(map(tables.quoted, [*declared, "_key", "_import", "_row"]))
        marks = ", ".join("?" * (len(declared) + 3))
        for place, row in enumerate(rows):
            values = [*row, str(row[0]), self.imports, place]
            self.store.connection.execute(
                f"INSERT INTO {tables.record_table(kind)} ({columns}) VALUES ({marks})", values
            )
        tables.hash_anew(self.store.connection, kind, there)

    def experience(
        self, customer: str, mechanism: str, weight: int, at: str, touchpoint: str = "delivery"
    ) -> None:
        """One ready-made experience."""
        key = f"{self.imports}"
        self.put("experiences", (key, customer, touchpoint, mechanism, weight, at, None))

    def refresh(self) -> Refreshed:
        """Bring the derived tables up to date."""
        return refresh(self.store, self.blueprint, self.settings)

    def rows(self, columns: str = "mechanism_no, weight, severity, at_ms") -> list[tuple[Any, ...]]:
        """The experiences after a refresh, oldest first."""
        self.refresh()
        query = f"SELECT {columns} FROM experience ORDER BY at_ms, mechanism_no, record, severity"
        return self.store.connection.execute(query).fetchall()


class Make(Protocol):
    """Makes a ledger from the text of its blueprint, without head."""

    def __call__(self, text: str = "") -> Ledger:
        """A new one."""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Make]:
    """Makes ledgers from the text of their blueprints (touchpoints delivery and service are there)."""
    with ExitStack() as stack:

        def make(text: str = "") -> Ledger:
            folder = tmp_path / str(len(list(tmp_path.iterdir())))
            folder.mkdir()
            return Ledger(stack.enter_context(Store.open(folder, create=True)), text)

        yield make
