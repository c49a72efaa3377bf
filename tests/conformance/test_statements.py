"""Every statement gives DuckDB, PostgreSQL and Spark the same integers, to the last bit."""

import duckdb
import pytest
from tests.conformance.engines import Other, World, plain

from troth.ledger import Dialect, Moment, Statement, statements
from troth.ledger.decay_table import decay_table
from troth.ledger.dictionaries import known_numbers
from troth.ledger.sql import DAY_MS
from troth.ledger.sums import first_day

DAY = 20_454 + 60
MIDDAY = Moment(DAY * DAY_MS + 40_000_000, DAY, "given")
EVENING = Moment((DAY + 1) * DAY_MS - 1, DAY, "given")
NEEDED = ("day_cube", "factor", "decay")
"""Statements whose results the later ones read as tables."""


def printed(world: World, at: Moment, dialect: Dialect) -> list[Statement]:
    first = first_day(world.store.connection)
    assert first is not None
    numbers = known_numbers(world.store.connection)
    return statements(world.blueprint, world.settings, numbers, at, first, dialect)


@pytest.mark.conformance
@pytest.mark.parametrize("at", [MIDDAY, EVENING], ids=["midday", "evening"])
def test_every_statement_gives_the_same(
    world: World, engine: duckdb.DuckDBPyConnection, other: Other, at: Moment
) -> None:
    rows = 0
    for ours, theirs in zip(printed(world, at, "duckdb"), printed(world, at, other.dialect), strict=True):
        if ours.name in NEEDED:
            engine.execute(f"CREATE OR REPLACE TEMP TABLE {ours.name} AS {ours.sql}")
            other.keep(ours.name, theirs.sql)
        expected, found = plain(engine.execute(ours.sql).fetchall()), plain(other.rows(theirs.sql))
        assert found == expected, ours.name
        rows += len(found)
    assert rows > 10_000


def test_the_printed_decay_is_the_one_that_is_used(world: World, engine: duckdb.DuckDBPyConnection) -> None:
    by_name = {statement.name: statement for statement in printed(world, MIDDAY, "duckdb")}
    engine.execute(f"CREATE OR REPLACE TEMP TABLE factor AS {by_name['factor'].sql}")
    found = engine.execute(
        f"SELECT slot, pool, good_factor, bad_factor FROM ({by_name['decay'].sql})"
    ).fetchall()
    first = first_day(engine)
    assert first is not None
    used = decay_table(world.settings, first, MIDDAY)
    assert sorted(found) == sorted(zip(*(column.to_pylist() for column in used.columns), strict=True))


def test_the_printed_day_cube_is_the_one_that_is_used(
    world: World, engine: duckdb.DuckDBPyConnection
) -> None:
    by_name = {statement.name: statement for statement in printed(world, MIDDAY, "duckdb")}
    columns = "day, touchpoint_no, mechanism_no, severity, weight, n"
    printed_cube = engine.execute(f"SELECT {columns} FROM ({by_name['day_cube'].sql})").fetchall()
    assert sorted(printed_cube) == sorted(engine.execute(f"SELECT {columns} FROM main.day_cube").fetchall())


def test_the_experiences_are_what_the_printed_rules_give(
    world: World, engine: duckdb.DuckDBPyConnection
) -> None:
    drafts = [
        statement.sql
        for statement in printed(world, MIDDAY, "duckdb")
        if statement.name.startswith(("rule.", "promise.")) or statement.name == "import"
    ]
    union = " UNION ALL ".join(
        f"SELECT weight, at_ms, source_no, record FROM ({sql}) WHERE fault IS NULL" for sql in drafts
    )
    assert sorted(engine.execute(union).fetchall()) == sorted(
        engine.execute("SELECT weight, at_ms, source_no, record FROM experience").fetchall()
    )
