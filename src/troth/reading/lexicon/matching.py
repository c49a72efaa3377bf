"""Where the entries of a lexicon stand in a text."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from operator import attrgetter, itemgetter
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


def matches(words: Sequence[Word | None], partings: list[tuple[int, Word]]) -> list[Match]:
    """Every entry that counts in `words`, in their order.

    Of those that overlap the most specific counts: among what says how good it was and what modifies that,
    and apart from it among names of topics and of mechanisms. A value of 0 keeps others out and is left out.

    Args:
        words: What is known of each token.
        partings: Where the signs that part clauses and sentences are put, with their places.
    """
    found: list[Match] = []
    phrases: list[Match] = []
    last = len(words) - 1
    for place, word in enumerate(words):
        if word is None:
            continue
        if word.parts:
            partings.append((place, word))
            continue
        if word.alone:
            found += [Match((place,), entry) for entry in word.alone]
        if not word.starts or place == last:
            continue
        following = words[place + 1]
        if following is None or word.nexts.isdisjoint(following.patterns):
            laters = word.laters
            if laters is not None and (not laters or not _goes_on(laters, words, place)):
                continue  # most phrases end here
        for node in word.starts:
            _on(node, place + 1, words, (place,), phrases)
    if phrases:
        found = _settled(found, phrases)
    return [match for match in found if not match.entry.silent]


def _goes_on(laters: frozenset[str], words: Sequence[Word | None], place: int) -> bool:
    """Whether one of the words that may follow at a distance stands near enough behind `place`."""
    for word in words[place + 1 : place + MAX_GAP + 2]:
        if word is not None and not laters.isdisjoint(word.patterns):
            return True
    return False


def _on(
    node: Node, place: int, words: Sequence[Word | None], places: tuple[int, ...], found: list[Match]
) -> None:
    """Go on from `node` with the word at `place` or behind a gap; add every phrase that ends on the way."""
    if place >= len(words):
        return
    word = words[place]
    if word is not None:
        children = node.children
        for pattern in word.patterns:
            child = children.get(pattern)
            if child is not None:
                _reached(child, place, words, (*places, place), found)
    if node.any is not None and (word is None or not word.parts):
        _reached(node.any, place, words, (*places, place), found)
    if node.gap is not None:
        _over(node.gap, place, words, places, found)


def _over(
    gap: Node, place: int, words: Sequence[Word | None], places: tuple[int, ...], found: list[Match]
) -> None:
    """Go on behind a gap that begins at `place`, with each word up to its greatest length."""
    for skipped, word in enumerate(words[place : place + MAX_GAP + 1], place):
        if word is None:
            continue
        if word.parts:
            return
        for pattern in word.patterns:
            child = gap.children.get(pattern)
            if child is not None:
                _reached(child, skipped, words, (*places, skipped), found)


def _reached(
    node: Node, place: int, words: Sequence[Word | None], places: tuple[int, ...], found: list[Match]
) -> None:
    """Add what ends at `node`, which the word at `place` has led to, and go on from there."""
    if node.entries:
        found += [Match(places, entry) for entry in node.entries]
    if node.children or node.gap is not None or node.any is not None:
        _on(node, place + 1, words, places, found)


def _settled(singles: list[Match], phrases: list[Match]) -> list[Match]:
    """Without those whose words a more specific one has taken; of equals of different meaning all stay.

    A mechanism inside a longer polarity is still named, but the longer one says how it was: `not friendly`.
    """
    taken: dict[str, dict[int, Match]] = {}
    kept: list[Match] = []
    covered: set[int] = set()
    if len(phrases) > 1:
        phrases.sort(key=_by_rank, reverse=True)
    for match in phrases:
        _settle(match, taken, kept)
        covered.update(match.places)
    for match in singles:
        if match.begin in covered:
            _settle(match, taken, kept)
        else:
            kept.append(match)
    kept.sort(key=_by_place)
    return kept


def _settle(match: Match, taken: dict[str, dict[int, Match]], kept: list[Match]) -> None:
    places, entry = match
    held = taken.get(entry.group)
    if held is None:
        taken[entry.group] = dict.fromkeys(places, match)
        kept.append(match)
        return
    holders = [held[place] for place in places if place in held]
    if not holders or all(_together(holder, match) for holder in holders):
        for place in places:
            held.setdefault(place, match)
        kept.append(match)
    elif entry.kind == "mechanism" and entry.valued and all(map(_tells, holders)):
        kept.append(Match(places, _named(entry)))


_by_place = itemgetter(0)
_by_rank = attrgetter("entry.rank")


def _together(holder: Match, match: Match) -> bool:
    alone = len(match.places) == 1
    return holder.places == match.places and (alone or holder.entry.rank == match.entry.rank)


def _tells(holder: Match) -> bool:
    return holder.entry.kind == "polarity" and holder.entry.value != 0


@cache
def _named(entry: Entry) -> Entry:
    return replace(entry, valued=False, value=0.0)
