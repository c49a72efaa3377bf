"""What is counted in a text, for `dark_text.py`: pieces of words, words, shape, the catalogue's words.

Every number is written as `0`: that four are left or five makes no difference.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import log, log1p, sqrt

import numpy as np

from troth.audit.dark_text import KINDS
from troth.audit.words import words

_PIECES = range(2, 6)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Features:
    """A text's counts: pieces of words (2 to 5 letters), words and pairs of words; dense numbers."""

    pieces: Counter[str]
    words: Counter[str]
    dense: tuple[float, ...]


def features(text: str) -> Features:
    """What is counted in `text`."""
    normal = normalised(text)
    tokens: list[str] = _WORD.findall(normal)
    pairs = [f"{one} {two}" for one, two in pairwise(tokens)]
    return Features(_pieces(normal), Counter([*tokens, *pairs]), (*_shape(text), *_said(text)))


def normalised(text: str) -> str:
    """One line of small letters, plain apostrophes, and every number as `0`."""
    return " ".join(_DIGITS.sub("0", text.replace("’", "'").replace("‘", "'").lower()).split())


def _pieces(normal: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for word in normal.split():
        padded = f" {word} "
        for size in _PIECES:
            if size >= len(padded):
                counts[padded] += 1
                break
            counts.update(padded[start : start + size] for start in range(len(padded) - size + 1))
    return counts


def _shape(text: str) -> tuple[float, ...]:
    """Length, capitals, digits and marks."""
    line = " ".join(text.split())
    size = max(len(line), 1)
    count = len(line.split())
    return (
        log1p(len(line)) / 6,
        log1p(count) / 4,
        sum(letter.isdigit() for letter in line) / size,
        sum(letter.isupper() for letter in line) / size,
        float("!" in line),
        float("?" in line),
        float(len(_DIGITS.findall(line)) >= 3),
        float(any(letter.isdigit() for letter in line)),
        float("%" in line),
        float(count <= 3),
    )


def _said(text: str) -> tuple[float, ...]:
    """Which kinds' words stand in it, and whether any do."""
    found = [float(text in words(f"dark_{kind}")) for kind in KINDS]
    return (*found, max(found))


@dataclass(frozen=True, slots=True)
class Block:
    """The vocabulary of one kind of token: its places in the vector, and how rare each token is."""

    places: Mapping[str, int]
    rarity: np.ndarray

    @classmethod
    def of(cls, counted: Iterable[Counter[str]], least: int = 2) -> "Block":
        """The block of the tokens that at least `least` texts have; rarity is ln((1 + n) / (1 + df)) + 1."""
        texts = list(counted)
        seen = Counter(token for counts in texts for token in counts)
        kept = sorted(token for token, count in seen.items() if count >= least)
        rarity = [log((1 + len(texts)) / (1 + seen[token])) + 1 for token in kept]
        return cls({token: place for place, token in enumerate(kept)}, np.asarray(rarity, np.float32))

    def vector(self, counts: Counter[str]) -> dict[int, float]:
        """Place → (1 + ln count) · rarity, scaled to length 1."""
        raw = {
            place: (1 + log(count)) * float(self.rarity[place])
            for token, count in counts.items()
            if (place := self.places.get(token)) is not None
        }
        length = sqrt(sum(value * value for value in raw.values())) or 1.0
        return {place: value / length for place, value in raw.items()}


def row(counted: Features, pieces: Block, words: Block) -> dict[int, float]:
    """A text's vector: place → value, the blocks one after the other."""
    after = len(pieces.places)
    values = pieces.vector(counted.pieces)
    values |= {after + place: value for place, value in words.vector(counted.words).items()}
    after += len(words.places)
    return values | {after + place: value for place, value in enumerate(counted.dense) if value}
