"""A shop whose people have several ids, and orders whose lines reach them only by a link."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from troth.store.office import Office
from troth.store.office.parcels import Contents, packed
from troth.store.office.tables import parcel as parcels
from troth.workspace import Workspace
from troth.workspace.privacy import Alone

BLUEPRINT = """\
journey: {name: Shop, phases: [{id: a, name: A}]}
touchpoints: [{id: delivery, phase: a, name: Delivery}]
records:
  customers:
    key: customer_id
    customer: customer_id
    ids: [email]
    columns: {customer_id: text, email: text, country: text}
  orders:
    key: order_id
    customer: customer_id
    columns: {order_id: text, customer_id: text, ordered_at: time, days: integer}
  lines:
    key: line_id
    customer: order.customer_id
    links: {order: {to: orders, by: order_id}}
    columns: {line_id: text, order_id: text, ok: boolean}
rules:
  - {id: good, from: orders, touchpoint: delivery, mechanism: reliability, at: ordered_at, weight: GOOD}
  - id: line
    from: lines
    touchpoint: delivery
    mechanism: ability
    at: order.ordered_at
    weight: "CASE WHEN ok THEN GOOD ELSE S2 END"
segments:
  - {id: country, name: Country, from: customers, value: country}
"""
FILES = {
    "customers": "customer_id,email,country\n"
    "C1,jane@example.com,NL\nC12,joe@example.com,DE\nC2,ann@example.com,NL\n",
    "orders": "order_id,customer_id,ordered_at,days\n"
    "O1,C1,2026-01-01 10:00:00,3\nO2,C12,2026-01-02 10:00:00,3\n"
    "O3,jane@example.com,2026-01-03 10:00:00,1\nO4,C2,2026-02-03 10:00:00,1\n"
    "O5,C1,yesterday,1\nO6,C12,yesterday,1\n",
    "lines": "line_id,order_id,ok\nL1,O1,true\nL2,O1,false\nL3,O2,true\nL4,O3,true\n",
}


class Shop(SimpleNamespace):
    folder: Path
    workspace: Workspace
    host: Alone

    def bring_in(self, *kinds: str) -> dict[str, int]:
        """Import the files; how many rows were refused as erased, by kind."""
        found = {}
        for kind in kinds or FILES:
            found[kind] = self.workspace.import_(kind, self.folder / f"{kind}.csv").erased
        return found

    def query(self, text: str) -> list[tuple[object, ...]]:
        return self.workspace.opened().connection.execute(text).fetchall()


def write_shop(folder: Path, blueprint: str = BLUEPRINT) -> Path:
    (folder / "blueprint.yaml").write_text(blueprint, "utf-8")
    for kind, text in FILES.items():
        (folder / f"{kind}.csv").write_text(text, "utf-8")
    return folder


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Shop]:
    with Workspace.open(write_shop(tmp_path)) as workspace, Alone(workspace) as host:
        made = Shop(folder=tmp_path, workspace=workspace, host=host)
        made.bring_in()
        workspace.refreshed()
        yield made


HERS = {"record.customers": 1, "record.orders": 2, "record.lines": 3, "quarantine": 1, "experience": 5,
        "customer_segment": 1, "customer": 2}  # fmt: skip
"""What the shop holds of C1, by table."""


def put(office: Office, kind: str, contents: Contents) -> None:
    parcel = packed(kind, 1, contents)
    with office.transaction() as connection:
        row = {"kind": kind, "n": parcel.n, "received_ms": 0, "body": parcel.body}
        connection.execute(parcels.insert(), row)
