"""The staging table.

A source's rows parsed, typed and checked in one statement, in the order of the source.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from troth.intake import pseudonyms, typing, zones
from troth.intake.personal import identifying_columns
from troth.intake.plan import Plan, Problem
from troth.intake.problems import MALFORMED, NUL_BYTE, problems
from troth.intake.readers.base import Landing
from troth.intake.sql import choice, count, literal
from troth.intake.words import time_range
from troth.store.tables import TYPES, quoted

STAGED = "temp.staged"
_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Staged:
    """The filled staging table.

    By which plan, by whose number (from 1) a row may be marked, and SQL for a row's number in the source.
    """

    plan: Plan
    problems: tuple[Problem, ...]
    row: str
    since: bool

    def read(self, connection: duckdb.DuckDBPyConnection) -> int:
        """How many rows the source has."""
        return count(connection, f"SELECT count(*) FROM {STAGED}")


@contextmanager
def dropped_afterwards(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Drops the staging table when the block ends."""
    try:
        yield
    finally:
        connection.execute(f"DROP TABLE IF EXISTS {STAGED}")


def stage(connection: duckdb.DuckDBPyConnection, landing: Landing, plan: Plan) -> Staged:
    """Fill the staging table from `landing`.

    Its columns: the declared ones, typed; `_row`, the row's number in the source, where the landing numbers
    its rows (else it is `rowid + 1`); `_since`; `_problem`, NULL for a good row; of the others `_detail` and
    `_raw` (their texts in JSON).
    """
    found = problems(plan)
    names = [quoted(name) for name in plan.kind.columns]
    cases = " ".join(f"WHEN {problem.condition} THEN {number}" for number, problem in enumerate(found, 1))
    values = _layers(plan, landing)
    numbers = [*(["_row"] if landing.row else []), *(["_since"] if landing.since else [])]
    columns = [*numbers, *names, "_problem", _detail(plan, found), _raw(plan)]
    connection.execute(f"DROP TABLE IF EXISTS {STAGED}")
    connection.execute(
        f"CREATE TEMP TABLE {STAGED} AS SELECT {', '.join(columns)}"
        f" FROM (SELECT *, (CASE {cases} END)::UTINYINT AS _problem FROM ({values}))",
        pseudonyms.parameters(plan.pseudonym_key) if plan.pseudonym_key else None,
    )
    return Staged(plan, found, "_row" if landing.row else "rowid + 1", since=bool(landing.since))


def _layers(plan: Plan, landing: Landing) -> str:
    """Three selects on top of one another: the texts, the instants that need a name, the typed values."""
    texts = [f"{landing.fault} AS _fault", f"{landing.line} AS _line"]
    texts += [f"{landing.row} AS _row"] if landing.row else []
    texts += [f"{landing.since} AS _since"] if landing.since else []
    instants = ["*"]
    for name, column in plan.present().items():
        text, source = plan.text(name), landing.fields[plan.places[name]]
        if name in plan.personal:
            source = pseudonyms.expression(_identifier(source, plan))
        texts.append(f"{source} AS {text}")
        if column.type == "time":
            instant = typing.time(text, column.format)
            instants += [f"{instant.local} AS {text}_local", f"{instant.absolute} AS {text}_absolute"]
    values = [f"{_value(name, plan)} AS {quoted(name)}" for name in plan.kind.columns]
    return (
        f"SELECT *, {', '.join(values)} FROM (SELECT {', '.join(instants)} FROM"
        f" (SELECT {', '.join(texts)} FROM {landing.relation}))"
    )


def _value(name: str, plan: Plan) -> str:
    """SQL for the typed value of the column `name`, over its staged text."""
    column, text = plan.kind.columns[name], plan.text(name)
    if name not in plan.places:
        return f"NULL::{TYPES[column.type]}"
    match column.type:
        case "text" | "comment":
            value = (_identifier if name in identifying_columns(plan.kind) else _free_text)(text, plan)
        case "integer":
            value = typing.integer(text)
        case "number":
            value = typing.number(text, column.decimal or ".")
        case "boolean":
            value = typing.boolean(text)
        case "date":
            value = typing.date(text, column.format)
        case "time":
            last_year = time_range(plan.now_ms)[1].year
            value = f"coalesce({text}_absolute, {zones.utc(f'{text}_local', plan.kind.zone, last_year)})"
    return value


def _identifier(text: str, plan: Plan) -> str:
    """An id without blanks around it; the plain case comes first, since `trim` is slow."""
    nothing = plan.nothing()
    longest = max(len(word.encode()) for word in nothing)
    plain = f"strlen({text}) > {longest} AND NOT starts_with({text}, ' ') AND NOT ends_with({text}, ' ')"
    careful = choice(f"trim({text})", dict.fromkeys(nothing, "NULL"), f"trim({text})")
    return f"CASE WHEN {plain} THEN {text} ELSE {careful} END"


def _free_text(text: str, plan: Plan) -> str:
    return choice(text, dict.fromkeys(("", *plan.kind.file.empty), "NULL"), text)


def _detail(plan: Plan, found: tuple[Problem, ...]) -> str:
    """What is wrong in the row: the value that could not be used, or why the row cannot be taken apart."""
    cases = [f"WHEN {MALFORMED} THEN _fault", f"WHEN {NUL_BYTE} THEN 'nul-byte'"]
    cases += [
        f"WHEN {number} THEN left({plan.text(problem.column)}, {_SHOWN})"
        for number, problem in enumerate(found, 1)
        if problem.column and problem.column in plan.places
    ]
    return f"CASE _problem {' '.join(cases)} END AS _detail"


def _raw(plan: Plan) -> str:
    fields = ", ".join(f"{literal(plan.headers[name])}, {plan.text(name)}" for name in plan.present())
    line = "'_line', _line"
    if plan.pseudonym_key:  # the line may hold the customer's id anywhere
        line = f"'_line', NULL, '_seal', {pseudonyms.expression('_line')}"
    return (
        f"CASE WHEN _problem = {MALFORMED} THEN json_object({line})"
        f" WHEN _problem IS NOT NULL THEN json_object({fields}) END::VARCHAR AS _raw"
    )
