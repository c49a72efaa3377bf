"""A server over a workspace whose records can be looked at, on both stores."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient
from tests.support.offices import emptied
from tests.support.serving import Served

from troth.web.access.rights import Right
from troth.web.application import application
from troth.workspace.live import Live

BLUEPRINT = """\
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    zone: Europe/Amsterdam
    version: revision
    columns: {id: text, customer: text, revision: integer, total: number, made: time}
  visits:
    key: id
    customer: customer
    columns: {id: text, customer: {type: text, source: client.id}, at: time}
rules:
  - {id: bought, from: orders, touchpoint: delivery, mechanism: ability, at: made, weight: GOOD}
"""

Stored = Callable[..., list[tuple[Any, ...]]]


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each of the stores, empty."""
    if request.param == "postgresql":
        url = emptied(request.getfixturevalue("postgres_url"))
        monkeypatch.setenv("TROTH_STORE", url)
    return str(request.param)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    return tmp_path


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    with Live.open(folder) as live:
        yield Served(live, application(live))


@pytest.fixture(scope="module")
def module_served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all tests of a file."""
    folder = tmp_path_factory.mktemp("shop")
    (folder / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    with Live.open(folder) as live:
        yield Served(live, application(live))


@pytest.fixture
def program(served: Served) -> TestClient:
    """A program that may send records, and nothing else."""
    return served.with_key(Right.SEND_RECORDS)


@pytest.fixture
def stored(served: Served) -> Stored:
    """What stands in the ledger once everything that was taken is carried."""

    def stored(
        query: str = "SELECT id, customer, total FROM record.orders ORDER BY id",
    ) -> list[tuple[Any, ...]]:
        served.live.arrivals.settle(30)
        with served.live.reading() as workspace:
            return workspace._opened().connection.execute(query).fetchall()

    return stored


def order(number: int = 1, **more: object) -> dict[str, object]:
    return {
        "id": f"o{number}",
        "customer": f"c{number % 7}",
        "total": 9.5,
        "made": "2026-01-31T10:15:00Z",
    } | more


HERE = "/api/v1/records"


def event(record: object, **more: object) -> dict[str, object]:
    return {
        "specversion": "1.0",
        "id": "1",
        "source": "/shop",
        "type": "com.example.orders",
        "data": record,
    } | more


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


JSON = {"content-type": "application/json"}
LINES = {"content-type": "application/x-ndjson"}
EVENT = {"content-type": "application/cloudevents+json; charset=utf-8"}
EVENTS = {"content-type": "application/cloudevents-batch+json"}
BINARY = {"ce-specversion": "1.0", "ce-type": "com.example.orders", "ce-id": "1", "ce-source": "/shop"} | JSON
