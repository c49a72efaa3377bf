"""Where a figure stands against neutral: the sign that its shape and its colour tell."""

from typing import Literal

from troth.insight.estimate import Estimate
from troth.texts import Lazy, lazy

NEUTRAL = 50.0

Mark = Literal["above", "level", "below", "unknown"]

MARK_WORDS: dict[Mark, Lazy] = {
    "above": lazy("above neutral"),
    "level": lazy("cannot be told from neutral"),
    "below": lazy("below neutral"),
    "unknown": lazy("unknown: not enough evidence"),
}


def mark(score: Estimate | None, known: bool = True) -> Mark:  # noqa: FBT001, FBT002 - a template's call
    """Where the interval lies: all `above`, all `below`, or `level` (holding neutral); else `unknown`."""
    if score is None or not known:
        return "unknown"
    if score.low > NEUTRAL:
        return "above"
    return "below" if score.high < NEUTRAL else "level"


def tint(score: Estimate | None, known: bool = True) -> str:  # noqa: FBT001, FBT002 - likewise
    """The name of a cell's ground: colour only where the sign is certain, stronger the farther from neutral.

    Steps at 10 and 25 points from it: `above-1` to `above-3`, `below-1` to `below-3`, `level-0`, `unknown`.
    """
    side = mark(score, known)
    if score is None or side in ("unknown", "level"):
        return "unknown" if side == "unknown" else "level-0"
    distance = abs(score.value - NEUTRAL)
    return f"{side}-{1 if distance < 10 else 2 if distance < 25 else 3}"
