"""The score's arithmetic on arrays, for one set of weights or many at once.

With the score `s` (0 to 1) and the weight `w` of each rule that counted:

    category = Σ w·s / Σ w, at most `gate_cap` where a gate failed
    score    = Σ c·category / Σ c  −  Σ ratio·w·(1−s) / Σ w

where the penalty runs over the destroyers that failed, and its last `Σ w` over everything else that counted:
a failed destroyer of weight w costs what `ratio` × w of passed weight would earn. The ratio is the trust
ledger's, a modelling choice and no measurement. The score is not below 0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from troth.audit.judging import Judged
from troth.audit.scoring.configuration import Scoring

Array = NDArray[np.float64]
DESTROYERS = "destroyers"


@dataclass(frozen=True, slots=True)
class Table:
    """The verdicts as arrays over rules; `scores` is NaN where a rule counted nothing.

    `member` (categories, rules) is 1 where a rule belongs to a category; the last is the destroyers'.
    """

    ids: tuple[str, ...]
    categories: tuple[str, ...]
    scores: Array
    failed: NDArray[np.bool_]
    member: Array


@dataclass(frozen=True, slots=True)
class Figures:
    """What came out, for each set of weights: 0 to 1, NaN where nothing counted.

    `score` (sets) is not below 0, `balance` (sets) is the same without that floor; `categories` (sets,
    categories), `penalty` (sets, rules).
    """

    score: Array
    balance: Array
    categories: Array
    penalty: Array


def table(verdicts: Sequence[Judged], scoring: Scoring) -> Table:
    """`verdicts` as arrays."""
    categories = (*scoring.categories, DESTROYERS)
    scores = [np.nan if judged.verdict.score is None else judged.verdict.score for judged in verdicts]
    member = [[judged.rule.category == category for judged in verdicts] for category in categories]
    return Table(
        tuple(judged.rule.id for judged in verdicts),
        categories,
        np.array(scores, float),
        np.array([judged.verdict.state == "failed" for judged in verdicts], bool),
        np.array(member, float).reshape(len(categories), len(verdicts)),
    )


def weights(ids: Sequence[str], scoring: Scoring) -> Array:
    """The weight of each rule, shape (rules,); 0 for one that the scoring does not name."""
    return np.array([scoring.rules[id_].weight if id_ in scoring.rules else 0.0 for id_ in ids], float)


def gates(ids: Sequence[str], scoring: Scoring) -> NDArray[np.bool_]:
    """Whether a failure of each rule caps its category, shape (rules,)."""
    return np.array([id_ in scoring.rules and scoring.rules[id_].gate for id_ in ids], bool)


def figures(rules: Table, weight: Array, scoring: Scoring) -> Figures:
    """The figures for each row of `weight`, shape (sets, rules)."""
    counted = np.where(np.isnan(rules.scores), 0.0, weight)
    values = np.nan_to_num(rules.scores)
    whole = counted @ rules.member.T
    means = _divided((counted * values) @ rules.member.T, whole)
    capped = (rules.failed & gates(rules.ids, scoring)).astype(float) @ rules.member.T > 0
    categories = np.where(capped, np.minimum(means, scoring.gate_cap), means)
    shares = np.array([scoring.categories[id_] for id_ in rules.categories[:-1]], float)
    known = ~np.isnan(categories[:, :-1])
    mean = _divided(np.nan_to_num(categories[:, :-1]) @ shares, known @ shares)
    costs = counted * (1 - values) * rules.failed * rules.member[-1]
    penalty = np.nan_to_num(_divided(scoring.ratio * costs, whole[:, :-1].sum(axis=1, keepdims=True)))
    balance = mean - penalty.sum(axis=1)
    return Figures(np.maximum(balance, 0.0), balance, categories, penalty)


def _divided(above: Any, below: Any) -> Array:  # noqa: ANN401 - whatever NumPy broadcasts
    """`above / below`, NaN where `below` is 0."""
    result: Array = np.divide(above, np.where(below == 0, np.nan, below))
    return result
