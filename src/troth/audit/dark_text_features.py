"""What is counted in a text to tell whether it presses: pieces of words, words and pairs, its shape.

Every number is written as `0`: that four are left or five makes no difference.
"""

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from math import log1p

_PIECES = range(2, 6)
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+|[^\w\s]")
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Features:
    """Counts of pieces of words (2 to 5 letters), of words and pairs; ten numbers on the shape."""

    pieces: Counter[str]
    words: Counter[str]
    shape: tuple[float, ...]


def features(text: str) -> Features:
    """What is counted in `text`.

    >>> sorted(features("Only 3 left").words)
    ['0', '0 left', 'left', 'only', 'only 0']
    """
    normal = normalised(text)
    tokens: list[str] = _WORD.findall(normal)
    pairs = [f"{one} {two}" for one, two in pairwise(tokens)]
    return Features(_pieces(normal), Counter([*tokens, *pairs]), _shape(text))


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
