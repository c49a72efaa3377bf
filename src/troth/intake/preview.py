"""The first rows of a staged source, for a dry run."""

import json

import duckdb

from troth.intake.staging import STAGED, Staged
from troth.intake.summary import Preview, QuarantinedRow
from troth.store.tables import quoted

ROWS = 10


def preview(connection: duckdb.DuckDBPyConnection, kind: str, staged: Staged) -> Preview:
    """The first good rows as they would be stored, and the first bad ones."""
    columns = tuple(staged.plan.kind.columns)
    names = ", ".join(map(quoted, columns))
    good = f"SELECT {names} FROM {STAGED} WHERE _problem IS NULL ORDER BY rowid LIMIT {ROWS}"
    bad = (
        f"SELECT {staged.row}, _problem, _detail, _raw FROM {STAGED}"
        f" WHERE _problem IS NOT NULL ORDER BY rowid LIMIT {ROWS}"
    )
    quarantined = []
    for row_no, number, detail, raw in connection.execute(bad).fetchall():
        problem = staged.problems[number - 1]
        quarantined.append(
            QuarantinedRow(0, kind, row_no, problem.reason, problem.column, detail, json.loads(raw))
        )
    return Preview(columns, tuple(connection.execute(good).fetchall()), tuple(quarantined))
