import json

import pytest
from tests.intake.helpers import NOW_MS, ORDERS, Bring, Rows, blueprint

from troth.intake import REASONS, quarantine_rows, replay_quarantine
from troth.store import Store

BAD = (
    "id,customer,made,total\n"
    ",c1,2025-01-01,1\n"
    "2,,2025-01-01,1\n"
    "3,c3,soon,1\n"
    "4,c4,1900-01-01,1\n"
    "5,c5,2300-01-01,1\n"
    "6,c6,2025-01-01,much\n"
    "7,c7\n"
    "NULL,c8,2025-01-01,1\n"
    "9,n/a,,\n"
)
REASON_BY_ROW = {
    1: ("missing-key", "id", None),
    2: ("missing-customer", "customer", None),
    3: ("unreadable-time", "made", "soon"),
    4: ("time-out-of-range", "made", "1900-01-01"),
    5: ("time-out-of-range", "made", "2300-01-01"),
    6: ("wrong-type", "total", "much"),
    7: ("malformed-row", None, "too-few-fields: 2 of 4"),
    8: ("missing-key", "id", "NULL"),
    9: ("missing-customer", "customer", "n/a"),
}


def held(store: Store) -> dict[int, tuple[str, str | None, str | None]]:
    return {row.row_no: (row.reason, row.column, row.detail) for row in quarantine_rows(store)}


def test_every_bad_row_is_kept_with_its_reason(bring: Bring, store: Store) -> None:
    summary = bring(BAD)
    assert (summary.read, summary.added, summary.quarantined) == (9, 0, 9)
    assert held(store) == REASON_BY_ROW
    assert {reason for reason, *_ in REASON_BY_ROW.values()} <= REASONS.keys()
    rows = {row.row_no: row.row for row in quarantine_rows(store, "orders")}
    assert rows[3] == {"id": "3", "customer": "c3", "made": "soon", "total": "1"}
    assert rows[7] == {"_line": "7,c7"}
    assert list(quarantine_rows(store, "returns")) == []


def test_the_same_bad_rows_do_not_pile_up(bring: Bring, store: Store) -> None:
    for _ in range(3):
        bring(BAD)
        assert held(store) == REASON_BY_ROW


def test_a_row_that_comes_in_good_leaves_the_quarantine(bring: Bring, rows: Rows, store: Store) -> None:
    bring(BAD)
    bring("id,customer,made,total\n3,c3,2025-01-01,1\n6,c6,never,1\n")
    assert rows("id") == [("3",)]
    assert [row.row_no for row in quarantine_rows(store) if row.import_no == 2] == [2]
    assert sorted(held(store)) == [1, 2, 4, 5, 7, 8, 9]


def test_words_for_nothing_are_empty_fields(bring: Bring, rows: Rows) -> None:
    plan = blueprint(ORDERS + "  note: text\nfile: {empty: [unknown, none at all]}")
    words = ["", "NULL", "null", "N/A", "n/a", "?", "-", "unknown", "none at all", " - "]
    lines = [f"{n},c,{word},{word},{word}" for n, word in enumerate(words)]
    assert bring("\n".join(["id,customer,made,total,note", *lines]), plan).quarantined == 0
    assert set(rows("made, total")) == {(None, None)}
    assert [note for (note,) in rows("note")] == [
        None,
        "NULL",
        "null",
        "N/A",
        "n/a",
        "?",
        "-",
        None,
        None,
        " - ",
    ]


def test_dates_reach_further_than_times(bring: Bring, rows: Rows) -> None:
    plan = blueprint("key: id\ncustomer: id\ncolumns: {id: text, born: date, ends: date}")
    summary = bring("id,born,ends\n1,1901-05-05,2090-01-01\n2,1002-01-01,\n3,,2300-01-01\n", plan)
    assert summary.reasons == {("time-out-of-range", "born"): 1, ("time-out-of-range", "ends"): 1}
    assert rows("id") == [("1",)]


def test_a_mended_blueprint_lets_the_rows_in(bring: Bring, rows: Rows, store: Store) -> None:
    content = "id,customer,Made,total\n1,c1,2025-01-02,5\n2,c2,31|12|2025,6\n3,c3,soon,7\n4,c4\n"
    bring(content)
    mended = blueprint(ORDERS.replace("made: time", "made: {type: time, format: '%d|%m|%Y'}"))
    [summary] = replay_quarantine(store, mended, now_ms=NOW_MS)
    assert (summary.read, summary.added, summary.quarantined) == (2, 1, 1)
    assert rows("id, made::VARCHAR, _row") == [
        ("1", "2025-01-02 00:00:00", 1),
        ("2", "2025-12-31 00:00:00", 2),
    ]
    assert held(store) == {
        3: ("unreadable-time", "made", "soon"),
        4: ("malformed-row", None, "too-few-fields: 2 of 4"),
    }
    assert replay_quarantine(store, mended, "orders", now_ms=NOW_MS)[0].quarantined == 1


def test_a_replay_never_replaces_what_came_later(bring: Bring, rows: Rows, store: Store) -> None:
    text_key = ORDERS.replace("  id: text", "  id: integer")
    bring("id,customer,made,total\n1,c1,2025|01|02,1\n", blueprint(text_key))
    mended = blueprint(text_key.replace("made: time", "made: {type: time, format: '%Y|%m|%d'}"))
    store.connection.execute("UPDATE quarantine SET _key = NULL")
    bring("id,customer,made,total\n1,c1,2025|01|03,2\n", mended)
    [summary] = replay_quarantine(store, mended, now_ms=NOW_MS)
    assert (summary.read, summary.stale) == (1, 1)
    assert rows("total") == [(2.0,)]
    assert held(store) == {}


def test_duplicates_are_not_replayed(bring: Bring, rows: Rows, store: Store) -> None:
    bring("id,customer,made,total\n1,c1,,1\n1,c1,,2\n")
    assert replay_quarantine(store, blueprint(), now_ms=NOW_MS) == []
    assert rows("total") == [(2.0,)]


def test_a_quarantined_row_is_json_for_other_programs(bring: Bring, store: Store) -> None:
    bring('id,customer,made,total\n1,"c ""1"" é",soon,\n')
    [(raw,)] = store.connection.execute("SELECT row_json FROM quarantine").fetchall()
    assert json.loads(raw) == {"id": "1", "customer": 'c "1" é', "made": "soon", "total": None}


@pytest.mark.parametrize("end", ["", "\n"])
def test_reasons_count_by_column(bring: Bring, end: str) -> None:
    content = "id,customer,made,total\n1,c,x,\n2,c,y,\n3,c,,z" + end
    assert bring(content).reasons == {("unreadable-time", "made"): 2, ("wrong-type", "total"): 1}


def test_with_all_columns_as_key_an_unreadable_row_is_not_taken_for_one_with_an_empty_field(
    bring: Bring, store: Store
) -> None:
    every = blueprint(ORDERS.replace("key: id", 'key: "*"'))
    assert bring("id,customer,made,total\n1,c1,2025-01-01,bad\n", every).quarantined == 1
    assert bring("id,customer,made,total\n1,c1,2025-01-01,\n", every).added == 1
    assert len(list(quarantine_rows(store))) == 1
    assert bring("id,customer,made,total\n1,c1,2025-01-01,bad\n", every).quarantined == 1
    assert len(list(quarantine_rows(store))) == 1
