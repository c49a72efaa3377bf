"""What somebody may write into a blueprint to reach files, other rows, the clock or the stack."""

import time
from collections.abc import Callable

import pytest

from troth.blueprint.expressions import ExpressionError

Refused = Callable[..., ExpressionError]


@pytest.mark.parametrize(
    "text",
    [
        # files, network, environment
        "read_csv('/etc/passwd')",
        "read_text('/etc/passwd')",
        "read_blob('x')",
        "getenv('HOME')",
        "glob('/*')",
        "note GLOB '/*'",
        "read_json_auto('http://x')",
        "parquet_scan('x')",
        "sniff_csv('x')",
        "current_setting('secret_directory')",
        "getvariable('x')",
        "pg_read_file('x')",
        "version()",
        # other rows
        "(SELECT 1)",
        "(SELECT total FROM record)",
        "EXISTS (SELECT 1)",
        "items IN (SELECT 1)",
        "(VALUES (1))",
        "items = ANY (SELECT 1)",
        "items = ANY(note)",
        "(FROM orders)",
        "(TABLE orders)",
        "(WITH a AS (SELECT 1) SELECT 1)",
        "sum(total)",
        "count(*)",
        "max(total) OVER ()",
        "row_number() OVER (ORDER BY id)",
        "list(note)",
        "sum(total) FILTER (WHERE paid)",
        "first(note)",
        "lag(total)",
        "unnest([1])",
        "COLUMNS(*)",
        "*",
        "record.*",
        # statements
        "paid; DROP TABLE orders",
        ";",
        "paid;",
        "DROP TABLE orders",
        "COPY orders TO 'x'",
        "PRAGMA version",
        "ATTACH 'x'",
        "INSTALL httpfs",
        "LOAD 'x'",
        "SET x = 1",
        "CALL x()",
        "INSERT INTO x VALUES (1)",
        "EXPLAIN SELECT 1",
        "UPDATE orders SET paid = TRUE",
        "EXPORT DATABASE 'x'",
        "IMPORT DATABASE 'x'",
        "USE x",
        "CHECKPOINT",
        "SUMMARIZE x",
        # the clock and chance
        "now()",
        "current_date",
        "CURRENT_TIMESTAMP",
        "today()",
        "random()",
        "uuid()",
        "get_current_timestamp()",
        "nextval('x')",
        # comments, and quotes left open
        "paid -- AND gift",
        "paid /* x */",
        "/*+ hint */ paid",
        "--paid",
        "/* open",
        "'open",
        '"open',
        "note = 'a' 'b' -- x",
        # variables, placeholders, other syntax
        "$1",
        "?",
        ":name",
        "@total",
        "#1",
        "$$text$$",
        "$a$ text $a$",
        "E'\\x41'",
        "x'ff'",
        "{% raw %}",
        "{'a': 1}",
        "[1, 2]",
        "note[1]",
        "note[1:2]",
        "x -> x + 1",
        "note -> '$.a'",
        "note ->> 'a'",
        "list_transform([1], x -> x)",
        "struct_pack(a := 1)",
        "ROW(1, 2)",
        "(1, 2)",
        "MAP {}",
        "note.lower()",
        "'x'.upper()",
        "note COLLATE nocase",
        "paid AS x",
        "DISTINCT paid",
        "a.b.c.d",
        "TRY_CAST(note AS INTEGER)",
        "TRY(items)",
        "CAST(note AS JSON)",
        "CAST(items AS INTEGER[])",
        "CAST(note AS STRUCT(a INTEGER))",
        "note::regclass",
        "placed AT TIME ZONE 'UTC'",
        "error('x')",
        "note ~ 'x'",
        "note SIMILAR TO 'x'",
        "regexp_matches(note, 'x')",
        "items & 1",
        "items << 60",
        "items ** 9999",
        "~items",
        "printf('%s', note)",
        "repeat(note, 1000000000)",
        "range(1000000000)",
        "lpad(note, 1000000000, 'x')",
        "lower(DISTINCT note)",
        # names that look like others
        "ｐａｉｄ",
        "pa\u200bid",
        "paid\u00a0OR",
        "раid",
        "paid ＝ gift",
        "ＳＥＬＥＣＴ",
        "a\x00b",
        "'a\x00b' = note",
        "\u202epaid",
        "",
        " ",
        "\n",
        "paid gift",
        "paid AND",
        "AND",
        "(",
        ")",
        "())",
        "CASE",
        "CASE WHEN paid THEN 1",
        "NOT",
        "IN (1)",
    ],
)
def test_it_is_refused_with_a_reason(refused: Refused, text: str) -> None:
    error = refused(text)
    assert error.message
    assert 0 <= error.offset <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 2_000 + "paid" + ")" * 1_999,
        "(" * 30 + "paid" + ")" * 30,
        "NOT " * 999 + "paid",
        "- " * 900 + "items",
        "CASE WHEN " * 390 + "paid",
        "CASE WHEN paid THEN " * 190 + "1" + " END" * 190,
        "lower(" * 100 + "note" + ")" * 100,
        "items" + " + items" * 400,
        "paid" + " AND paid" * 400,
        "note" + " || note" * 400,
        "items" + "::BIGINT" * 400,
        "INTERVAL " * 400,
        "items BETWEEN " * 200 + "1",
        "x" * 4_001,
        "paid OR " * 100_000 + "paid",
        "1," * 1_999 + "1",
        "'" * 3_999,
    ],
)
def test_size_and_nesting_are_bounded(refused: Refused, text: str) -> None:
    begun = time.process_time()
    refused(text)
    assert time.process_time() - begun < 2


def test_a_long_but_flat_expression_passes(compiled: Callable[..., object]) -> None:
    values = ", ".join(str(n) for n in range(400))
    assert compiled(f"items IN ({values})")
    assert compiled(" OR ".join(f"items = {n}" for n in range(90)))
