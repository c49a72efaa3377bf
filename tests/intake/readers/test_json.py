import gzip
import json

import pytest
from tests.intake.helpers import Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import quarantine_rows
from troth.store import Store

PLAN = blueprint(
    """
key: id
customer: who
columns:
  id: text
  who: {type: text, source: customer.id}
  price: {type: number, decimal: ","}
  ok: boolean
  note: text
"""
)
OBJECTS = [
    {"id": 1, "customer": {"id": "c1"}, "price": 1234.5, "ok": True, "note": 'a\nb, "c"'},
    {"id": "2", "customer": {"id": "c2"}, "price": "1.234,5", "ok": None},
]
EXPECTED = [("1", "c1", 1234.5, True, 'a\nb, "c"', 1), ("2", "c2", 1234.5, None, None, 2)]
LINES = "\n".join(map(json.dumps, OBJECTS))


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (LINES.encode(), "orders.ndjson"),
        (LINES.encode(), "orders.json"),
        (LINES.encode("utf-16"), "orders.jsonl"),
        (gzip.compress(LINES.encode()), "orders.ndjson.gz"),
        (b"\xef\xbb\xbf" + json.dumps(OBJECTS).encode(), "orders.json"),
        (json.dumps(OBJECTS, indent=2).encode(), "orders.json"),
        (
            json.dumps(OBJECTS[0], indent=2).encode() + json.dumps(OBJECTS[1], indent=2).encode(),
            "orders.txt.json",
        ),
        (json.dumps(OBJECTS, indent=1).encode(), "export"),
    ],
)
def test_json_is_read_however_it_is_written(content: bytes, name: str, bring: Bring, rows: Rows) -> None:
    assert bring(content, PLAN, name=name).quarantined == 0
    assert rows("id, who, price, ok, note, _row") == EXPECTED


def test_a_broken_line_harms_no_other(bring: Bring, rows: Rows, store: Store) -> None:
    first, second = LINES.split("\n")
    content = "\n".join(
        [
            first.replace("a\\nb", "é\\nb"),
            "{broken",
            "",
            "[1]",
            '{"id": "9\\u0000", "customer": {"id": "c"}}',
            second,
        ]
    )
    summary = bring(content.encode() + b'\n{"id": "\xff"}\n', PLAN, name="orders.ndjson")
    assert (summary.added, summary.quarantined) == (2, 4)
    assert [row for (row,) in rows("_row")] == [1, 5]
    assert [(row.row_no, row.detail) for row in quarantine_rows(store)] == [
        (2, "no-json-object"), (3, "no-json-object"), (4, "nul-byte"), (6, "invalid-encoding"),
    ]  # fmt: skip


def test_a_member_that_comes_late_is_read(bring: Bring, rows: Rows) -> None:
    lines = [json.dumps({"id": n, "customer": {"id": "c"}}) for n in range(6000)]
    lines.append(json.dumps({"id": "z", "customer": {"id": "c"}, "note": "late"}))
    summary = bring("\n".join(lines), PLAN, name="orders.ndjson")
    assert any("note" in note for note in summary.notes)
    assert rows("id, note")[-1] == ("z", "late")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('[{"id": 1},\n {"id": 2', "json-broken"),
        ('[{"id": 1},\n nonsense]', "json-broken"),
        ("[1, 2]", "json-without-objects"),
        ("[]", "json-without-objects"),
        ("{}", "json-without-objects"),
        ("no json", "json-without-objects"),
        ("[" * 100_000, "json-without-objects"),
        ('[{"id": 1},\n' + "[" * 100_000, "json-broken"),
    ],
)
def test_what_is_no_list_of_objects_is_an_error(content: str, code: str, bring: Bring) -> None:
    plan = blueprint("key: id\ncustomer: id\ncolumns: {id: text}")
    with pytest.raises(TrothError) as caught:
        bring(content, plan, name="orders.json")
    assert caught.value.code == code


def test_a_big_array_is_read_in_pieces(bring: Bring) -> None:
    plan = blueprint("key: id\ncustomer: id\ncolumns: {id: text, note: text}")
    objects = [{"id": n, "note": "x" * 300} for n in range(30_000)]
    assert bring(json.dumps(objects), plan, name="orders.json").added == 30_000
