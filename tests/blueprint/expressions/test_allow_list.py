"""Whatever is written: nothing but known parts comes out, and what comes out runs on every row."""

import datetime as dt
from collections.abc import Callable

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlglot import exp, parse_one

from troth.blueprint.expressions import Compiled, ExpressionError

Compile = Callable[..., Compiled]

HARMLESS = {
    exp.Literal,
    exp.Null,
    exp.Boolean,
    exp.Paren,
    exp.And,
    exp.Or,
    exp.Not,
    exp.EQ,
    exp.NEQ,
    exp.LT,
    exp.LTE,
    exp.GT,
    exp.GTE,
    exp.NullSafeEQ,
    exp.NullSafeNEQ,
    exp.Between,
    exp.In,
    exp.Is,
    exp.Like,
    exp.ILike,
    exp.Add,
    exp.Sub,
    exp.Mul,
    exp.Div,
    exp.Mod,
    exp.Neg,
    exp.Case,
    exp.If,
    exp.Cast,
    exp.DataType,
    exp.Column,
    exp.Identifier,
    exp.Interval,
    exp.Var,
    exp.Lower,
    exp.Upper,
    exp.Trim,
    exp.Length,
    exp.Replace,
    exp.Substring,
    exp.Concat,
    exp.DPipe,
    exp.Abs,
    exp.Floor,
    exp.Ceil,
    exp.Round,
    exp.Coalesce,
    exp.Least,
    exp.Greatest,
    exp.Nullif,
    exp.DateDiff,
    exp.TimestampTrunc,
    exp.Extract,
}
# Well-typed expressions: {n} a number, {i} an integer, {t} a text, {b} true or false, {m} a time, {d} a date.
SHAPES = {
    "i": [
        "items",
        "stars",
        "1",
        "0",
        "9223372036854775807",
        "S2",
        "length({t})",
        "{i} % 7",
        "date_diff('day', {m}, {d})",
        "date_diff('month', {m}, {m})",
        "extract(hour FROM {m})",
        "year({d})",
        "CAST({i} AS BIGINT)",
        "coalesce({i}, {i})",
        "CASE WHEN {b} THEN {i} ELSE NULL END",
        "nullif({i}, {i})",
    ],
    "n": [
        "total",
        "weight",
        "{i}",
        "2.5",
        "1e300",
        "{n} + {n}",
        "{n} - {i}",
        "{n} * {n}",
        "{n} / {n}",
        "- {n}",
        "({n})",
        "abs({n})",
        "floor({n})",
        "ceil({n})",
        "round({n}, 2)",
        "round({n})",
        "least({n}, {i})",
        "greatest({i}, {n})",
        "IF({b}, {n}, {i})",
        "CAST({i} AS DOUBLE)",
        "CASE {i} WHEN {i} THEN {n} END",
    ],
    "t": [
        "note",
        "comment",
        "'a'",
        "''",
        "lower({t})",
        "upper({t})",
        "trim({t})",
        "replace({t}, {t}, {t})",
        "substring({t}, 2, 3)",
        "concat({t}, {t})",
        "{t} || {t}",
        "coalesce({t}, {t})",
        "CASE WHEN {b} THEN {t} END",
        "CAST({i} AS TEXT)",
        "CAST({d} AS TEXT)",
    ],
    "b": [
        "paid",
        "gift",
        "TRUE",
        "({b})",
        "NOT ({b})",
        "({b}) AND ({b})",
        "({b}) OR ({b})",
        "{n} = {i}",
        "{t} <> {t}",
        "{m} < {d}",
        "{n} >= {n}",
        "{i} BETWEEN {n} AND {i}",
        "{t} IN ({t}, 'x')",
        "{d} IN ({m}, '2026-01-31')",
        "{n} IS NULL",
        "({b}) IS NOT TRUE",
        "{t} LIKE '%a_'",
        "{t} NOT ILIKE 'x%'",
        "{n} IS DISTINCT FROM {i}",
        "{m} > '2026-01-31 12:00'",
    ],
    "d": [
        "date",
        "promised",
        "DATE '2026-01-31'",
        "{d} + INTERVAL 3 MONTH",
        "{d} - INTERVAL 100 YEAR",
        "CAST({m} AS DATE)",
        "date_trunc('week', {d})",
        "least({d}, {d})",
        "coalesce({d}, {d})",
    ],
    "m": [
        "placed",
        "shipped",
        "{d} + INTERVAL 9 HOUR",
        "{m} - INTERVAL 59 MINUTE",
        "{m} + INTERVAL 1 YEAR",
        "date_trunc('month', {m})",
        "greatest({m}, {d})",
        "CAST({d} AS TIMESTAMP)",
        "IF({b}, {m}, {d})",
    ],
}
EVIL = [
    "SELECT",
    "(SELECT 1)",
    "FROM",
    ";",
    "--",
    "/*",
    "*",
    "read_csv('x')",
    "getenv('x')",
    "now()",
    "sum(total)",
    "OVER ()",
    "TRY_CAST(note AS INT)",
    "$1",
    "?",
    "[",
    "]",
    "->",
    "::",
    "COLUMNS(*)",
    "DROP TABLE",
    "UNION",
    "EXISTS",
    "'",
    '"',
    "\\",
    "ｐ",
    "@",
    "FILTER",
    "DISTINCT",
    "unnest(note)",
    "INTERVAL",
    "CASE",
    "END",
    "AS",
    ".",
    ",",
    "(",
    ")",
    "{",
    "}",
    "ESCAPE",
    "COLLATE",
    "RETURNING",
]


