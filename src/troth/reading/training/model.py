"""A trained model: from features to chances. NumPy alone is needed; nothing is ever unpickled."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from troth.reading.training import pieces
from troth.reading.training.known import COLUMNS, Row

Floats = NDArray[np.floating[Any]]

KNOWN_SCALE, PIECES_SCALE, MEANING_SCALE = 0.3, 3.0, 4.0
"""How much the three blocks of features weigh beside each other under one penalty."""
HEADS: tuple[str, ...] = ("polarity", "mechanisms", "topics")
SIGNS = (-1, 0, 1)
"""The classes of polarity, in the order of its chances."""


class Features(NamedTuple):
    """Of one text: what the lexica know, its letters, and its meaning as an embedder sees it (or None)."""

    known: Row
    places: pieces.Places
    amounts: pieces.Amounts
    meaning: Floats | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """Weights for one question.

    Attributes:
        classes: What each column stands for: a sign, or a mechanism's or topic's id.
        known: Shape (`len(COLUMNS)`, classes), for scaled numbers.
        places: Which places of the hashed pieces have weights, ascending.
        pieces: Their weights; shape (places, classes).
        meaning: Of the embedding; shape (its size, classes); of size 0 in a head that has none.
        intercepts: Shape (classes,).
    """

    classes: tuple[str, ...]
    known: Floats
    places: pieces.Places
    pieces: Floats
    meaning: Floats
    intercepts: Floats

    def scores(self, features: Features, scale: Floats, rare: Floats) -> Floats:
        """Log-odds of every class; shape (classes,)."""
        found: Floats = self.intercepts + (KNOWN_SCALE * features.known / scale) @ self.known
        if len(self.places) and len(features.places):
            at = np.minimum(np.searchsorted(self.places, features.places), len(self.places) - 1)
            there = self.places[at] == features.places
            amounts = PIECES_SCALE * pieces.weighed(features.places, features.amounts, rare)
            found = found + amounts[there] @ self.pieces[at[there]]
        if len(self.meaning) and features.meaning is not None:
            found = found + (MEANING_SCALE * features.meaning) @ self.meaning
        return found


@dataclass(frozen=True, slots=True)
class Model:
    """All that was learnt.

    Attributes:
        scale: Of each known number; shape (`len(COLUMNS)`,).
        rare: Of each place of the pieces.
        heads: By question; those that there were labels for.
        meant: The same with an embedder, for texts of which the lexica are not sure; empty without.
        thresholds: From which chance on a mechanism or a topic is taken, by question.
        embedder: The embedder's name and version; empty without.
    """

    scale: Floats
    rare: Floats
    heads: Mapping[str, Head]
    meant: Mapping[str, Head]
    thresholds: Mapping[str, float]
    embedder: str = ""

    def chances(self, features: Features) -> dict[str, dict[str, float]]:
        """By question, the chance of each class."""
        heads = self.meant if self.meant and features.meaning is not None else self.heads
        found: dict[str, dict[str, float]] = {}
        for name, head in heads.items():
            scores = head.scores(features, self.scale, self.rare)
            likely = softmax(scores) if name == "polarity" else logistic(scores)
            found[name] = dict(zip(head.classes, map(float, likely), strict=True))
        return found


def logistic(scores: Floats) -> Floats:
    """Each score's own probability."""
    found: Floats = 1 / (1 + np.exp(-np.clip(scores, -40, 40)))
    return found


def softmax(scores: Floats) -> Floats:
    """Probabilities that add up to 1 over the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Floats = raised / raised.sum(axis=-1, keepdims=True)
    return found


def scale_of(rows: Sequence[Row]) -> Floats:
    """The spread of each known number, at least 0.05; shape (`len(COLUMNS)`,)."""
    found: Floats = np.maximum(np.asarray(rows, np.float32).std(axis=0), 0.05).astype(np.float32)
    return found if len(found) == len(COLUMNS) else np.ones(len(COLUMNS), np.float32)
