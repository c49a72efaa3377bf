"""Training the model of English texts that press, for `dark_text.py`.

First all tokens that at least two texts have are weighed; then the heaviest ones alone, from the start.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from troth.audit.dark_text_features import Features
from troth.audit.dark_text_model import BIAS, Model


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: how strongly weights are held back (smaller: more), and how many tokens are kept.

    `margin`: how far above even the odds of pressing have to be, as a logarithm.
    """

    strength: float
    tokens: int
    margin: float


@dataclass(frozen=True, slots=True)
class Block:
    """The vocabulary of one kind of token: its places in the vector, and how rare each token is."""

    places: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def of(cls, counted: Iterable[Counter[str]], least: int = 2) -> "Block":
        """The tokens that at least `least` texts have; rarity is ln((1 + n) / (1 + df)) + 1, two decimals."""
        texts = list(counted)
        seen = Counter(token for counts in texts for token in counts)
        kept = sorted(token for token, count in seen.items() if count >= least)
        rarity = [round(log((1 + len(texts)) / (1 + seen[token])) + 1, 2) for token in kept]
        return cls({token: place for place, token in enumerate(kept)}, np.array(rarity))

    def of_these(self, kept: np.ndarray) -> "Block":
        """The block of the tokens whose place is true in `kept`."""
        tokens = [token for token, place in self.places.items() if kept[place]]
        return Block({token: place for place, token in enumerate(tokens)}, self.rarity[kept])

    def vector(self, counts: Counter[str]) -> dict[int, float]:
        """Place → (1 + ln count) · rarity, scaled to length 1."""
        raw = {
            place: (1 + log(count)) * float(self.rarity[place])
            for token, count in counts.items()
            if (place := self.places.get(token)) is not None
        }
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        return {place: value / length for place, value in raw.items()}


def matrix(counted: Sequence[Features], pieces: Block, words: Block) -> csr_matrix:
    """Texts' vectors: the two blocks, then the shape."""
    first, second = len(pieces.places), len(pieces.places) + len(words.places)
    rows = [
        pieces.vector(one.pieces)
        | {first + place: value for place, value in words.vector(one.words).items()}
        | {second + place: value for place, value in enumerate(one.shape) if value}
        for one in counted
    ]
    data = [value for row in rows for value in row.values()]
    columns = [place for row in rows for place in row]
    starts = np.cumsum([0, *map(len, rows)])
    return csr_matrix((data, columns, starts), shape=(len(rows), second + len(counted[0].shape)))


def fitted(vectors: csr_matrix, dark: np.ndarray, strength: float) -> LogisticRegression:
    """A logistic regression, weights held back by their squares."""
    return LogisticRegression(C=strength, solver="liblinear", max_iter=2000).fit(vectors, dark)


def trained(
    counted: Sequence[Features], dark: np.ndarray, recipes: Sequence[Recipe]
) -> dict[Recipe, dict[str, Any]]:
    """What the model's file holds, kinds aside, for each recipe; weights rounded to three decimals."""
    pieces, words = Block.of(one.pieces for one in counted), Block.of(one.words for one in counted)
    full = matrix(counted, pieces, words)
    count, after = len(pieces.places), len(pieces.places) + len(words.places)
    models = {}
    for recipe in recipes:
        weights = np.abs(fitted(full, dark, recipe.strength).coef_[0][:after])
        kept = np.zeros(after, bool)
        kept[np.argsort(-weights, kind="stable")[: recipe.tokens]] = True
        few, phrases = pieces.of_these(kept[:count]), words.of_these(kept[count:])
        model = fitted(matrix(counted, few, phrases), dark, recipe.strength)
        found = model.coef_[0].round(3).tolist()
        middle, last = len(few.places), len(few.places) + len(phrases.places)
        models[recipe] = {
            "bias": round(float(model.intercept_[0]) - recipe.margin, 3),
            "shape": found[last:],
            "pieces": dict(
                zip(few.places, zip(few.rarity.tolist(), found[:middle], strict=True), strict=True)
            ),
            "words": dict(
                zip(
                    phrases.places, zip(phrases.rarity.tolist(), found[middle:last], strict=True), strict=True
                )
            ),
        }
    return models


def kinds_of(counted: Sequence[Features], kinds: Sequence[str]) -> dict[str, dict[str, float]]:
    """Weights that tell the kinds of dark texts apart: a few words and pairs for each kind."""
    block = Block.of(one.words for one in counted)
    tokens = list(block.places)
    rows = [[block.places[token] for token in one.words if token in block.places] for one in counted]
    starts = np.cumsum([0, *map(len, rows)])
    shape = (len(rows), len(tokens))
    vectors = csr_matrix((np.ones(starts[-1]), [place for row in rows for place in row], starts), shape=shape)
    weights = {}
    for kind in sorted(set(kinds)):
        model = LogisticRegression(l1_ratio=1.0, C=3.0, solver="liblinear", max_iter=2000, random_state=0)
        found = model.fit(vectors, [one == kind for one in kinds])
        said = zip(tokens, found.coef_[0].round(2).tolist(), strict=True)
        bias = {BIAS: round(float(found.intercept_[0]), 2)}
        weights[kind] = bias | {token: weight for token, weight in said if weight}
    return weights


def model_of(data: Mapping[str, Any], kinds: Mapping[str, Any] | None = None) -> Model:
    """The model as the product reads it."""
    return Model.of({**data, "kinds": kinds or {}})


def written(data: Mapping[str, Any]) -> str:
    """The model's file: JSON with one token (or kind) a line."""
    parts = []
    for name, value in data.items():
        text = json.dumps(value, ensure_ascii=False)
        if isinstance(value, dict):
            lines = [json.dumps({key: one}, ensure_ascii=False)[1:-1] for key, one in value.items()]
            text = "{\n" + ",\n".join(lines) + "\n}"
        parts.append(f'"{name}": {text}')
    return "{\n" + ",\n".join(parts) + "\n}\n"
