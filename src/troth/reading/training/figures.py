"""How often a reader is right: shares with their intervals, F1, AUC."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np

Z = 1.959963984540054
"""For intervals that hold in 95 of 100."""


@dataclass(frozen=True, slots=True)
class Share:
    """`right` of `whole`, and the 95 % interval of the share (Wilson 1927)."""

    right: int
    whole: int

    @property
    def value(self) -> float | None:
        """The share; None of nothing."""
        return self.right / self.whole if self.whole else None

    @property
    def interval(self) -> tuple[float, float]:
        """Its limits; 0 and 1 of nothing."""
        if not self.whole:
            return 0.0, 1.0
        n, p = self.whole, self.right / self.whole
        middle, spread = p + Z * Z / (2 * n), Z * sqrt(p * (1 - p) / n + Z * Z / (4 * n * n))
        whole = 1 + Z * Z / n
        return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


@dataclass(frozen=True, slots=True)
class LabelFigures:
    """Of one label: how many texts have it, and how right the reader is when it says so, and how complete."""

    name: str
    texts: int
    precision: Share
    recall: Share


def f1(precision: Share, recall: Share) -> float:
    """2 · right ÷ (said + true); 0 of nothing."""
    both = precision.whole + recall.whole
    return 2 * precision.right / both if both else 0.0


def by_label(
    true: Sequence[set[str]], said: Sequence[set[str]], names: Sequence[str]
) -> tuple[LabelFigures, ...]:
    """Figures of every label of `names` that is true or said of a text."""
    found: list[LabelFigures] = []
    for name in names:
        has, says = [name in one for one in true], [name in one for one in said]
        right = sum(a and b for a, b in zip(has, says, strict=True))
        if any(has) or any(says):
            found.append(LabelFigures(name, sum(has), Share(right, sum(says)), Share(right, sum(has))))
    return tuple(found)


def micro(true: Sequence[set[str]], said: Sequence[set[str]]) -> float:
    """Micro-F1 over all labels of all texts."""
    right = sum(len(a & b) for a, b in zip(true, said, strict=True))
    both = sum(map(len, true)) + sum(map(len, said))
    return 2 * right / both if both else 0.0


def macro(figures: Sequence[LabelFigures]) -> float:
    """Mean F1 of the labels that are true of any text."""
    found = [f1(one.precision, one.recall) for one in figures if one.texts]
    return sum(found) / len(found) if found else 0.0


def accuracy(true: Sequence[Hashable], said: Sequence[Hashable]) -> Share:
    """How many are right."""
    return Share(sum(a == b for a, b in zip(true, said, strict=True)), len(true))


def auc(good: Sequence[bool], values: Sequence[float]) -> float | None:
    """The chance that a good text has a higher value than a bad one (ties half); None without both."""
    from scipy.stats import rankdata

    n = sum(good)
    if not n or n == len(good):
        return None
    ranks = rankdata(np.asarray(values))
    return float((ranks[np.asarray(good)].sum() - n * (n + 1) / 2) / (n * (len(good) - n)))
