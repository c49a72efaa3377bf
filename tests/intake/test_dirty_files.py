"""Whatever a file holds, every row is accounted for, and importing it again changes nothing."""

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intake.helpers import NOW_MS, blueprint

from troth.errors import TrothError
from troth.intake import import_source, quarantine_rows
from troth.store import Store

_IDS = st.sampled_from(["1", "2", "3", "", "NULL", " 1 "])
_TIMES = st.sampled_from(["", "2025-01-01", "01-02-2025", "1900-01-01", "2300-01-01", "soon", "2025-02-30"])
_NUMBERS = st.sampled_from(["1", "2.5", "", "x", "inf", "1,5", "-"])
_CELLS = st.tuples(_IDS, st.sampled_from(["c1", "c2", "", "?"]), _TIMES, _NUMBERS)
_LINES = st.one_of(
    _CELLS.map(",".join),
    _CELLS.map(lambda cells: ",".join(f'"{cell}"' for cell in cells)),
    st.sampled_from(
        ['1,"c', '"1,c1,,', "1,c1", "1,c1,,,,", "\0,c1,,", "1,\udcff,,", "", "   ", '1,c"1,,', '"']
    ),
    st.text(alphabet='"1,c\n\r;é€', max_size=8),
)


def _records(store: Store) -> list[tuple[object, ...]]:
    return store.connection.execute(
        "SELECT id, customer, made, total, _import, _row FROM record.orders ORDER BY id"
    ).fetchall()


def _imported(store: Store, path: Path) -> tuple[int, int, int, int, int, int]:
    summary = import_source(store, blueprint(), "orders", path, now_ms=NOW_MS)
    parts = (summary.added, summary.changed, summary.same, summary.stale, summary.quarantined)
    assert summary.read == sum(parts)
    return (summary.read, *parts)


@settings(max_examples=25)
@given(lines=st.lists(_LINES, max_size=12), end=st.sampled_from(["\n", "\r\n"]))
def test_no_row_is_lost_and_nothing_changes_the_second_time(lines: list[str], end: str) -> None:
    content = end.join(["id,customer,made,total", *lines]).encode("utf-8", "surrogateescape")
    with TemporaryDirectory() as folder, Store.open(folder, create=True) as store:
        path = Path(folder) / "orders.csv"
        path.write_bytes(content)
        try:
            read, added, _changed, _same, _stale, bad = _imported(store, path)
        except TrothError as error:
            assert error.code in {"source-empty", "encoding-wrong"}  # noqa: PT017
            return
        records, quarantined = _records(store), list(quarantine_rows(store))
        assert (len(records), len(quarantined)) == (added, bad)
        assert {row for (*_, row) in records}.isdisjoint(row.row_no for row in quarantined)
        assert _imported(store, path) == (read, 0, 0, read - bad, 0, bad)
        assert _records(store) == records
        assert [(q.row_no, q.reason, q.row) for q in quarantine_rows(store)] == [
            (q.row_no, q.reason, q.row) for q in quarantined
        ]


_FIELD = st.text(alphabet='ab,;" \n\t€é1', max_size=6)


@settings(max_examples=25)
@given(fields=st.lists(st.tuples(_FIELD, _FIELD), min_size=1, max_size=8), delimiter=st.sampled_from(",;\t|"))
def test_what_a_csv_writer_wrote_is_read_as_it_was(fields: list[tuple[str, str]], delimiter: str) -> None:
    table = io.StringIO()
    writer = csv.writer(table, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["id", "customer", "a", "b"])
    writer.writerows([str(n), "c", *pair] for n, pair in enumerate(fields))
    plan = blueprint(
        f"key: id\ncustomer: customer\nfile: {{delimiter: {delimiter!r}}}\n".replace("'\\t'", '"\\t"')
        + "columns: {id: text, customer: text, a: text, b: text}"
    )
    with TemporaryDirectory() as folder, Store.open(folder, create=True) as store:
        path = Path(folder) / "orders.csv"
        path.write_bytes(table.getvalue().encode())
        summary = import_source(store, plan, "orders", path, now_ms=NOW_MS)
        found = store.connection.execute("SELECT a, b FROM record.orders ORDER BY _row").fetchall()
    assert summary.quarantined == 0
    assert found == [(a or None, b or None) for a, b in fields]
