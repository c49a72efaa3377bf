"""A kind that is declared anew, with its records not imported again."""

from pathlib import Path

import pytest

from troth import TrothError, Workspace

BLUEPRINT = """
journey: {name: Shop, phases: [{id: all, name: All}]}
touchpoints: [{id: delivery, phase: all, name: Delivery}]
records:
  orders:
    key: id
    customer: customer
    zone: Europe/Berlin
    columns: {id: text, customer: text, made: time, days: text, sent: text}
rules:
  - {id: quick, from: orders, touchpoint: delivery, mechanism: ability, at: made, weight: GOOD}
"""


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("days: text", "days: integer", "type-changed"),
        ("sent: text", "sent: time", "type-changed"),  # a cast would not know the zone
        ("key: id", "key: [id, days]", "key-changed"),
    ],
)
def test_records_are_not_read_as_what_they_were_not_imported_as(
    tmp_path: Path, old: str, new: str, code: str
) -> None:
    path, export = tmp_path / "blueprint.yaml", tmp_path / "orders.csv"
    path.write_text(BLUEPRINT)
    export.write_text("id,customer,made,days,sent\n1,c1,2026-01-01,two,2026-01-03 10:00\n")
    with Workspace.open(tmp_path) as shop:
        shop.import_("orders", export)
        assert shop.trust(by=[])[0].n == 1
    path.write_text(BLUEPRINT.replace(old, new))
    with Workspace.open(tmp_path) as shop:
        with pytest.raises(TrothError, match=code):
            shop.trust(by=[])
        shop.forget("orders")
        shop.import_("orders", export)
        assert shop.status().records == {"orders": 1 if code == "key-changed" or "sent" in old else 0}
