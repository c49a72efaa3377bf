"""A small linear model of English texts that press, read from `catalogue/models/dark_text.json`.

The file is a list of tokens with how rare each is and how much it says for or against; adding up is all that
is done with it. `bench/dark_text.py --write` trains and writes it; docs/method/dark-patterns.md says from
what, and how well it does.
"""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log, sqrt
from typing import Any

from troth.audit.dark_text_features import features

Weights = Mapping[str, tuple[float, float]]
"""Token → how rare it is, and its weight."""

BIAS = "(always)"
"""The token that stands in every text, where kinds are told apart."""


@dataclass(frozen=True, slots=True)
class Model:
    """Weights of tokens and of a text's shape.

    `kinds`: of a text that presses, for each kind the weights of words and pairs.
    """

    bias: float
    shape: tuple[float, ...]
    pieces: Weights
    words: Weights
    kinds: Mapping[str, Mapping[str, float]]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> "Model":
        """From what the file holds."""
        pieces, words = ({token: (rare, says) for token, (rare, says) in data[of].items()} for of in _BLOCKS)
        return cls(data["bias"], tuple(data["shape"]), pieces, words, data["kinds"])

    def score(self, text: str) -> float:
        """The logarithm of the odds that `text` presses: above zero it does."""
        counted = features(text)
        shape = sum(value * weight for value, weight in zip(counted.shape, self.shape, strict=True))
        return self.bias + shape + _sum(counted.pieces, self.pieces) + _sum(counted.words, self.words)

    def kind(self, text: str) -> str:
        """The likeliest kind of a text that presses."""
        said = [BIAS, *features(text).words]
        return max(self.kinds, key=lambda kind: sum(self.kinds[kind].get(token, 0.0) for token in said))


_BLOCKS = ("pieces", "words")


@cache
def model() -> Model:
    """The model that comes with the package."""
    path = files("troth.audit.catalogue") / "models" / "dark_text.json"
    return Model.of(json.loads(path.read_text("utf-8")))


def _sum(counts: Counter[str], weights: Weights) -> float:
    """The sum of weight · (1 + ln count) · rarity, the latter scaled to length 1 together."""
    total = square = 0.0
    for token, count in counts.items():
        if (known := weights.get(token)) is not None:
            value = (1 + log(count)) * known[0]
            total += value * known[1]
            square += value * value
    return total / sqrt(square) if square else 0.0
