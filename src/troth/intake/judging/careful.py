"""The careful way: what is not plain is read by the very statement that reads files.

Every record is read by what its own values say, never by those of its neighbours: what a record means does
not depend on what came in the same request. So where a number or a date without a declared format could be
read in two ways, the record is refused; in a file the other rows decide.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import duckdb
import msgspec
import pyarrow as pa

from troth.blueprint.records import ALL_COLUMNS
from troth.blueprint.schema import RecordKind
from troth.intake import guess
from troth.intake.judging.outcome import Refusal, Value
from troth.intake.keys import key
from troth.intake.personal import own_customer
from troth.intake.plan import Plan, Problem
from troth.intake.readers.base import MAXIMUM_ROW_BYTES, Landing
from troth.intake.readers.jsonlines import field
from troth.intake.staging import STAGED, Staged, dropped_afterwards, stage
from troth.store.tables import quoted

Row = Sequence[object]
"""A record's values as JSON gave them, in the order of the declared columns."""

_Choice = tuple[str | None, ...]
_IN_DOUBT = "?"
_INT64 = 2**63
_SUPPLY = "judged_lines"
_CONFIGURATION: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "memory_limit": "512MB",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class CarefulReader:
    """Types and checks rows by `staging`, in a DuckDB of its own that holds nothing else.

    `plan` is that of a source that has all of the kind's columns, in their order. Many threads may use it.
    """

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._lock = threading.Lock()

    @cached_property
    def _connection(self) -> duckdb.DuckDBPyConnection:
        connection = duckdb.connect(config=_CONFIGURATION)
        connection.execute("SET TimeZone = 'UTC'")
        return connection

    def read(
        self, rows: Mapping[int, Row], columns: Collection[str], now_ms: int, *, kept: bool
    ) -> tuple[dict[int, dict[str, Value]], list[Refusal]]:
        """The typed values of `columns` of the good rows, and the others, by the numbers that `rows` has.

        The other columns are known to be fine, and are left out of a statement that is costly to prepare.
        With `kept` a refusal has the whole row, for the quarantine.
        """
        good: dict[int, dict[str, Value]] = {}
        refused: list[Refusal] = []
        with self._lock, dropped_afterwards(self._connection):
            for plan, numbers in self._alike(rows, self._part(columns), now_ms):
                staged = self._staged({number: rows[number] for number in numbers}, plan)
                good.update(self._good(plan.kind))
                bad = list(self._refused(staged))
                if kept and bad:
                    whole = replace(
                        plan, kind=self._plan.kind, headers=self._plan.headers, places=self._plan.places
                    )
                    texts = self._texts({one.index: rows[one.index] for one in bad}, whole)
                    bad = [replace(one, row=texts[one.index]) for one in bad]
                refused.extend(bad)
        return good, sorted(refused, key=lambda one: one.index)

    def _part(self, columns: Collection[str]) -> Plan:
        """The plan for these columns, with those that make a record usable."""
        plan = self._plan
        kind = plan.kind
        if not plan.checks and kind.key != (ALL_COLUMNS,):
            wanted = {*columns, *kind.key, *([customer] if (customer := own_customer(kind)) else [])}
            kind = kind.model_copy(
                update={"columns": {name: column for name, column in kind.columns.items() if name in wanted}}
            )
        return replace(
            plan,
            kind=kind,
            headers={name: plan.headers[name] for name in kind.columns},
            places={name: plan.places[name] for name in kind.columns},
            personal=plan.personal & kind.columns.keys(),
        )

    def _alike(self, rows: Mapping[int, Row], part: Plan, now_ms: int) -> Iterator[tuple[Plan, list[int]]]:
        """Rows that are written alike, and the plan to read them by."""
        alike: dict[_Choice, list[int]] = {}
        for number, row in rows.items():
            alike.setdefault(tuple(self._choices(row, part)), []).append(number)
        for choice, numbers in alike.items():
            yield _written(part, choice, now_ms), numbers

    def _choices(self, row: Row, part: Plan) -> Iterator[str | None]:
        """How each column of the row is written, where that is not declared: a decimal mark, or a format."""
        for name, column in part.kind.columns.items():
            value = row[part.places[name]]
            if column.type == "number" and column.decimal is None and isinstance(value, str):
                both = guess.decimal_mark([value]), guess.column([value])
                ambiguous = both[1].type == "number" and both[1].doubt and not set(value).isdisjoint(".,")
                yield _IN_DOUBT if ambiguous else both[0]
            elif column.type in {"date", "time"} and column.format is None and isinstance(value, str):
                found = guess.dates([value])
                yield found.format if found and not found.doubt else None
            else:
                yield None

    def _staged(self, rows: Mapping[int, Row], plan: Plan) -> Staged:
        pointers = ", ".join(f"'/{place}'" for place in range(len(self._plan.places)))
        lines = pa.table(
            {
                "row": pa.array(rows.keys(), pa.int64()),
                "line": pa.array([_line(row) for row in rows.values()], pa.string()),
            }
        )
        relation = (
            f"(SELECT row, strlen(line) AS long, json_extract_string(line, [{pointers}]) AS members,"
            f" json_type(line, [{pointers}]) AS types FROM {_SUPPLY})"
        )
        fault = f"CASE WHEN long > {MAXIMUM_ROW_BYTES} THEN 'line-too-long: ' || long || ' bytes' END"
        fields = {place: field(place + 1, mark) for place, mark in plan.marks().items()}
        self._connection.register(_SUPPLY, lines)
        try:
            return stage(self._connection, Landing(relation, fields, "row", fault), plan)
        finally:
            self._connection.unregister(_SUPPLY)

    def _good(self, kind: RecordKind) -> Iterator[tuple[int, dict[str, Value]]]:
        values = []
        for name, column in kind.columns.items():
            match column.type:
                case "date":
                    values.append(f"({quoted(name)} - DATE '1970-01-01')::BIGINT")
                case "time":
                    values.append(f"epoch_us({quoted(name)})")
                case _:
                    values.append(quoted(name))
        query = f"SELECT _row, {', '.join(values)} FROM {STAGED} WHERE _problem IS NULL"
        for number, *found in self._connection.execute(query).fetchall():
            yield number, dict(zip(kind.columns, found, strict=True))

    def _refused(self, staged: Staged) -> Iterator[Refusal]:
        query = (
            f"SELECT _row, _problem, _detail, {key(staged.plan.kind)}, _raw FROM {STAGED}"
            " WHERE _problem IS NOT NULL"
        )
        for number, problem_no, detail, found_key, raw in self._connection.execute(query).fetchall():
            problem = staged.problems[problem_no - 1]
            yield Refusal(number, problem.reason, problem.column, detail, found_key, raw)

    def _texts(self, rows: Mapping[int, Row], plan: Plan) -> dict[int, str]:
        """The rows as the quarantine keeps them: all of them are taken for bad."""
        always = Problem("wrong-type", None, "true")
        self._staged(rows, replace(plan, checks=(always,)))
        return dict(self._connection.execute(f"SELECT _row, _raw FROM {STAGED}").fetchall())


def _written(plan: Plan, choice: _Choice, now_ms: int) -> Plan:
    """The plan for rows whose columns are written so."""
    columns, checks = dict(plan.kind.columns), list(plan.checks)
    for (name, column), how in zip(plan.kind.columns.items(), choice, strict=True):
        if how == _IN_DOUBT:
            checks.append(Problem("wrong-type", name, f"{quoted(name)} IS NOT NULL"))
        elif how is not None:
            part = "decimal" if column.type == "number" else "format"
            columns[name] = column.model_copy(update={part: how})
    kind = plan.kind.model_copy(update={"columns": columns})
    return replace(plan, kind=kind, now_ms=now_ms, checks=tuple(checks))


def _line(row: Row) -> str:
    """The row as a JSON array."""
    try:
        return msgspec.json.encode(row).decode()
    except OverflowError:  # an integer of more than 64 bits
        plain = [str(value) if type(value) is int and abs(value) >= _INT64 else value for value in row]
        return msgspec.json.encode(plain).decode()
