# ruff: noqa: DTZ001 - the ledger's times are in UTC and carry no zone

import datetime as dt
from pathlib import Path

import pytest
from tests.intake.helpers import ORDERS, Bring, Rows, blueprint

from troth.errors import TrothError
from troth.intake import quarantine_rows
from troth.store import Store

FILE = "id,customer,made,total\n1,c1,2025-01-02 03:04:05,10.5\n2,c2,2025-01-03T00:00:00+01:00,\n3,c1,,-1\n"


def counts(summary: object) -> tuple[int, ...]:
    return tuple(getattr(summary, part) for part in ("added", "changed", "same", "stale", "quarantined"))


def test_a_clean_file_becomes_typed_records(bring: Bring, rows: Rows, store: Store) -> None:
    summary = bring(FILE)
    assert counts(summary) == (3, 0, 0, 0, 0)
    assert rows("id, customer, made, total, _key, _import, _row") == [
        ("1", "c1", dt.datetime(2025, 1, 2, 3, 4, 5), 10.5, "1", 1, 1),
        ("2", "c2", dt.datetime(2025, 1, 2, 23), None, "2", 1, 2),
        ("3", "c1", None, -1.0, "3", 1, 3),
    ]
    run = store.connection.execute("SELECT * EXCLUDE (source, started_ms, finished_ms) FROM import_run")
    assert run.fetchall() == [(1, "orders", 3, 3, 0, 0, 0, 0)]
    assert not store.path.with_name("ledger.duckdb.intake").exists()


def test_the_same_rows_change_nothing(bring: Bring, rows: Rows) -> None:
    bring(FILE)
    before = rows()
    assert counts(bring(FILE)) == (0, 0, 3, 0, 0)
    assert rows() == before


def test_a_changed_row_replaces_its_old_version(bring: Bring, rows: Rows) -> None:
    bring(FILE)
    assert counts(bring(FILE.replace("10.5", "11.5").replace("3,c1,,-1", "4,c4,,"))) == (1, 1, 1, 0, 0)
    assert rows("id, total, _import") == [("1", 11.5, 2), ("2", None, 1), ("3", -1.0, 1), ("4", None, 2)]


def test_of_two_rows_with_one_key_the_last_stays(bring: Bring, rows: Rows, store: Store) -> None:
    content = "id,customer,made,total\n1,c1,,1\n2,c2,,9\n1,c1,,3\n1,c1,,2\n1,c1,,3\n"
    for expected in ((2, 0, 1, 0, 2), (0, 0, 3, 0, 2)):
        assert counts(bring(content)) == expected
        assert rows("id, total, _row") == [("1", 3.0, 5), ("2", 9.0, 2)]
        quarantined = list(quarantine_rows(store))
        assert [(row.row_no, row.reason, row.detail, row.row["total"]) for row in quarantined] == [
            (1, "duplicate-key", "row 5", "1.0"),
            (4, "duplicate-key", "row 5", "2.0"),
        ]


@pytest.mark.parametrize(
    "name",
    ["outcome", "winner", "loser", "n", "k", "kind", "reason", "detail", "row_no", "row_json", "import_no",
     "s", "w", "l", "r", "staged", "losers", "count"],
)  # fmt: skip
def test_a_column_may_be_called_like_anything_of_ours(
    bring: Bring, rows: Rows, store: Store, name: str
) -> None:
    plan = blueprint(f"key: id\ncustomer: id\ncolumns: {{id: text, {name}: text}}")
    content = f"id,{name}\n1,1st\n2,2nd\n1,3rd\n,4th\n"
    assert counts(bring(content, plan)) == (2, 0, 0, 0, 2)
    assert counts(bring(content.replace("3rd", "5th"), plan)) == (0, 1, 1, 0, 2)
    assert rows(f'id, "{name}"') == [("1", "5th"), ("2", "2nd")]
    assert [row.row[name] for row in quarantine_rows(store)] == ["1st", "4th"]


def test_a_higher_version_wins_wherever_it_stands(bring: Bring, rows: Rows) -> None:
    plan = blueprint("key: id\ncustomer: id\nversion: v\ncolumns: {id: text, v: integer, a: text}")
    assert counts(bring("id,v,a\nx,2,new\nx,1,old\nx,,older\ny,1,b\n", plan)) == (2, 0, 0, 2, 0)
    assert counts(bring("id,v,a\nx,1,old\ny,2,c\n", plan)) == (0, 1, 0, 1, 0)
    assert counts(bring("id,v,a\nx,2,corrected\n", plan)) == (0, 1, 0, 0, 0)
    assert rows("id, v, a") == [("x", 2, "corrected"), ("y", 2, "c")]


def test_late_and_unordered_files_end_in_the_same_records(bring: Bring, rows: Rows) -> None:
    bring("id,customer,made,total\n2,c2,,2\n")
    bring("total,customer,made,id\n1,c1,,1\n3,c3,,3\n")
    assert rows("id, total") == [("1", 1.0), ("2", 2.0), ("3", 3.0)]


