"""The score of a shop: one figure, its categories, its penalties, and what mending a rule would bring."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from troth.audit.judging import Judged
from troth.audit.scoring.arithmetic import Array, Table, figures, gates, table, weights
from troth.audit.scoring.configuration import Scoring


@dataclass(frozen=True, slots=True)
class CategoryScore:
    """A category: `value` 0 to 100, None when nothing in it counted; the gates that capped it.

    `complete` is False when a rule of it broke or wants a person's look: then its value may be too kind.
    """

    id: str
    value: float | None
    capped_by: tuple[str, ...]
    counted: int
    complete: bool


@dataclass(frozen=True, slots=True)
class Score:
    """The trust score: `value` 0 to 100, None when nothing counted; `penalty` in points, by rule."""

    value: float | None
    categories: tuple[CategoryScore, ...]
    penalty: dict[str, float]

    @property
    def complete(self) -> bool:
        """Whether every category is."""
        return all(category.complete for category in self.categories)

    def of(self, category: str) -> float | None:
        """A category's value; None when nothing of it counted."""
        return next((one.value for one in self.categories if one.id == category), None)


def scored(verdicts: Sequence[Judged], scoring: Scoring) -> Score:
    """The score of a shop from what its rules said; the formulas are in `arithmetic`."""
    rules = table(verdicts, scoring)
    found = figures(rules, weights(rules.ids, scoring)[np.newaxis], scoring)
    penalty = zip(rules.ids, found.penalty[0].tolist(), strict=True)
    return Score(
        _points(found.score[0]),
        tuple(
            _category(id_, found.categories[0, place], verdicts, rules, scoring)
            for place, id_ in enumerate(rules.categories)
        ),
        {id_: 100 * cost for id_, cost in penalty if cost},
    )


def gains(rules: Table, weight: Array, scoring: Scoring) -> dict[str, Array]:
    """For each failed rule the points that the score gains if it passed, shape (sets,); never below 0.

    Below 0, where the score stands still, the gain is what comes nearer to it.
    """
    before = figures(rules, weight, scoring).balance
    return {
        rules.ids[place]: 100
        * np.maximum(figures(_mended(rules, place), weight, scoring).balance - before, 0)
        for place in np.flatnonzero(rules.failed).tolist()
    }


def gain(verdicts: Sequence[Judged], scoring: Scoring) -> dict[str, float]:
    """For each failed rule the points that the score would gain if it passed and nothing else changed."""
    rules = table(verdicts, scoring)
    found = gains(rules, weights(rules.ids, scoring)[np.newaxis], scoring)
    return {id_: float(np.nan_to_num(points[0])) for id_, points in found.items()}


def _mended(rules: Table, place: int) -> Table:
    scores, failed = rules.scores.copy(), rules.failed.copy()
    scores[place], failed[place] = 1.0, False
    return Table(rules.ids, rules.categories, scores, failed, rules.member)


def _category(
    id_: str, value: float, verdicts: Sequence[Judged], rules: Table, scoring: Scoring
) -> CategoryScore:
    own = [judged for judged in verdicts if judged.rule.category == id_]
    closed = rules.failed & gates(rules.ids, scoring)
    return CategoryScore(
        id_,
        _points(value),
        tuple(
            judged.rule.id
            for judged, shut in zip(verdicts, closed, strict=True)
            if shut and judged.rule.category == id_
        ),
        sum(judged.verdict.score is not None for judged in own),
        not any(judged.verdict.state in {"error", "review"} for judged in own),
    )


def _points(value: float) -> float | None:
    return None if np.isnan(value) else 100 * float(value)
