"""The gate and the spellings of the ledger's SQL, and what it prints."""

import duckdb
import pytest
import sqlglot
from sqlglot import exp
from tests.ledger.conftest import Make, end_of

from troth.ledger import DIALECTS, Dialect, statements
from troth.ledger.dictionaries import known_numbers
from troth.ledger.sql import EPOCH_MS, render

TEXT = """
records:
  orders:
    {key: id, customer: customer, columns: {id: integer, customer: text, at: time, due: date, kept: time}}
rules:
  - {id: bought, from: orders, touchpoint: delivery, mechanism: {ability: 0.5, clarity: 0.5}, at: at,
     weight: GOOD}
promises:
  - {id: promised, from: orders, touchpoint: delivery, mechanism: reliability, made: at, due: due, kept: kept}
segments:
  - {id: kind, name: Kind, from: orders, value: customer, latest: at}
"""


@pytest.mark.parametrize(
    "text",
    [
        "SELECT TRY_CAST(a AS INTEGER) FROM t",
        "SELECT arg_max(a, b) FROM t GROUP BY ALL",
        "SELECT a / b FROM t",
        "SELECT * FROM read_csv('x')",
        "SELECT list(a ORDER BY b) FROM t",
        "DROP TABLE t",
        "SELECT epoch_ms(a) FROM t",
        "SELECT my_own(a) FROM t",
    ],
)
def test_what_is_not_known_to_mean_the_same_everywhere_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="portable subset"):
        render(text)


@pytest.mark.parametrize(
    ("dialect", "expected"),
    [
        (
            "duckdb",
            (
                "SELECT EPOCH_MS(DATE_TRUNC('MILLISECOND', (t))) AS a, b // 2 AS c,"
                " SUM(CAST(d AS INT128)) AS e FROM x"
            ),
        ),
        (
            "postgres",
            (
                "SELECT CAST(FLOOR(EXTRACT(EPOCH FROM (t)) * 1000) AS BIGINT) AS a, b / 2 AS c,"
                " SUM(CAST(d AS DECIMAL(38, 0))) AS e FROM x"
            ),
        ),
        (
            "spark",
            (
                "SELECT UNIX_MILLIS(CAST((t) AS TIMESTAMP_LTZ)) AS a, b DIV 2 AS c,"
                " SUM(CAST(CAST(d AS DECIMAL(38, 0)) AS DECIMAL(38, 0))) AS e FROM x"
            ),
        ),
    ],
)
def test_what_engines_spell_differently(dialect: Dialect, expected: str) -> None:
    text = f"SELECT {EPOCH_MS}(troth_expression(0)) AS a, b // 2 AS c, SUM(CAST(d AS HUGEINT)) AS e FROM x"
    assert render(text, dialect, checked=(exp.column("t"),)) == expected


def test_a_time_just_before_midnight_stays_in_its_day() -> None:
    text = f"SELECT {EPOCH_MS}(troth_expression(0)) AS at_ms"
    late = sqlglot.parse_one("TIMESTAMP '1970-01-01 23:59:59.999999'", dialect="duckdb")
    assert duckdb.sql(render(text, checked=(late,))).fetchall() == [(86_399_999,)]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_statements_are_in_the_engine_s_own_language(ledger: Make, dialect: Dialect) -> None:
    made = ledger(TEXT)
    made.refresh()
    numbers = known_numbers(made.store.connection)
    printed = statements(made.blueprint, made.settings, numbers, end_of(9), 0, dialect)
    assert [statement.name for statement in printed] == [
        "rule.bought", "promise.promised", "import", "segment.kind", "day_cube", "factor", "decay", "matrix",
        "customers", "segments", "shards", "days",
    ]  # fmt: skip
    for statement in printed:
        assert statement.purpose
        assert "TROTH_" not in statement.sql.upper()
        sqlglot.parse_one(statement.sql, dialect=dialect)
