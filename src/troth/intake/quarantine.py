"""The quarantine: rows that could not be used, with the reason, never lost and never piled up."""

import json
from collections.abc import Iterator

import duckdb

from troth.blueprint.schema import RecordKind
from troth.intake.keys import ALL_COLUMNS, key
from troth.intake.merging import LOSERS
from troth.intake.plan import Plan
from troth.intake.sql import literal
from troth.intake.staging import STAGED, Staged
from troth.intake.summary import QuarantinedRow
from troth.store import Store
from troth.store.tables import quoted

_COLUMNS = "import_no, kind, row_no, reason, column_name, detail, row_json"
REPLAYABLE = "reason <> 'duplicate-key' AND NOT starts_with(row_json, '{\"_line\"')"
"""SQL for the rows that may be read anew.

Those that could be taken apart, and were not outdone by a later row.
"""


def fill(
    connection: duckdb.DuckDBPyConnection, kind_name: str, staged: Staged, import_no: int
) -> dict[tuple[str, str], int]:
    """Quarantine the staged rows with a problem and the duplicates, in the open transaction.

    Returns how many, by reason and column.

    Earlier quarantined rows of the kind go when a row with their key is here, good or bad, or the same row
    is.
    """
    plan, problems, row = staged.plan, staged.problems, staged.row
    here = (
        f"SELECT {row} AS row_no, _problem, _detail, _raw AS row_json, {key(plan.kind)} AS _key"
        f" FROM {STAGED} WHERE _problem IS NOT NULL"
    )
    reasons = " ".join(f"WHEN {n} THEN {literal(p.reason)}" for n, p in enumerate(problems, 1))
    columns = " ".join(f"WHEN {n} THEN {literal(p.column)}" for n, p in enumerate(problems, 1) if p.column)
    column = f"CASE _problem {columns} END" if columns else "NULL"
    connection.execute(
        f"INSERT INTO quarantine ({_COLUMNS}, _key) SELECT {import_no}, {literal(kind_name)}, row_no,"
        f" CASE _problem {reasons} END, {column}, _detail, row_json, _key FROM ({here})"
    )
    connection.execute(
        f"INSERT INTO quarantine ({_COLUMNS}, _key) SELECT {import_no}, {literal(kind_name)}, s.{row},"
        f" 'duplicate-key', NULL, 'row ' || (w.{row}), {_typed_row(plan)}, {key(plan.kind, 's.')}"
        f" FROM {LOSERS} JOIN {STAGED} AS s ON s.rowid = _loser JOIN {STAGED} AS w ON w.rowid = _winner"
        " WHERE _outcome = 'duplicate'"
    )
    _clear(connection, kind_name, plan.kind, import_no)
    counts = connection.execute(
        "SELECT reason, coalesce(column_name, ''), count(*) FROM quarantine WHERE import_no = ?"
        " GROUP BY ALL ORDER BY 3 DESC, 1, 2",
        [import_no],
    ).fetchall()
    return {(reason, name): count for reason, name, count in counts}


def rows(store: Store, kind: str | None = None) -> Iterator[QuarantinedRow]:
    """Every quarantined row, of one kind or all, in the order of arrival."""
    cursor = store.connection.cursor()
    cursor.execute(
        f"SELECT {_COLUMNS} FROM quarantine WHERE kind = ? OR ? IS NULL ORDER BY import_no, row_no",
        [kind, kind],
    )
    while batch := cursor.fetchmany(1000):
        for row in batch:
            import_no, name, row_no, reason, column, detail, raw = row
            yield QuarantinedRow(import_no, name, row_no, reason, column, detail, json.loads(raw))


def take_out(connection: duckdb.DuckDBPyConnection, kind: str) -> None:
    """Remove the rows that are being replayed, in the open transaction."""
    connection.execute(f"DELETE FROM quarantine WHERE kind = ? AND {REPLAYABLE}", [kind])


def _typed_row(plan: Plan) -> str:
    """The row as it was understood, in JSON: a duplicate can be read, so its text is not kept beside it."""
    fields = []
    for name, column in plan.present().items():
        value = f"s.{quoted(name)}"
        text = f"strftime({value}, '%Y-%m-%dT%H:%M:%S.%fZ')" if column.type == "time" else f"{value}::VARCHAR"
        fields.append(f"{literal(plan.headers[name])}, {text}")
    return f"json_object({', '.join(fields)})"


def _clear(connection: duckdb.DuckDBPyConnection, kind_name: str, kind: RecordKind, import_no: int) -> None:
    earlier = f"kind = {literal(kind_name)} AND import_no < {import_no}"
    if connection.execute(f"SELECT 1 FROM quarantine WHERE {earlier} LIMIT 1").fetchone():
        # Where all columns are the key, one that cannot be read is missing in it: it may be another row's.
        keys = "" if kind.key == (ALL_COLUMNS,) else f"_key IN (SELECT {key(kind)} FROM {STAGED}) OR "
        connection.execute(
            f"DELETE FROM quarantine WHERE {earlier} AND ({keys}"
            f"row_json IN (SELECT row_json FROM quarantine WHERE import_no = {import_no}))"
        )
