"""What is said about what: findings joined with the mechanisms and topics named beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from troth.reading import valence
from troth.reading.lexicon import Match
from troth.reading.reach import Finding
from troth.reading.reading import MAX_STATEMENTS, Span, Statement
from troth.reading.scope import Sentence
from troth.reading.topics import JOURNEY
from troth.reading.supposing import BARE, supposed, usual


@dataclass(slots=True)
class _Heap:
    """What belongs to one topic, mechanism and side, while it is gathered."""

    total: float = 0.0
    places: set[int] = field(default_factory=set)


class _Key(NamedTuple):
    """Topic, mechanism, whether it is praise, and whether the topic was named only elsewhere in the text."""

    topic: str
    mechanism: str
    good: bool
    elsewhere: bool = False


MOST_MENTIONS = 2
_Heaps = dict[_Key, _Heap]


def stated(
    sentences: Sequence[Sentence],
    told: Sequence[Sequence[Finding]],
    tokens: Sequence[str],
    starts: Sequence[int],
) -> tuple[Statement, ...]:
    """The statements of a text, the weightiest first.

    A finding belongs to the mechanism that it tells of itself, else to those that its clause names, and to
    the topic nearest in its clause, else to one of its sentence of which nothing is said where it stands.
    Good and bad of the same are two statements. The usual is supposed of what it does not say.

    Args:
        sentences: With their clauses and all that was matched.
        told: The findings of each sentence.
        tokens: Of the text.
        starts: Where each of them begins.
    """
    heaps: _Heaps = {}
    number = 0
    named: list[Match] | None = None
    for sentence, some in zip(sentences, told, strict=True):
        if some:
            if named is None:
                named = _spoken(sentences)
            _gather(heaps, sentence, some, number, named)
        number += len(sentence.clauses)
    whole = sum(abs(heap.total) for heap in heaps.values())
    if not whole:
        return ()
    weighty = sorted(heaps.items(), key=lambda one: -abs(one[1].total))
    if len(weighty) > MAX_STATEMENTS:
        weighty = weighty[:MAX_STATEMENTS]
        whole = sum(abs(heap.total) for _key, heap in weighty)
    subjects = _subjects(heaps)
    found: list[Statement] = []
    for (topic, mechanism, good, elsewhere), heap in weighty:
        one = Statement(
            "" if elsewhere else topic,
            mechanism,
            valence.squashed(heap.total),
            abs(heap.total) / whole,
            valence.confidence([heap.total]),
            _spans(heap.places, tokens, starts),
        )
        if not topic and not mechanism and good not in subjects and named:
            topic, elsewhere = _meant(_before(named, min(heap.places)), ""), True
        found.append(supposed(one, subjects.get(good, BARE), elsewhere=topic if elsewhere else ""))
    return tuple(found)


def mentioned(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The first two topics that a text names."""
    names = (match.entry.name for match in _spoken(sentences))
    return tuple(dict.fromkeys(name for name in names if name != JOURNEY))[:MOST_MENTIONS]


def _subjects(heaps: _Heaps) -> dict[bool, tuple[str, str]]:
    """What a text says good of and what bad, in the main: there a bare verdict belongs as well."""
    if len(heaps) < 2 or not (_Key("", "", True) in heaps or _Key("", "", False) in heaps):
        return {}
    best: dict[bool, tuple[float, tuple[str, str]]] = {}
    for (topic, mechanism, good, _elsewhere), heap in heaps.items():
        weight = abs(heap.total)
        if (topic or mechanism) and (good not in best or weight > best[good][0]):
            best[good] = weight, usual(topic, mechanism)
    return {good: subject for good, (_weight, subject) in best.items()}


def _spoken(sentences: Iterable[Sentence]) -> list[Match]:
    """Every topic that a text names, in their order."""
    return [match for one in sentences for clause in one.clauses for match in _named(clause.matches, "topic")]


