"""Entries made ready for matching: every token is looked up once, then remembered.

A `Word` knows all that the lexicon says of one token: what it means alone, which phrases may begin with it,
and which patterns of phrases it fits. A token of which nothing is known is None: one look into a dict.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from troth.blueprint.spelling import fold
from troth.reading import tokens
from troth.reading.lexicon.entries import ANY, GAP, Entry
from troth.reading.lexicon.loading import packaged

_MOST_REMEMBERED = 200_000
_REPEATED = re.compile(r"(\w)\1{2,}")
T = TypeVar("T")
SHOUTED = 1.25
"""Times a word in CAPITALS counts, and one with its letters drawn out: `sooooo`."""


class Node:
    """A place in the tree of phrases: what may come next, and the entries that end here."""

    __slots__ = ("any", "children", "entries", "gap")

    def __init__(self) -> None:
        self.children: dict[str, Node] = {}
        self.gap: Node | None = None
        self.any: Node | None = None
        self.entries: tuple[Entry, ...] = ()


@dataclass(slots=True, eq=False)
class Word:
    """What is known of one token.

    Attributes:
        sign: What kind of token it is.
        alone: The most specific entries of this one word, of each kind.
        starts: Where in the tree of phrases it leads from the root.
        patterns: The patterns in phrases that it fits.
        loud: How strongly it is said; 1 is plain.
        text: Its folded spelling.
        nexts: The patterns one of which the next word must fit for a phrase to go on.
        laters: Where any word may be next or a gap begins, the patterns of the word behind; None: all words.
        parts: Whether it is a sign that parts clauses or sentences.
    """

    sign: tokens.Sign
    alone: tuple[Entry, ...] = ()
    starts: tuple[Node, ...] = ()
    patterns: tuple[str, ...] = ()
    loud: float = 1.0
    text: str = ""
    parts: bool = False
    nexts: frozenset[str] = frozenset()
    laters: frozenset[str] | None = frozenset()


class Patterns(Generic[T]):
    """Single-word patterns and what stands behind each, found by the word they fit."""

    def __init__(self) -> None:
        self.exact: dict[str, list[T]] = {}
        self.begin: dict[str, list[T]] = {}
        self.end: dict[str, list[T]] = {}
        self.inside: dict[str, list[T]] = {}
        self.any: list[T] = []

    def add(self, pattern: str, what: T) -> None:
        """File `what` under `pattern`."""
        bare = pattern.strip("*")
        if not bare:
            self.any.append(what)
            return
        table = {
            (False, False): self.exact,
            (False, True): self.begin,
            (True, False): self.end,
            (True, True): self.inside,
        }[pattern.startswith("*"), pattern.endswith("*")]
        table.setdefault(bare, []).append(what)

    def found(self, word: str) -> Iterator[T]:
        """What stands behind every pattern that `word` fits."""
        yield from self.exact.get(word, ())
        if self.begin or self.end:
            for length in range(1, len(word) + 1):
                yield from self.begin.get(word[:length], ())
                yield from self.end.get(word[-length:], ())
        for bare, entries in self.inside.items():
            if bare in word:
                yield from entries
        yield from self.any


class Compiled(dict[str, Word | None]):
    """A lexicon made ready: look a token up as it stands in the text.

    Args:
        entries: What the lexicon holds; of two equal ones the later one counts.
        language: Whose spelling is followed.
        marks: Entries of emoticons and emoji.
    """

    def __init__(self, entries: Iterable[Entry], language: str, marks: Iterable[Entry] = ()) -> None:
        super().__init__()
        self.language = language
        self._alone: Patterns[Entry] = Patterns()
        self._parts: set[str] = set()
        self._fits: Patterns[str] = Patterns()
        self._root = Node()
        self._marks = {entry.words[0]: entry for entry in marks}
        unique = {(e.name, e.valued or e.kind, e.words): e for e in entries}
        for entry in unique.values():
            if len(entry.words) == 1:
                self._alone.add(entry.words[0], entry)
            else:
                self._grow(entry)

    def __missing__(self, token: str) -> Word | None:
        if len(self) >= _MOST_REMEMBERED:
            self.clear()
        found = self[token] = self._word(token)
        return found

    def _grow(self, entry: Entry) -> None:
        node = self._root
        for pattern in entry.words:
            if pattern == GAP:
                node.gap = node.gap or Node()
                node = node.gap
                continue
            if pattern == ANY:
                node.any = node.any or Node()
                node = node.any
                continue
            if pattern not in self._parts:
                self._fits.add(pattern, pattern)
                self._parts.add(pattern)
            node = node.children.setdefault(pattern, Node())
        node.entries = (*node.entries, entry)

    def _word(self, token: str) -> Word | None:
        sign = tokens.sign(token)
        if sign == "mark":
            entry = self._marks.get(token) or self._marks.get(token.replace("-", ""))
            return Word(sign, alone=(entry,), text=token) if entry else None
        if sign == "aside":
            return None
        if sign != "word":
            return Word(sign, loud=1.0 + 0.1 * min(3, token.count("!")), text=token, parts=True)
        shouted = len(token) > 2 and token.isupper()
        for spelling, loud in self._spellings(token):
            alone = _best(self._alone.found(spelling))
            patterns = tuple(self._fits.found(spelling))
            starts = tuple(self._root.children[p] for p in patterns if p in self._root.children)
            if alone or patterns:
                return Word(
                    sign,
                    alone,
                    starts,
                    patterns,
                    SHOUTED if shouted else loud,
                    spelling,
                    nexts=frozenset(pattern for node in starts for pattern in node.children),
                    laters=_laters(starts),
                )
        return None

    def _spellings(self, token: str) -> Iterator[tuple[str, float]]:
        word = fold(token, self.language)
        yield word, 1.0
        if self.language == "en" and word.endswith("'s"):
            yield word[:-2], 1.0
        if _REPEATED.search(word):
            yield _REPEATED.sub(r"\1\1", word), SHOUTED
            yield _REPEATED.sub(r"\1", word), SHOUTED


def _laters(starts: Iterable[Node]) -> frozenset[str] | None:
    behind = [node for start in starts for node in (start.any, start.gap) if node is not None]
    if any(node.any is not None or node.gap is not None or node.entries for node in behind):
        return None
    return frozenset(pattern for node in behind for pattern in node.children)


def _best(entries: Iterator[Entry]) -> tuple[Entry, ...]:
    """Of what a word fits, the most specific of each kind; a polarity of 0 keeps out what is less so."""
    found = list(entries)
    if len(found) < 2:
        return tuple(found)
    best: dict[str, int] = {}
    for entry in found:
        group = _group(entry)
        best[group] = max(best.get(group, entry.rank), entry.rank)
    kept = [entry for entry in found if entry.rank == best[_group(entry)]]
    nothing = max((e.rank for e in kept if e.valued and e.value == 0), default=None)
    if nothing is not None:
        kept = [e for e in kept if not e.valued or e.value == 0 or e.rank > nothing]
    return tuple(sorted(kept, key=lambda entry: entry.rank, reverse=True))


def _group(entry: Entry) -> str:
    return f"{entry.kind} {entry.valued}" if entry.kind != "modifier" else entry.name


@cache
def compiled(language: str) -> Compiled:
    """The lexicon that ships with Troth for `nl`, `de` or `en`."""
    return Compiled(packaged(language), language, packaged("any"))