def test_a_key_of_several_columns_and_of_all(bring: Bring, rows: Rows) -> None:
    plan = blueprint("key: [id, line]\ncustomer: id\ncolumns: {id: text, line: integer, a: text}")
    summary = bring("id,line,a\nx,1,a\nx,02,b\nx,,c\n", plan)
    assert summary.reasons == {("missing-key", "line"): 1}
    assert rows("_key") == [("x␟1",), ("x␟2",)]
    every = blueprint({"logs": "key: '*'\ncustomer: id\ncolumns: {id: text, line: integer}"})
    summary = bring("id,line\nx,1\nx,1\nx,\n,\n", every, kind="logs")
    assert counts(summary) == (2, 0, 1, 0, 1)
    assert rows("_key", "logs") == [("x␟",), ("x␟1",)]


def test_a_dry_run_shows_everything_and_keeps_nothing(bring: Bring, rows: Rows, store: Store) -> None:
    summary = bring(FILE + "4,,2025-01-01,1\n", dry_run=True)
    assert counts(summary) == (3, 0, 0, 0, 1)
    assert summary.import_no is None
    assert summary.preview is not None
    assert summary.preview.columns == ("id", "customer", "made", "total")
    assert summary.preview.rows[2] == ("3", "c1", None, -1.0)
    assert [row.reason for row in summary.preview.quarantined] == ["missing-customer"]
    for table in ("import_run", "quarantine"):
        assert store.connection.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)
    bring(FILE)
    assert len(rows()) == 3


def test_columns_that_are_not_declared_are_not_kept(bring: Bring, store: Store) -> None:
    bring("id,name,customer,made,total\n1,secret,c1,,\n2,secret,,,\n")
    for table in ("record.orders", "quarantine"):
        assert "secret" not in str(store.connection.execute(f"FROM {table}").fetchall())


def test_order_of_the_rows_is_kept_by_many_threads(bring: Bring, store: Store) -> None:
    store.connection.execute("SET threads = 4")
    lines = (f"{n},c{n % 7},2025-01-01,{n}" for n in range(400_000))
    bring("id,customer,made,total\n" + "\n".join(lines))
    wrong = store.connection.execute("SELECT count(*) FROM record.orders WHERE _row <> total + 1").fetchone()
    assert wrong == (0,)


def test_an_unknown_kind_names_the_nearest(bring: Bring) -> None:
    with pytest.raises(TrothError) as caught:
        bring(FILE, kind="order")
    assert caught.value.code == "kind-unknown"
    assert "orders" in caught.value.hint


def test_progress_is_told_until_the_end(bring: Bring) -> None:
    told: list[tuple[str, float | None]] = []
    bring(FILE, progress=lambda stage, share: told.append((stage, share)))
    assert [stage for stage, share in told if share == 1] == ["reading", "storing"]


def test_a_failed_import_leaves_everything_as_it_was(
    bring: Bring, rows: Rows, store: Store, tmp_path: Path
) -> None:
    bring(FILE)
    before = rows()
    with pytest.raises(TrothError):
        bring("id;total\n1;2\n")
    assert rows() == before
    assert store.connection.execute("SELECT count(*) FROM import_run").fetchone() == (1,)
    assert list(tmp_path.glob("*.intake")) == []


def test_two_kinds_keep_apart(bring: Bring, rows: Rows) -> None:
    plan = blueprint({"orders": ORDERS, "returns": ORDERS})
    bring(FILE, plan)
    assert bring(FILE, plan, kind="returns").added == 3
    assert len(rows(kind="returns")) == 3


NAMES = ("n", "k", "t0", "t1", "winner", "row_no", "l", "order")


@pytest.mark.parametrize("name", NAMES)
def test_a_column_may_have_any_name(name: str, bring: Bring, rows: Rows, store: Store) -> None:
    kind = f"key: id\ncustomer: c\ncolumns: {{id: text, c: text, {name}: integer, made: time}}"
    content = f"id,c,{name},made\n1,c1,7,\n2,c2,5,2025-01-01\n1,c1,8,\n2,c2,5,2025-01-01\n3,c3,x,\n"
    for expected in ((2, 0, 1, 0, 2), (0, 0, 3, 0, 2)):
        assert counts(bring(content, blueprint(kind))) == expected
        assert rows(f'id, c, "{name}", _row') == [("1", "c1", 8, 3), ("2", "c2", 5, 4)]
        assert [(row.row_no, row.reason, row.row[name]) for row in quarantine_rows(store)] == [
            (1, "duplicate-key", "7"),
            (5, "wrong-type", "x"),
        ]
    assert counts(bring(content.replace("8,", "9,"), blueprint(kind))) == (0, 1, 2, 0, 2)


@pytest.mark.parametrize("name", NAMES)
def test_a_version_may_have_any_name(name: str, bring: Bring, rows: Rows) -> None:
    kind = blueprint(
        f"key: id\ncustomer: id\nversion: {name}\ncolumns: {{id: text, {name}: integer, a: text}}"
    )
    assert counts(bring(f"id,{name},a\nx,2,new\nx,1,old\nx,,older\ny,1,b\n", kind)) == (2, 0, 0, 2, 0)
    assert counts(bring(f"id,{name},a\nx,1,old\ny,2,c\n", kind)) == (0, 1, 0, 1, 0)
    assert rows(f'id, "{name}", a') == [("x", 2, "new"), ("y", 2, "c")]
