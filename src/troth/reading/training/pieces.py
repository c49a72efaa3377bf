"""A text's letters as numbers: pieces of words, words and pairs of them, hashed.

Pieces are runs of 2 to 5 letters inside a word with a blank on either side; all are hashed into `SIZE` places
(CRC-32: the same on every machine). What a word gives is remembered, so most words cost one look into a dict.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SIZE = 1 << 16
"""Places that pieces are hashed into."""

_PIECES = range(2, 6)
_LONGEST = 30
_MOST_REMEMBERED = 100_000
_MOST_WORDS = 600
_WORD = re.compile(r"\[[a-z][a-z -]{1,20}\]|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+|[^\w\s]")
_DIGITS = re.compile(r"\d+")

Places = NDArray[np.int32]
Amounts = NDArray[np.float32]


def words(text: str) -> list[str]:
    """What is counted: words and signs in lower case, every number as `0`, at most 600 of them."""
    return [_DIGITS.sub("0", word.lower().replace("’", "'")) for word in _WORD.findall(text)[:_MOST_WORDS]]


class _Pieces(dict[str, Places]):
    """The places of one word's pieces and of the word itself."""

    def __missing__(self, word: str) -> Places:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        padded = f" {word[:_LONGEST]} "
        pieces = [padded[at : at + size] for size in _PIECES for at in range(len(padded) - size + 1)]
        found = self[word] = np.array([_place(one) for one in (*pieces, f"= {word}")], np.int32)
        return found


_REMEMBERED = _Pieces()


def _place(piece: str) -> int:
    return crc32(piece.encode("utf-8", "replace")) % SIZE


def counted(text: str) -> tuple[Places, Amounts]:
    """The places that `text` fills, in ascending order, and how much: 1 + ln of how often."""
    found = words(text)
    if not found:
        return np.zeros(0, np.int32), np.zeros(0, np.float32)
    pairs = [_place(f"+ {one} {two}") for one, two in pairwise(found)]
    every = np.concatenate([*map(_REMEMBERED.__getitem__, found), np.array(pairs, np.int32)])
    places, often = np.unique(every, return_counts=True)
    return places, (1 + np.log(often)).astype(np.float32)


def rarity(texts: Sequence[tuple[Places, Amounts]]) -> Amounts:
    """How much each place counts: ln((1 + texts) / (1 + texts with it)) + 1; shape (`SIZE`,)."""
    seen = np.zeros(SIZE, np.int64)
    for places, _amounts in texts:
        seen[places] += 1
    rare: Amounts = (np.log((1 + len(texts)) / (1 + seen)) + 1).astype(np.float32)
    return rare


def weighed(places: Places, amounts: Amounts, rare: Amounts) -> Amounts:
    """The amounts times their rarity, so that their squares add up to 1."""
    found = amounts * rare[places]
    whole = float(np.sqrt(found @ found))
    return found / whole if whole else found