@st.composite
def well_typed(draw: st.DrawFn, kind: str | None = None, depth: int = 3) -> str:
    shapes = SHAPES[kind or draw(st.sampled_from(sorted(SHAPES)))]
    shape = draw(st.sampled_from(shapes if depth else [s for s in shapes if "{" not in s]))
    inner = {name: f"{{{name}}}" for name in SHAPES}
    for name in SHAPES:
        while f"{{{name}}}" in shape:
            part = draw(well_typed(name, depth - 1))
            shape = shape.replace(inner[name], part if " " not in part else f"({part})", 1)
    return shape


words = st.sampled_from(["note", "items", "paid", "placed", "1", "'a'", "NULL", "=", "+", "AND", *EVIL])
soup = st.lists(words | st.text(max_size=3) | well_typed(depth=1), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def rows() -> duckdb.DuckDBPyConnection:
    """Rows at the limits of their types."""
    connection = duckdb.connect()
    connection.execute(
        'CREATE TABLE record (id TEXT, customer TEXT, note TEXT, comment TEXT, "order" TEXT, "date" DATE, '
        "placed TIMESTAMP, shipped TIMESTAMP, promised DATE, total DOUBLE, weight DOUBLE, items BIGINT, "
        "stars BIGINT, s1 BIGINT, paid BOOLEAN, gift BOOLEAN, parent TEXT)"
    )
    day, moment = dt.date(2300, 12, 31), dt.datetime(1900, 1, 1)  # noqa: DTZ001 - times in the tables are UTC
    for note, number, whole, truth in [
        ("", 0.0, 0, True),
        ("\\%_'\U0001f642", 1.7e308, 2**63 - 1, False),
        ("123", -1.7e308, -(2**63), None),
        (None, None, None, None),
        ("NaN", 5e-324, -1, True),
    ]:
        connection.execute(
            "INSERT INTO record VALUES ('1', 'c', ?, ?, NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)",
            [note, note, day, moment, moment, day, number, number, whole, whole, whole, truth, truth],
        )
    return connection


def check(found: Compiled, rows: duckdb.DuckDBPyConnection) -> None:
    for node in found.tree.walk():
        assert type(node) in HARMLESS, type(node)
        assert not node.comments
        assert type(node) is not exp.Identifier or node.args["quoted"]
    assert {column.table for column in found.tree.find_all(exp.Column)} <= {"record", "before"}
    sql = found.sql()
    assert parse_one(sql, dialect="duckdb").sql("duckdb") == sql
    rows.execute(f"SELECT {sql} FROM record, record AS before").fetchall()


@settings(max_examples=200)
@given(text=soup)
def test_only_known_parts_come_out_of_anything(
    text: str, compiled: Compile, rows: duckdb.DuckDBPyConnection
) -> None:
    try:
        found = compiled(text)
    except ExpressionError:
        return
    check(found, rows)


@settings(max_examples=200)
@given(text=well_typed())
def test_what_is_well_typed_compiles_and_runs_on_every_row(
    text: str, compiled: Compile, rows: duckdb.DuckDBPyConnection
) -> None:
    check(compiled(text), rows)
