"""What the page of the trail shows."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import func, select

from troth.errors import UsageError, nearest
from troth.store.office.tables import trail as table
from troth.store.office.trail import Action
from troth.texts import _
from troth.web.frame.filters import Filters
from troth.web.frame.moments import moment
from troth.web.frame.page import Asked
from troth.web.pages.trail.names import NAMES
from troth.workspace import Workspace
from troth.workspace.live import Live
from troth.workspace.privacy import subjects
from troth.workspace.privacy.host import pseudonym_key


@dataclass(frozen=True, slots=True)
class Line:
    """One line: who did what to whom, when (UTC epoch milliseconds), and details as they were noted."""

    id: int
    at_ms: int
    actor: str
    action: str
    subject: str
    detail: dict[str, str | int]


@dataclass(frozen=True, slots=True)
class TrailAnswer:
    """A page of the trail, the newest first; `total`: how many lines pass the filter, on `pages` pages."""

    lines: tuple[Line, ...]
    total: int
    page: int
    pages: int


def trail(live: Live, _workspace: Workspace, asked: Asked) -> TrailAnswer:
    """Read the lines that were asked for; a subject may be a customer's id, which no line holds itself."""
    filters, conditions = asked.filters, _conditions(asked.filters)
    if text := (filters.subject or "").strip():
        key = live.pseudonym_key or pseudonym_key()
        conditions.append(table.c.subject.in_({text, *subjects(live, text, key)}))
    statement = select(table).where(*conditions).order_by(table.c.id.desc())
    part = statement.limit(filters.size).offset((filters.page - 1) * filters.size)
    with live.office.transaction() as connection:
        total = connection.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
        lines = tuple(
            Line(row.id, row.at_ms, row.actor, row.action, row.subject, json.loads(row.detail))
            for row in connection.execute(part)
        )
    return TrailAnswer(lines, total, filters.page, -(-total // filters.size))


def _conditions(filters: Filters) -> list[Any]:
    if filters.action is not None and filters.action not in set(Action):
        near = nearest(filters.action, list(Action))
        raise UsageError(
            "action-unknown",
            _("There is no such action."),
            _("Did you mean %(near)s?") % {"near": near} if near else "",
            allowed=list(Action),
            where="action",
        )
    given = {"action": filters.action, "actor": filters.actor}
    return [table.c[name] == value for name, value in given.items() if value]


def rows(answer: TrailAnswer) -> list[dict[str, Any]]:
    """The table."""
    return [{**asdict(line), "detail": json.dumps(line.detail, ensure_ascii=False)} for line in answer.lines]


def words(_answer: TrailAnswer, asked: Asked) -> dict[str, Any]:
    """The words of the page."""
    names = {action.value: str(name) for action, name in NAMES.items()}
    return {
        "actions": sorted(names.items(), key=lambda named: named[1].casefold()),
        "action_name": lambda action: names.get(action, action),
        "filters": asked.filters,
        "moment": moment,
    }
