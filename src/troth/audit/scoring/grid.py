"""Trust as designed: touchpoint × mechanism, the grid that the ledger's lived trust joins."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import get_args

from troth.audit.judging import Judged
from troth.audit.rule import Touchpoint
from troth.audit.scoring.configuration import Scoring
from troth.vocabulary import MECHANISM_IDS


@dataclass(frozen=True, slots=True)
class Cell:
    """The rules that look at one mechanism at one touchpoint.

    `value`: their weighted mean, 0 to 100; None when none of them counted. `worst`: the id of the failed rule
    that costs most here, None when none failed.
    """

    touchpoint: Touchpoint
    mechanism: str
    value: float | None
    rules: tuple[str, ...]
    failed: int
    worst: str | None


def grid(verdicts: Sequence[Judged], scoring: Scoring) -> tuple[Cell, ...]:
    """Every cell that a rule looks at, in the order of the journey and of the vocabulary."""
    return tuple(
        cell
        for touchpoint in get_args(Touchpoint)
        for mechanism in MECHANISM_IDS
        if (cell := _cell(touchpoint, mechanism, verdicts, scoring))
    )


def _cell(
    touchpoint: Touchpoint, mechanism: str, verdicts: Sequence[Judged], scoring: Scoring
) -> Cell | None:
    own = [j for j in verdicts if (j.rule.touchpoint, j.rule.mechanism) == (touchpoint, mechanism)]
    if not own:
        return None
    counting = [
        (_weight(judged, scoring), judged.verdict.score, judged)
        for judged in own
        if judged.verdict.score is not None
    ]
    weight = sum(share for share, _score, _judged in counting)
    lost = [(share * (1 - score), j.rule.id) for share, score, j in counting if j.verdict.state == "failed"]
    return Cell(
        touchpoint,
        mechanism,
        100 * sum(share * score for share, score, _judged in counting) / weight if weight else None,
        tuple(judged.rule.id for judged in own),
        len(lost),
        max(lost)[1] if lost else None,
    )


def _weight(judged: Judged, scoring: Scoring) -> float:
    found = scoring.rules.get(judged.rule.id)
    return found.weight if found else 0.0
