"""How many records there are, and the list of imports."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from troth.insight.days import time_of
from troth.store.tables import record_kinds
from troth.web.access.rights import Right
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live
from troth.workspace.observing import records


@dataclass(frozen=True, slots=True)
class KindRow:
    """One record kind: how many records are in the ledger, how many rows in quarantine."""

    kind: str
    records: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One import, or one portion of records that were sent: `read = added + changed + … + quarantined`."""

    import_no: int
    kind: str
    source: str
    finished: dt.datetime
    read: int
    added: int
    changed: int
    same: int
    stale: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class DataAnswer:
    """What is in the ledger, and a page of the imports, newest first. `total`: of the imports."""

    experiences: int
    customers: int
    kinds: tuple[KindRow, ...]
    total: int
    page: int
    pages: int
    imports: tuple[ImportRow, ...]


def data(_live: Live, workspace: Workspace, asked: Asked) -> DataAnswer:
    """Count, and list."""
    filters, state = asked.filters, workspace.refreshed()
    ask = workspace.store.connection.execute
    quarantined = dict(ask("SELECT kind, count(*) FROM quarantine GROUP BY 1 ORDER BY 1").fetchall())
    stored = record_kinds(workspace.store.connection)
    kinds = dict.fromkeys((*workspace.blueprint.records, *stored, *quarantined))
    condition = "($kind IS NULL OR kind = $kind)"
    [(total,)] = ask(
        f"SELECT count(*) FROM import_run WHERE {condition}",  # noqa: S608 - nothing of a visitor's is in it
        {"kind": filters.kind},
    ).fetchall()
    found = ask(
        f"""
        SELECT import_no, kind, source, finished_ms, read, added, changed, same, stale, quarantined
        FROM import_run WHERE {condition} ORDER BY import_no DESC LIMIT $most OFFSET $first
        """,  # noqa: S608 - likewise
        {"kind": filters.kind, "most": filters.size, "first": (filters.page - 1) * filters.size},
    ).fetchall()
    return DataAnswer(
        experiences=state.experiences,
        customers=state.customers,
        kinds=tuple(
            KindRow(kind, records(workspace.store, kind), quarantined.get(kind, 0)) for kind in kinds
        ),
        total=total,
        page=filters.page,
        pages=max(1, -(-total // filters.size)),
        imports=tuple(
            ImportRow(no, kind, source, time_of(finished_ms), *counts)
            for no, kind, source, finished_ms, *counts in found
        ),
    )


def rows(answer: DataAnswer) -> list[dict[str, Any]]:
    """The imports as a table."""
    return [asdict(row) for row in answer.imports]


def words(answer: DataAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    return {
        "filters": asked.filters,
        "named_kinds": [(row.kind, row.kind) for row in answer.kinds],
        "may_change": Right.CHANGE_DATA in asked.visitor.rights,
    }