def _gather(
    heaps: _Heaps, sentence: Sentence, some: Sequence[Finding], first: int, named: Sequence[Match]
) -> None:
    unused: list[Match] | None = None
    told = {one.clause for one in some if not one.weak}
    for number, clause in enumerate(sentence.clauses, first):
        if number not in told:
            continue
        topics = _named(clause.matches, "topic")
        if not topics:
            if unused is None:
                unused = [
                    match
                    for other, one in enumerate(sentence.clauses, first)
                    if other not in told
                    for match in _named(one.matches, "topic")
                ]
            topics = unused
        mine = [one for one in some if one.clause == number and not one.weak]
        _pile(heaps, mine, topics, _named(clause.matches, "mechanism"), named)


def _named(found: Iterable[Match], kind: str) -> list[Match]:
    return [match for match in found if match.entry.kind == kind and not match.entry.valued]


def _pile(
    heaps: _Heaps,
    mine: Sequence[Finding],
    topics: Sequence[Match],
    names: Sequence[Match],
    named: Sequence[Match],
) -> None:
    """Add a clause's findings to the heaps they belong to; each counts once, split among what it tells of."""
    by_place: dict[tuple[int, ...], tuple[float, list[str]]] = {}
    for match, value, _clause, _weak in mine:
        telling = by_place.setdefault(match.places, (value, []))[1]
        if match.entry.kind == "mechanism":
            telling.append(match.entry.name)
    for places, (value, telling) in by_place.items():
        if not value:
            continue
        proofs = places
        mechanisms: Sequence[str] = telling
        if not telling:
            mechanisms = list(dict.fromkeys(match.entry.name for match in names)) if names else _NONE
            for match in names:
                proofs += match.places
        topic = _nearest(topics, places)
        if topic:
            proofs += topic.places
        for mechanism in mechanisms:
            if topic:
                key = _Key(_meant(topic.entry.name, mechanism), mechanism, value > 0)
            else:
                name = _elsewhere(named, places[0], mechanism)
                key = _Key(name, mechanism, value > 0, bool(name))
            heap = heaps.get(key)
            if heap is None:
                heap = heaps[key] = _Heap()
            heap.total += value / len(mechanisms)
            heap.places.update(proofs)


_NONE = ("",)
_AT_HOME = ("", "benevolence", "familiarity")
"""What is at home in one topic, wherever it is said; and a bare verdict."""


_WORKING = ("website", "app", "payment", "account")
"""What works or does not, as goods do; what else is good or bad at something is the product."""


def _elsewhere(named: Sequence[Match], place: int, mechanism: str) -> str:
    """The topic of what names none where it stands; empty where the mechanism's usual one is likelier."""
    if not named or mechanism in _AT_HOME:
        return ""
    topic = _meant(_before(named, place), mechanism)
    return topic if mechanism != "ability" or topic in _WORKING else ""


def _before(named: Sequence[Match], place: int) -> str:
    """The topic that the text named last before a place, else the first one after it."""
    topic = named[0].entry.name
    for match in named:
        if match.places[0] > place:
            break
        topic = match.entry.name
    return topic


def _nearest(topics: Sequence[Match], places: tuple[int, ...]) -> Match | None:
    if len(topics) < 2:
        return topics[0] if topics else None
    nearest = min(topics, key=lambda match: abs(match.places[0] - places[0]))
    if nearest.entry.name == "outage" and nearest.places[0] in places:  # what is delayed is named beside it
        return next((match for match in topics if match.entry.name == "delivery"), nearest)
    return nearest


def _meant(topic: str, mechanism: str) -> str:
    """The topic that a named one stands for: of a journey that fails its timetable the outage."""
    if topic != JOURNEY:
        return topic
    return "outage" if mechanism in _OF_TIMETABLES else "product"


_OF_TIMETABLES = ("reliability", "clarity")


def _spans(places: Iterable[int], tokens: Sequence[str], starts: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(starts[place], starts[place] + len(tokens[place])) for place in sorted(places))
