"""A record from a program and the same row of a file mean the same."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.intake.helpers import NOW_MS, blueprint

from troth.blueprint.schema import Blueprint
from troth.errors import UsageError
from troth.intake import import_source, pseudonym
from troth.intake.judging import Judge
from troth.store import Store

KIND = """
key: id
customer: customer
zone: Europe/Amsterdam
version: revision
columns:
  id: text
  customer: text
  revision: integer
  note: text
  total: number
  price: {type: number, decimal: ","}
  gift: boolean
  due: date
  sent: {type: date, format: "%d-%m-%Y"}
  made: time
  paid: {type: time, format: "%d-%m-%Y %H:%M"}
  seen: {type: time, format: "%Y-%m-%d %H:%M:%S %z"}
file: {empty: ["?", "unknown"]}
"""
COLUMNS = (
    "id",
    "customer",
    "revision",
    "note",
    "total",
    "price",
    "gift",
    "due",
    "sent",
    "made",
    "paid",
    "seen",
)
EPOCH = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC
KEY = b"0123456789abcdef"
AMBIGUOUS = re.compile(r"(0?\d|1[0-2])-(0?\d|1[0-2])-\d{4}.*|\d{1,3}[.,]\d{3}", re.ASCII)
Filed = Callable[[dict[str, object]], tuple[object, ...]]

WORDS = st.sampled_from(
    ["", " ", "?", "unknown", "NULL", "n/a", "-", "None", " c1 ", "c1", "17850", "42.0", "1.000", "1.234",
     "1,5", "1.234,56", "12,50", "1e3", "+7", "-0", "true", "Ja", "nein", "0", "1", "y", "2026-01-31",
     "31-01-2026", "31-01-2026 10:15", "03-04-2026", "2026-01-31T10:15:00Z", "2026-01-31T10:15:00+01:00",
     "2026-01-31 10:15", "2026-01-31 10:15:00 +0100", "2026-03-29 02:30:00", "2025-10-26T02:30:00",
     "2026-01-31T10:15:00.123456789Z", "2026-02-30", "24:00", "1969-12-31T23:59:59Z", "2299-01-01",
     "1849-12-31", "31 Jan 2026", "x\u00a0", "\u2003a", "'; DROP TABLE staged; --", "<b>", "a\nb", "é",
     "\U0001f600", "nan", "inf", "\u0661\u0662"]
)  # fmt: skip
MOMENTS = st.datetimes(dt.datetime(1965, 1, 1), dt.datetime(2040, 1, 1))  # noqa: DTZ001 - written as they are
TIMES = st.one_of(
    MOMENTS.map(lambda at: at.isoformat()),
    MOMENTS.map(lambda at: at.replace(microsecond=0).isoformat(" ")),
    st.tuples(
        MOMENTS, st.sampled_from(["Z", "+00:00", "-03:30", "+14:00", " +0100", " Z", "+1", "+99:00"])
    ).map(lambda pair: pair[0].isoformat() + pair[1]),
    MOMENTS.map(lambda at: at.strftime("%d-%m-%Y %H:%M")),
    MOMENTS.map(lambda at: at.strftime("%Y-%m-%d")),
)
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.integers(-3, 3),
    st.floats(allow_nan=False, allow_infinity=False), WORDS, TIMES,
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6),
    st.just({"a": [1, None]}), st.just([1, "x"]),
)  # fmt: skip
ROWS = st.fixed_dictionaries(
    {"id": st.one_of(st.just("o1"), VALUES), "customer": st.one_of(st.just("c1"), VALUES)},
    optional=dict.fromkeys(COLUMNS[2:], VALUES),
)


@pytest.fixture(scope="module")
def plan() -> Blueprint:
    return blueprint(KIND)


@pytest.fixture(scope="module")
def judge(plan: Blueprint) -> Judge:
    return Judge(plan, "orders")


@pytest.fixture(scope="module")
def filed(tmp_path_factory: pytest.TempPathFactory, plan: Blueprint) -> Iterator[Filed]:
    """Imports one row as a file; its typed values, or the code and column of its quarantine."""
    folder = tmp_path_factory.mktemp("filed")
    path = folder / "orders.ndjson"

    store = Store.open(folder, create=True)

    def filed(row: dict[str, object]) -> tuple[object, ...]:
        path.write_text(json.dumps(row, ensure_ascii=False))
        import_source(store, plan, "orders", path, now_ms=NOW_MS)
        ask = store.connection.execute
        stored = ask(f"SELECT {', '.join(COLUMNS)} FROM record.orders").fetchall()
        bad = ask("SELECT reason, column_name, detail, row_json FROM quarantine").fetchall()
        ask("DELETE FROM record.orders; DELETE FROM quarantine")
        [found] = stored or bad
        return tuple(found)

    yield filed
    store.close()


def typed(columns: dict[str, list[object]]) -> tuple[object, ...]:
    """The one judged record as the store would give it."""
    values = []
    for name, [value] in columns.items():
        if value is not None and name in {"due", "sent"}:
            value = EPOCH.date() + dt.timedelta(days=value)  # noqa: PLW2901 - the same value, told otherwise
        if value is not None and name in {"made", "paid", "seen"}:
            value = EPOCH + dt.timedelta(microseconds=value)  # noqa: PLW2901 - likewise
        values.append(value)
    return tuple(values)


@settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=ROWS)
def test_a_record_means_what_the_row_of_a_file_means(
    judge: Judge, filed: Filed, row: dict[str, object]
) -> None:
    full = {name: row.get(name) for name in COLUMNS}
    assume(any(value is not None for value in full.values()))
    told = filed(full)
    judged = judge.judge([full], NOW_MS, kept=True)
    assert judged.undeclared == {}
    if judged.n:
        found = typed(judged.columns)  # type: ignore[arg-type]
        assert found == told
        assert list(map(type, found)) == list(map(type, told))
        return
    [refusal] = judged.refused
    if told[1] != refusal.column or len(told) == len(COLUMNS):  # a file is read by its other rows, too
        assert refusal.column in {"total", "due", "made"}
        assert AMBIGUOUS.fullmatch(str(refusal.detail))
        return
    assert (refusal.code, refusal.column, refusal.detail) == told[:3]
    assert json.loads(refusal.row) == json.loads(str(told[3]))


@given(rows=st.lists(ROWS, max_size=8), cut=st.integers(0, 8))
def test_a_record_means_the_same_whatever_came_with_it(
    judge: Judge, rows: list[dict[str, object]], cut: int
) -> None:
    whole = judge.judge(rows, NOW_MS)
    parts = [judge.judge(part, NOW_MS) for part in (rows[:cut], rows[cut:])]
    assert whole.n == sum(part.n for part in parts)
    assert {name: list(values) for name, values in whole.columns.items()} == {
        name: [*parts[0].columns[name], *parts[1].columns[name]] for name in COLUMNS
    }
    assert [one.index for one in whole.refused] == [
        *(one.index for one in parts[0].refused), *(one.index + len(rows[:cut]) for one in parts[1].refused)
    ]  # fmt: skip


def test_plain_values_never_meet_the_database(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(judge._careful), "read", None)
    row = {
        "id": "o1", "customer": 17, "revision": 3, "note": "thanks", "total": 12, "price": 1.5, "gift": True,
        "due": "2026-01-31", "sent": None, "made": "2026-01-31T10:15:00", "seen": "2026-01-31T10:15:00+01:00",
    }  # fmt: skip
    judged = judge.judge([row], NOW_MS)
    assert judged.n == 1
    assert judged.columns["made"] == judged.columns["seen"] == [1_769_850_900_000_000]


@pytest.mark.parametrize(
    ("change", "code", "column"),
    [
        ({"id": None}, "missing-key", "id"),
        ({"id": " "}, "missing-key", "id"),
        ({"customer": "n/a"}, "missing-customer", "customer"),
        ({"made": "yesterday"}, "unreadable-time", "made"),
        ({"made": 1_700_000_000}, "unreadable-time", "made"),
        ({"due": "03-04-2026"}, "unreadable-time", "due"),
        ({"made": "2052-01-01T00:00:00Z"}, "time-out-of-range", "made"),
        ({"revision": 1.5}, "wrong-type", "revision"),
        ({"revision": 2**64}, "wrong-type", "revision"),
        ({"total": "1.234"}, "wrong-type", "total"),
        ({"gift": "perhaps"}, "wrong-type", "gift"),
        ({"note": "a\0b"}, "malformed-row", None),
        ({"note": "a" * 3_000_000}, "malformed-row", None),
    ],
)
def test_what_cannot_be_used_says_why(
    judge: Judge, change: dict[str, object], code: str, column: str | None
) -> None:
    judged = judge.judge([{"id": "o1", "customer": "c1"} | change, {"id": "o2", "customer": "c2"}], NOW_MS)
    [refusal] = judged.refused
    assert (refusal.index, refusal.code, refusal.column) == (0, code, column)
    assert judged.n == 1
    assert judged.columns["id"] == ["o2"]


@pytest.mark.parametrize("stranger", [None, 1, "text", [], [{"id": "o1"}], True])
def test_what_is_no_object_is_refused_in_its_place(judge: Judge, stranger: object) -> None:
    judged = judge.judge([{"id": "o1", "customer": "c1"}, stranger, {"id": None, "customer": "c1"}], NOW_MS)
    assert [(one.index, one.code, one.detail) for one in judged.refused] == [
        (1, "malformed-row", "no-json-object"),
        (2, "missing-key", None),
    ]


def test_fields_that_are_not_declared_are_left_out_and_counted(judge: Judge) -> None:
    rows = [{"id": n, "customer": "c", "email": "someone", "street": "x"} for n in range(3)]
    judged = judge.judge([*rows, {"id": 9, "customer": "c", "email": "y"}], NOW_MS)
    assert judged.undeclared == {"email": 4, "street": 3}
    assert set(judged.columns) == set(COLUMNS)


SPELT = """
key: order_id
customer: customer_id
columns:
  order_id: {type: text, source: Name}
  customer_id: {type: text, source: customer.id}
  sku: {type: text, source: line_items.1.sku}
