from pathlib import Path

import pytest

from troth import Workspace
from troth.workspace.observing import observed

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    columns: {id: text, customer: text, paid: time, due: time, came: time}
promises:
  - {id: on-time, from: orders, touchpoint: delivery, mechanism: ability, made: paid, due: due, kept: came}
"""


def test_a_record_that_holds_no_promise_lacks_no_due_time(tmp_path: Path) -> None:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT)
    export = tmp_path / "orders.csv"
    export.write_text(
        "id,customer,paid,due,came\n"
        "1,c1,2026-01-01 10:00,2026-01-03 10:00,2026-01-02 10:00\n"
        "2,c2,2026-01-01 10:00,,\n"
        "3,c3,,,\n"
    )
    with Workspace.open(tmp_path) as shop:
        shop.import_("orders", export)
        found = observed(shop._opened(), shop.blueprint, shop.settings)
    assert found.due_empty == {"on-time": pytest.approx(1 / 2)}
