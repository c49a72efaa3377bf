from pathlib import Path

import pytest

from troth.errors import TrothError
from troth.intake import sniff


def test_a_record_kind_is_proposed(tmp_path: Path) -> None:
    path = tmp_path / "bestellungen.csv"
    path.write_bytes(
        "Bestell-Nr;Kunden-ID;Kunde;Datum;Betrag (€);Geschenk;2. Notiz;Status\n"
        "007;K1;x;31.01.2025 10:00;1.234,50;ja;a;offen\n"
        "008;K1;x;01.02.2025 11:00;2,00;nein;;zu\n".encode("cp1252")
    )
    found = sniff(path, "orders")
    assert found.form == "csv, delimiter ;, windows-1252"
    assert found.rows == 2
    kind = found.kind
    assert (kind.key, kind.customer) == (("bestell_nr",), "kunden_id")
    assert {
        name: (column.type, column.source, column.format, column.decimal)
        for name, column in kind.columns.items()
    } == {
        "bestell_nr": ("text", "Bestell-Nr", None, None),
        "kunden_id": ("text", "Kunden-ID", None, None),
        "kunde": ("text", None, None, None),
        "datum": ("time", None, "%d.%m.%Y %H:%M", None),
        "betrag": ("number", "Betrag (€)", None, ","),
        "geschenk": ("boolean", None, None, None),
        "column_2_notiz": ("text", "2. Notiz", None, None),
        "status": ("text", None, None, None),
    }
    assert any("zone" in note for note in found.notes)


def test_doubts_are_told(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("colour,day\nred,01/02/2025\nred,01/02/2025\n")
    found = sniff(path)
    assert found.kind.key == ("*",)
    assert len(found.notes) == 3
    assert any("%d/%m/%Y" in note for note in found.notes)


def test_ids_are_text_and_the_kinds_own_comes_first(tmp_path: Path) -> None:
    path = tmp_path / "a.ndjson"
    path.write_text(
        '{"shop_id": 7, "ticket_id": 1, "user": {"id": 5}}\n'
        '{"shop_id": 8, "ticket_id": 2, "user": {"id": 6}}\n'
    )
    kind = sniff(path, "tickets").kind
    assert (kind.key, kind.customer) == (("ticket_id",), "user_id")
    assert {column.type for column in kind.columns.values()} == {"text"}


def test_two_ids_together_may_be_the_key(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("order_id,item_no,customerid,price\n1,1,7,2\n1,2,7,2\n2,1,8,2\n")
    kind = sniff(path, "items").kind
    assert (kind.key, kind.customer) == (("order_id", "item_no"), "customerid")


@pytest.mark.parametrize("content", ["1,2025-01-01,c\n2,2025-01-02,d\n", "true,,5\nfalse,,6\n"])
def test_a_file_without_header_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content)
    with pytest.raises(TrothError, match="header-missing"):
        sniff(path)


def test_what_was_proposed_can_be_imported(tmp_path: Path) -> None:
    from tests.intake.helpers import NOW_MS, blueprint

    from troth.intake import import_source
    from troth.store import Store

    path = tmp_path / "orders.csv"
    path.write_text('Order ID,Customer,Total (net),at\n1,c1,"1,5",31-12-2025\n2,c2,"2,5",01-01-2025\n')
    plan = blueprint()
    plan = plan.model_copy(update={"records": {"orders": sniff(path, "orders").kind}})
    with Store.open(tmp_path, create=True) as store:
        summary = import_source(store, plan, "orders", path, now_ms=NOW_MS)
        assert (summary.added, summary.quarantined) == (2, 0)
        rows = store.connection.execute('SELECT total_net, "at"::VARCHAR FROM record.orders').fetchall()
    assert rows == [(1.5, "2025-12-31"), (2.5, "2025-01-01")]
