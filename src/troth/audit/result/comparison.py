"""Two audits of a shop side by side: what got better, what got worse, what cannot be compared."""

from dataclasses import dataclass
from typing import Literal

from troth.audit.result.shape import AuditResult, Finding
from troth.audit.verdict import State

_TOUCH = 0.5
"""Points (0 to 100) by which a rule's score must move to be told."""


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that says something else than before; scores in points, None where it counted nothing.

    `way`: `better`, `worse`, or `other` (what cannot be compared: it did not apply before, or the rule itself
    was rewritten in between).
    """

    rule: str
    title: str
    way: Literal["better", "worse", "other"]
    before: State | None
    after: State | None
    score_before: float | None
    score_after: float | None
    reason: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All that changed. `points` is the score's change, None where one of the two has none.

    `gone`: addresses that answered before and do not now; `new`: those seen for the first time.
    """

    shop: str
    before: str
    after: str
    score_before: float | None
    score_after: float | None
    points: float | None
    changes: tuple[Change, ...]
    gone: tuple[str, ...]
    new: tuple[str, ...]

    def of(self, way: str) -> tuple[Change, ...]:
        """The changes of one way."""
        return tuple(change for change in self.changes if change.way == way)


def compared(before: AuditResult, after: AuditResult) -> Comparison:
    """What changed from one audit to the other, the weightiest first."""
    then = {finding.rule: finding for finding in before.findings}
    now = {finding.rule: finding for finding in after.findings}
    changes = [
        change
        for rule in sorted({*then, *now})
        if (change := _change(then.get(rule), now.get(rule))) is not None
    ]
    weights = {rule: finding.weight for rule, finding in {**then, **now}.items()}
    changes.sort(key=lambda change: (-weights[change.rule] * _moved(change), change.rule))
    score_before, score_after = before.score.value, after.score.value
    points = None if score_before is None or score_after is None else score_after - score_before
    return Comparison(
        shop=after.shop,
        before=before.taken_at,
        after=after.taken_at,
        score_before=score_before,
        score_after=score_after,
        points=points,
        changes=tuple(changes),
        gone=_addresses(before, after),
        new=_addresses(after, before),
    )


def _change(before: Finding | None, after: Finding | None) -> Change | None:
    if before and after and before.state == after.state and abs(_score(after) - _score(before)) < _TOUCH:
        return None
    told = after or before
    if told is None:
        return None
    return Change(
        told.rule,
        told.title,
        _way(before, after),
        before.state if before else None,
        after.state if after else None,
        before.score if before else None,
        after.score if after else None,
        told.reason,
    )


def _way(before: Finding | None, after: Finding | None) -> Literal["better", "worse", "other"]:
    if before is None or after is None or before.version != after.version:
        return "other"
    if before.score is None or after.score is None or before.score == after.score:
        return "other"
    return "better" if after.score > before.score else "worse"


def _score(finding: Finding) -> float:
    return 0.0 if finding.score is None else finding.score


def _moved(change: Change) -> float:
    if change.score_before is None or change.score_after is None:
        return 0.0
    return abs(change.score_after - change.score_before)


def _addresses(here: AuditResult, there: AuditResult) -> tuple[str, ...]:
    """The addresses that the first visit saw here and not there."""

    def seen(result: AuditResult) -> set[str]:
        return {page.url for page in result.pages if page.visit == "first" and not page.failure}

    return tuple(sorted(seen(here) - seen(there)))
