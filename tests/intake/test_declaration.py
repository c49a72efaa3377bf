import pytest
from tests.intake.helpers import ORDERS, Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import forget_records, quarantine_rows
from troth.store import Store

FILE = "id,customer,made,total,note\n1,c1,2025-01-01,5,a\n"


def test_a_new_column_is_empty_until_the_next_import(bring: Bring, rows: Rows) -> None:
    bring(FILE)
    more = blueprint(ORDERS + "  note: text")
    summary = bring("id,customer,made,total,note\n2,c2,,6,b\n", more)
    assert any("note" in note for note in summary.notes)
    assert rows("id, total, note") == [("1", 5.0, None), ("2", 6.0, "b")]
    assert bring(FILE, more).changed == 1
    assert rows("note") == [("a",), ("b",)]


def test_a_column_no_longer_declared_is_removed(bring: Bring, rows: Rows) -> None:
    bring(FILE)
    summary = bring("id,customer,made\n2,c2,\n", blueprint(ORDERS.replace("  total: number\n", "")))
    assert any("total" in note for note in summary.notes)
    assert [len(row) for row in rows()] == [7, 7]


def test_a_type_may_widen(bring: Bring, rows: Rows) -> None:
    bring("id,customer,made,total\n1,c1,,5\n", blueprint(ORDERS.replace("number", "integer")))
    bring("id,customer,made,total\n2,c1,,5.5\n")
    assert rows("total") == [(5.0,), (5.5,)]


def test_a_type_that_cannot_follow_is_an_error(bring: Bring, rows: Rows) -> None:
    bring(FILE)
    for old, new, code in (("made: time", "made: text", "type"), ("key: id", "key: [id, made]", "key")):
        with pytest.raises(TrothError, match=f"{code}-changed") as caught:
            bring(FILE, blueprint(ORDERS.replace(old, new)))
        assert "blueprint.yaml" in caught.value.where
    assert rows("total") == [(5.0,)]


def test_forgotten_records_can_be_declared_anew(bring: Bring, rows: Rows, store: Store) -> None:
    bring(FILE + "2,,,,\n")
    forget_records(store, "orders")
    assert list(quarantine_rows(store)) == []
    summary = bring(
        FILE, blueprint(ORDERS.replace("made: time", "made: text").replace("key: id", "key: [id, made]"))
    )
    assert (summary.import_no, summary.added) == (2, 1)
    assert rows("_key, made") == [("1␟2025-01-01", "2025-01-01")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (ORDERS.replace("key: id", 'key: "*"'), ORDERS.replace("key: id", 'key: "*"') + "  note: text"),
        (ORDERS.replace("id: text", "id: integer"), ORDERS.replace("id: text", "id: number")),
        (ORDERS.replace("id: text", "id: integer"), ORDERS),
    ],
)
def test_no_record_gets_another_key_and_is_counted_twice(
    bring: Bring, rows: Rows, before: str, after: str
) -> None:
    bring(FILE, blueprint(before))
    with pytest.raises(TrothError, match="key-changed"):
        bring(FILE, blueprint(after))
    assert len(rows()) == 1
