"""A store with experiences put straight into the ledger's tables."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from troth.blueprint.parameters import Settings, resolve
from troth.blueprint.schema import Blueprint
from troth.insight.basis import Basis, basis
from troth.ledger import Moment
from troth.store import Store
from troth.store.tables import hashed
from troth.vocabulary import MECHANISM_BY_ID

DAY_MS = 86_400_000
BLUEPRINT = {
    "journey": {"name": "Shop", "phases": [{"id": "buy", "name": "Buy"}]},
    "touchpoints": [
        {"id": name, "phase": "buy", "name": {"en": name.title()}} for name in ("shop", "delivery", "support")
    ],
    "records": {"orders": {"key": "id", "customer": "buyer", "columns": {"id": "text", "buyer": "text"}}},
    "rules": [
        {"id": "late", "from": "orders", "touchpoint": "delivery", "mechanism": "reliability",
         "at": "id", "weight": "S2"},
        {"id": "silent", "from": "orders", "touchpoint": "shop", "mechanism": "clarity",
         "at": "id", "weight": "S1"},
    ],
    "segments": [{"id": "region", "name": "Region", "from": "orders", "value": "id"}],
}  # fmt: skip


@dataclass(frozen=True)
class Lived:
    """One experience; `day` may have a fraction. The severity follows from a negative weight."""

    customer: str
    touchpoint: str
    mechanism: str
    weight: int
    day: float
    record: str = "r"
    source: str = "late"

    @property
    def severity(self) -> int:
        return 0 if self.weight > 0 else 1 + sum(-self.weight >= w for w in (1000, 3000, 8000))


def moment(day: int) -> Moment:
    """The end of a day, given."""
    return Moment((day + 1) * DAY_MS - 1, day, "given")


def shard(customer: str) -> int:
    return int(hashlib.md5(customer.encode(), usedforsecurity=False).hexdigest()[:3], 16) // 4


@dataclass(frozen=True)
class Ledger:
    store: Store
    blueprint: Blueprint
    settings: Settings

    def basis(self, day: int) -> Basis:
        return basis(self.store, self.blueprint, self.settings, moment(day))

    def live(self, rows: Sequence[Lived]) -> "Ledger":
        """Put `rows` into an empty ledger, in this order."""
        numbers = {}
        for table, named in (
            ("touchpoint", [row.touchpoint for row in rows]),
            ("source", [row.source for row in rows]),
            ("customer", [row.customer for row in rows]),
        ):
            numbers[table] = {name: no for no, name in enumerate(dict.fromkeys(named))}
            columns = {"no": list(numbers[table].values()), "name": list(numbers[table])}
            if table == "customer":
                columns["shard"] = [shard(name) for name in numbers[table]]
                columns["hash"] = [0] * len(numbers[table])
            self._fill(table, columns)
        self.store.connection.execute(f"UPDATE customer SET hash = {hashed('customer')}")
        self._fill(
            "experience",
            {
                "customer_no": [numbers["customer"][row.customer] for row in rows],
                "touchpoint_no": [numbers["touchpoint"][row.touchpoint] for row in rows],
                "mechanism_no": [MECHANISM_BY_ID[row.mechanism].no for row in rows],
                "weight": [row.weight for row in rows],
                "severity": [row.severity for row in rows],
                "at_ms": [int(row.day * DAY_MS) for row in rows],
                "source_no": [numbers["source"][row.source] for row in rows],
                "record": [row.record for row in rows],
                "shard": [shard(row.customer) for row in rows],
                "n": [1] * len(rows),
            },
        )
        self.store.connection.execute(
            f"INSERT INTO day_cube SELECT at_ms // {DAY_MS}, touchpoint_no, mechanism_no, severity,"
            " sum(weight), count(*) FROM experience GROUP BY ALL"
        )
        return self

    def divide(self, segment: str, values: dict[str, str]) -> "Ledger":
        """Give customers their value of a segment."""
        numbers = dict(self.store.connection.execute("SELECT customer, customer_no FROM customer").fetchall())
        self._fill(
            "customer_segment",
            {
                "customer_no": [numbers[customer] for customer in values],
                "segment": [segment] * len(values),
                "value": list(values.values()),
                "rank": pa.nulls(len(values), pa.int64()),
            },
        )
        return self

    def _fill(self, table: str, columns: dict[str, Any]) -> None:
        self.store.connection.register("staged", pa.table(columns))
        self.store.connection.execute(f"INSERT INTO {table} SELECT * FROM staged")
        self.store.connection.unregister("staged")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Callable[..., Ledger]]:
    """Makes a ledger; keyword arguments are the blueprint's parameters."""
    stores = []

    def make(**parameters: object) -> Ledger:
        blueprint = Blueprint.model_validate(BLUEPRINT | {"parameters": parameters})
        stores.append(Store.open(tmp_path / f"{len(stores)}.duckdb", create=True))
        return Ledger(stores[-1], blueprint, resolve(blueprint.parameters))

    yield make
    for store in stores:
        store.close()
