"""What a command may ask of a workspace that another process has open, and the shapes of the answers.

The process asks by name and in JSON; both sides take the shapes from here, so that a command gets the very
same objects as from a workspace of its own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from troth.blueprint.lint import Finding
from troth.errors import UsageError
from troth.insight.company import Company
from troth.insight.critical import CriticalMoments
from troth.insight.outcomes import OutcomeRanking
from troth.insight.quality import DataQuality
from troth.intake import QuarantinedRow
from troth.ledger import Explanation, Moment, TrustRow
from troth.ledger.sql import Statement
from troth.texts import _
from troth.workspace.doctor.check import Check
from troth.workspace.facade import Workspace
from troth.workspace.status import Status

Arguments = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to ask: how, and the shape of what comes back."""

    ask: Callable[[Workspace, Arguments], Any]
    shape: TypeAdapter[Any]


def when(arguments: Arguments) -> str | Moment | None:
    """The read-out time in a question's arguments."""
    at = arguments.get("at")
    return Moment(**at) if isinstance(at, dict) else at


def _summary(workspace: Workspace, arguments: Arguments) -> object:
    found = workspace.summary(at=when(arguments))
    return found.at, found.company, found.critical, found.data


def _explained(workspace: Workspace, arguments: Arguments) -> Explanation:
    key = arguments.get("key")
    return workspace.explain(
        arguments["customer"], at=when(arguments), pseudonym_key=key.encode("latin-1") if key else None
    )


QUESTIONS: Mapping[str, Question] = {
    "status": Question(lambda w, _a: w.status(), TypeAdapter(Status)),
    "check": Question(lambda w, _a: w.check(), TypeAdapter(list[Finding])),
    "moment": Question(lambda w, a: w.moment(when(a)), TypeAdapter(Moment)),
    "summary": Question(_summary, TypeAdapter(tuple[dt.date, Company, CriticalMoments, DataQuality])),
    "moments": Question(lambda w, a: w.moments(at=when(a)), TypeAdapter(CriticalMoments)),
    "outcomes": Question(
        lambda w, a: w.outcomes(a.get("outcome"), at=when(a)), TypeAdapter(list[OutcomeRanking])
    ),
    "trust": Question(
        lambda w, a: w.trust(a["by"], at=when(a), only=a.get("only"), intervals=a["intervals"]),
        TypeAdapter(list[TrustRow]),
    ),
    "explain": Question(_explained, TypeAdapter(Explanation)),
    "quarantined": Question(
        lambda w, a: list(w.quarantined(a.get("kind"))), TypeAdapter(list[QuarantinedRow])
    ),
    "twin": Question(lambda w, a: w.twin(at=when(a)), TypeAdapter(dict[str, Any])),
    "statements": Question(lambda w, a: w.statements(a["dialect"], at=when(a)), TypeAdapter(list[Statement])),
}


EXAMINATION = "doctor"
CHECKS = TypeAdapter(list[Check])
"""The look over the whole workspace, which the server takes of itself, and its answer's shape."""


def question(name: str) -> Question:
    """The question of that name.

    Raises:
        UsageError: `question-unknown`: the two sides are of different versions.
    """
    if name not in QUESTIONS:
        raise UsageError("question-unknown", _("There is no such question."), allowed=QUESTIONS)
    return QUESTIONS[name]
