"""What is said about what: findings joined with the mechanisms and topics named beside them."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from troth.reading import valence
from troth.reading.lexicon import Match
from troth.reading.reach import Finding
from troth.reading.reading import MAX_STATEMENTS, MOST_MENTIONS, Part, Span, Statement
from troth.reading.scope import Sentence
from troth.reading.supposing import BARE, LESS_SURE, completed, usual
from troth.reading.topics import JOURNEY


class _Heap:
    """What belongs to one topic, mechanism and side, while it is gathered."""

    __slots__ = ("places", "total")

    def __init__(self) -> None:
        self.total = 0.0
        self.places: set[int] = set()


class _Key(NamedTuple):
    """Topic, mechanism, whether it is praise, and whether the topic was named only elsewhere in the text."""

    topic: str
    mechanism: str
    good: bool
    elsewhere: bool = False


_BARE_KEYS = (_Key("", "", good=True), _Key("", "", good=False))
_Heaps = dict[_Key, _Heap]


class _Spoken:
    """Every topic that a text names, looked for when it is first asked for."""

    __slots__ = ("_names", "_places", "_sentences")

    def __init__(self, sentences: Iterable[Sentence]) -> None:
        self._sentences = sentences
        self._names: list[str] | None = None
        self._places: list[int] = []

    def before(self, place: int) -> str:
        """The topic named last before a place, else the first one after it, else nothing."""
        if self._names is None:
            found = [match for one in self._sentences for part in one.clauses for match in part.topics]
            self._names = [match.entry.name for match in found]
            self._places = [match.places[0] for match in found]
        if not self._names:
            return ""
        return self._names[max(0, bisect_right(self._places, place) - 1)]


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
    spoken = _Spoken(sentences)
    for sentence, some in zip(sentences, told, strict=True):
        if some:
            _gather(heaps, sentence, some, number, spoken)
        number += len(sentence.clauses)
    whole = sum([abs(heap.total) for heap in heaps.values()])
    if not whole:
        return ()
    weighty = sorted(heaps.items(), key=_weight, reverse=True)
    if len(weighty) > MAX_STATEMENTS:
        weighty = weighty[:MAX_STATEMENTS]
        whole = sum([abs(heap.total) for _key, heap in weighty])
    subjects = _subjects(heaps)
    found: list[Statement] = []
    for key, heap in weighty:
        topic, mechanism, parts = _whole(key, heap, subjects, spoken)
        found.append(
            Statement(
                topic,
                mechanism,
                valence.squashed(heap.total),
                abs(heap.total) / whole,
                valence.certainty(heap.total) * LESS_SURE ** len(parts),
                _spans(heap.places, tokens, starts),
                parts,
            )
        )
    return tuple(found)


def _whole(
    key: _Key, heap: _Heap, subjects: Mapping[bool, tuple[str, str]], spoken: _Spoken
) -> tuple[str, str, tuple[Part, ...]]:
    """Topic and mechanism of a heap, with what is usual where they are not named; and what is supposed."""
    near = key.topic if key.elsewhere else ""
    if not key.topic and not key.mechanism and key.good not in subjects:
        near = _meant(spoken.before(min(heap.places)), "")
    topic = "" if key.elsewhere else key.topic
    return completed(topic, key.mechanism, subjects.get(key.good, BARE), near)


def _weight(one: tuple[_Key, _Heap]) -> float:
    return abs(one[1].total)


def mentioned(sentences: Sequence[Sentence]) -> tuple[str, ...]:
    """The first topics that a text names."""
    names = (match.entry.name for one in sentences for part in one.clauses for match in part.topics)
    return tuple(dict.fromkeys(name for name in names if name != JOURNEY))[:MOST_MENTIONS]


def _subjects(heaps: _Heaps) -> dict[bool, tuple[str, str]]:
    """What a text says good of and what bad, in the main: there a bare verdict belongs as well."""
    if len(heaps) < 2 or not any(key in heaps for key in _BARE_KEYS):
        return {}
    best: dict[bool, tuple[float, tuple[str, str]]] = {}
    for (topic, mechanism, good, _elsewhere), heap in heaps.items():
        weight = abs(heap.total)
        if (topic or mechanism) and (good not in best or weight > best[good][0]):
            best[good] = weight, usual(topic, mechanism)
    return {good: subject for good, (_heavy, subject) in best.items()}


def _gather(heaps: _Heaps, sentence: Sentence, some: Sequence[Finding], first: int, spoken: _Spoken) -> None:
    clauses = sentence.clauses
    if len(clauses) == 1:
        mine = [one for one in some if not one.weak]
        if mine:
            _pile(heaps, mine, clauses[0].topics, clauses[0].mechanisms, spoken)
        return
    unused: list[Match] | None = None
    told = {one.clause for one in some if not one.weak}
    for number, clause in enumerate(clauses, first):
        if number not in told:
            continue
        topics = clause.topics
        if not topics:
            if unused is None:
                silent = (one for other, one in enumerate(clauses, first) if other not in told)
                unused = [match for one in silent for match in one.topics]
            topics = unused
        mine = [one for one in some if one.clause == number and not one.weak]
        _pile(heaps, mine, topics, clause.mechanisms, spoken)


def _pile(
    heaps: _Heaps,
    mine: Sequence[Finding],
    topics: Sequence[Match],
    names: Sequence[Match],
    spoken: _Spoken,
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
            named = topic is not None
            name = _meant(topic.entry.name, mechanism) if topic else _elsewhere(spoken, places[0], mechanism)
            heap = _heap(heaps, _Key(name, mechanism, value > 0, not named and name != ""))
            heap.total += value / len(mechanisms)
            heap.places.update(proofs)


def _heap(heaps: _Heaps, key: _Key) -> _Heap:
    heap = heaps.get(key)
    if heap is None:
        heap = heaps[key] = _Heap()
    return heap


_NONE = ("",)
_AT_HOME = ("", "benevolence", "familiarity")
"""What is at home in one topic, wherever it is said; and a bare verdict."""
_WORKING = ("website", "app", "payment", "account")
"""What works or does not, as goods do; what else is good or bad at something is the product."""


def _elsewhere(spoken: _Spoken, place: int, mechanism: str) -> str:
    """The topic of what names none where it stands; empty where the mechanism's usual one is likelier."""
    if mechanism in _AT_HOME:
        return ""
    topic = _meant(spoken.before(place), mechanism)
    return topic if mechanism != "ability" or topic in _WORKING else ""


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
    return tuple([Span(starts[place], starts[place] + len(tokens[place])) for place in sorted(places)])
