"""Where the entries of a lexicon stand in a text."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import NamedTuple

from troth.reading.lexicon.compiling import Node, Word
from troth.reading.lexicon.entries import MAX_GAP, Entry


class Match(NamedTuple):
    """An entry that stands in a text; `places` are the numbers of its own tokens, without those in a gap."""

    places: tuple[int, ...]
    entry: Entry

    @property
    def begin(self) -> int:
        """The number of its first token."""
        return self.places[0]

    @property
    def end(self) -> int:
        """The number after its last token."""
        return self.places[-1] + 1


def matches(words: Sequence[Word | None]) -> list[Match]:
    """Every entry that counts in `words`, in their order.

    Of those that overlap the most specific counts: among what says how good it was and what modifies that,
    and apart from it among names of topics and of mechanisms. A value of 0 keeps others out and is left out.
    """
    found: list[Match] = []
    phrases = False
    for place, word in enumerate(words):
        if word is None:
            continue
        found += [Match((place,), entry) for entry in word.alone]
        for node in word.starts:
            before = len(found)
            _walk(node, place + 1, words, (place,), found)
            phrases = phrases or len(found) > before
    if phrases:
        found = _settled(found)
    return [match for match in found if not (match.entry.valued and match.entry.value == 0)]


def _walk(
    node: Node, place: int, words: Sequence[Word | None], places: tuple[int, ...], found: list[Match]
) -> None:
    """Add every phrase that goes on from `node` at `place`."""
    found += [Match(places, entry) for entry in node.entries]
    if place >= len(words):
        return
    if node.children:
        _step(node, place, words, places, found)
    if node.gap is not None:
        for skipped in range(place, min(place + MAX_GAP + 1, len(words))):
            word = words[skipped]
            if word is not None and word.sign not in {"word", "mark"}:
                return
            _step(node.gap, skipped, words, places, found)


def _step(
    node: Node, place: int, words: Sequence[Word | None], places: tuple[int, ...], found: list[Match]
) -> None:
    word = words[place]
    if word is None:
        anything = node.children.get("*")
        if anything is not None:
            _walk(anything, place + 1, words, (*places, place), found)
        return
    for pattern in word.patterns:
        child = node.children.get(pattern)
        if child is not None:
            _walk(child, place + 1, words, (*places, place), found)


def _settled(found: list[Match]) -> list[Match]:
    """Without those whose words a more specific one has taken; of equals of different meaning all stay.

    A mechanism inside a longer polarity is still named, but the longer one says how it was: `not friendly`.
    """
    taken: dict[tuple[str, int], Match] = {}
    kept: list[Match] = []
    for match in sorted(found, key=lambda one: one.entry.rank, reverse=True):
        group = _group(match.entry)
        holders = [holder for place in match.places if (holder := taken.get((group, place)))]
        if all(_together(holder, match) for holder in holders):
            for place in match.places:
                taken.setdefault((group, place), match)
            kept.append(match)
        elif match.entry.kind == "mechanism" and match.entry.valued and all(map(_tells, holders)):
            kept.append(Match(match.places, _named(match.entry)))
    return sorted(kept, key=lambda one: one.places)


def _group(entry: Entry) -> str:
    return "counts" if entry.valued or entry.kind == "modifier" else entry.kind


def _together(holder: Match, match: Match) -> bool:
    alone = len(match.places) == 1
    return holder.places == match.places and (alone or holder.entry.rank == match.entry.rank)


def _tells(holder: Match) -> bool:
    return holder.entry.kind == "polarity" and holder.entry.value != 0


@cache
def _named(entry: Entry) -> Entry:
    return replace(entry, valued=False, value=0.0)
