"""Why rows are in quarantine, and, for who may see people, the rows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from troth.intake import REASONS
from troth.report.page.words import coded
from troth.store.office.trail import Action, Entry, note
from troth.web.access.rights import Right, may_see_rows
from troth.web.frame.page import Asked
from troth.workspace import Workspace
from troth.workspace.live import Live


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """How many rows of a kind are in quarantine for one reason, and for which column, if for one."""

    kind: str
    reason: str
    column: str | None
    rows: int


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A row as it came: the texts of its declared columns, or the line that could not be taken apart."""

    import_no: int
    kind: str
    row_no: int
    reason: str
    column: str | None
    detail: str | None
    row: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class QuarantineAnswer:
    """Counts by reason, and a page of the rows in the order of arrival.

    `total`: rows that pass the filter. `seen`: whether the rows are here; they may name people, so where
    nobody is shown alone they are for administrators.
    """

    reasons: tuple[ReasonRow, ...]
    total: int
    seen: bool
    page: int
    pages: int
    rows: tuple[HeldRow, ...]


_PASSES = "($kind IS NULL OR kind = $kind) AND ($reason IS NULL OR reason = $reason)"


def quarantine(live: Live, workspace: Workspace, asked: Asked) -> QuarantineAnswer:
    """Count, and list; that rows were looked at is in the trail."""
    filters = asked.filters
    ask = workspace.store.connection.execute
    reasons = ask(
        """
        SELECT kind, reason, column_name, count(*) FROM quarantine
        GROUP BY ALL ORDER BY kind, count(*) DESC, reason, column_name
        """
    ).fetchall()
    chosen = {"kind": filters.kind, "reason": filters.reason}
    total = sum(
        n for kind, reason, _column, n in reasons
        if filters.kind in (None, kind) and filters.reason in (None, reason)
    )  # fmt: skip
    hidden = workspace.blueprint.privacy.people == "segments"
    seen = may_see_rows(asked.visitor.rights, hidden=hidden)
    found = []
    if seen and total:
        found = ask(
            f"""
            SELECT import_no, kind, row_no, reason, column_name, detail, row_json FROM quarantine
            WHERE {_PASSES} ORDER BY import_no, row_no, kind LIMIT $most OFFSET $first
            """,  # noqa: S608 - nothing of a visitor's is in it
            {**chosen, "most": filters.size, "first": (filters.page - 1) * filters.size},
        ).fetchall()
        with live.office.transaction() as connection:
            note(
                connection,
                Entry(live.now_ms(), asked.visitor.actor, Action.QUARANTINE_SEEN, filters.kind or ""),
            )
    return QuarantineAnswer(
        reasons=tuple(ReasonRow(*row) for row in reasons),
        total=total,
        seen=seen,
        page=filters.page,
        pages=max(1, -(-total // filters.size)),
        rows=tuple(
            HeldRow(no, kind, row_no, reason, column, detail, json.loads(raw))
            for no, kind, row_no, reason, column, detail, raw in found
        ),
    )


def rows(answer: QuarantineAnswer) -> list[dict[str, Any]]:
    """The rows as a table; the row itself as JSON in one column."""
    return [asdict(row) | {"row": json.dumps(row.row, ensure_ascii=False)} for row in answer.rows]


def words(answer: QuarantineAnswer, asked: Asked) -> dict[str, Any]:
    """What the template needs beside the answer."""
    reasons = dict.fromkeys(row.reason for row in answer.reasons)
    kinds = dict.fromkeys(row.kind for row in answer.reasons)
    return {
        "filters": asked.filters,
        "reason": lambda code: coded(code, REASONS),
        "named_kinds": [(kind, kind) for kind in kinds],
        "named_reasons": [(code, coded(code, REASONS)) for code in reasons],
        "may_change": Right.CHANGE_DATA in asked.visitor.rights,
    }