"""


@pytest.mark.parametrize(
    "record",
    [
        {"order_id": "o1", "customer_id": 5, "sku": "b"},
        {"Name": "o1", "customer": {"id": 5}, "line_items": [{"sku": "a"}, {"sku": "b"}]},
        {"name": "o1", "customer.id": "5", "SKU": "b"},
        {"Order-ID": "o1", "Customer ID": "5", "sku": "b"},
    ],
)
def test_columns_are_found_by_name_source_and_path(record: dict[str, object]) -> None:
    judged = Judge(blueprint(SPELT), "orders").judge([record], NOW_MS)
    assert {name: list(values) for name, values in judged.columns.items()} == {
        "order_id": ["o1"], "customer_id": ["5"], "sku": ["b"],
    }  # fmt: skip


@pytest.mark.parametrize("items", [None, [], {}, "text", [1, 2], [{"sku": "a"}]])
def test_a_path_that_leads_nowhere_is_an_empty_value(items: object) -> None:
    judged = Judge(blueprint(SPELT), "orders").judge(
        [{"order_id": "o1", "customer_id": "c1", "line_items": items}], NOW_MS
    )
    assert judged.columns["sku"] == [None]


def test_other_paths_may_be_named_for_a_sender() -> None:
    judge = Judge(blueprint(SPELT), "orders", paths={"order_id": "order.number", "sku": "first"})
    judged = judge.judge([{"order": {"number": 7}, "customer": {"id": "c1"}, "first": "s"}], NOW_MS)
    assert {name: list(values) for name, values in judged.columns.items()} == {
        "order_id": ["7"], "customer_id": ["c1"], "sku": ["s"],
    }  # fmt: skip


def test_customers_become_pseudonyms_on_both_ways() -> None:
    judge = Judge(blueprint(private=True), "orders", KEY)
    rows = [
        {"id": "1", "customer": "c1"},
        {"id": "2", "customer": " c1 "},
        {"id": "3", "customer": "c1", "made": "x"},
    ]
    judged = judge.judge([*rows, "c1"], NOW_MS, kept=True)
    assert judged.columns["customer"] == [pseudonym(KEY, "c1")] * 2
    told = " ".join(f"{one.row} {one.detail}" for one in judged.refused)
    assert pseudonym(KEY, "c1") in told
    assert '"c1"' not in told


def test_ready_made_experiences_are_checked_like_imported_ones(tmp_path: Path) -> None:
    good = {
        "id": 1,
        "customer": "c",
        "touchpoint": "delivery",
        "mechanism": "ability",
        "weight": 1000,
        "at": "2025-01-01T00:00:00Z",
    }
    changes = [
        {}, {"severity": 4}, {"touchpoint": "moon"}, {"mechanism": "magic"}, {"weight": 0}, {"weight": None},
        {"weight": 10**9}, {"at": None}, {"severity": 5},
    ]  # fmt: skip
    rows = [good | {"id": n} | change for n, change in enumerate(changes)]
    judged = Judge(blueprint(), "experiences").judge(rows, NOW_MS)
    path = tmp_path / "experiences.ndjson"
    path.write_text("\n".join(map(json.dumps, rows)))
    with Store.open(tmp_path, create=True) as store:
        import_source(store, blueprint(), "experiences", path, now_ms=NOW_MS)
        told = store.connection.execute(
            "SELECT row_no - 1, reason, column_name FROM quarantine ORDER BY 1"
        ).fetchall()
    assert [(one.index, one.code, one.column) for one in judged.refused] == told
    assert judged.n == 2


def test_an_unknown_kind_is_named() -> None:
    with pytest.raises(UsageError, match="kind-unknown"):
        Judge(blueprint(), "order")
