"""What is said about what: findings joined with the mechanisms and topics named beside them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from troth.reading import valence
from troth.reading.lexicon import Match
from troth.reading.reach import Finding
from troth.reading.reading import MAX_STATEMENTS, Span, Statement
from troth.reading.scope import Sentence
from troth.reading.supposing import BARE, supposed, usual


@dataclass(slots=True)
class _Heap:
    """What belongs to one topic, mechanism and side, while it is gathered."""

    total: float = 0.0
    places: set[int] = field(default_factory=set)


_Heaps = dict[tuple[str, str, bool], _Heap]


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
    for sentence, some in zip(sentences, told, strict=True):
        if some:
            _gather(heaps, sentence, some, number)
        number += len(sentence.clauses)
    whole = sum(abs(heap.total) for heap in heaps.values())
    if not whole:
        return ()
    weighty = sorted(heaps.items(), key=lambda one: -abs(one[1].total))
    if len(weighty) > MAX_STATEMENTS:
        weighty = weighty[:MAX_STATEMENTS]
        whole = sum(abs(heap.total) for _key, heap in weighty)
    subjects = _subjects(heaps)
    return tuple(
        supposed(
            Statement(
                topic,
                mechanism,
                valence.squashed(heap.total),
                abs(heap.total) / whole,
                valence.confidence([heap.total]),
                _spans(heap.places, tokens, starts),
            ),
            subjects.get(good, BARE),
        )
        for (topic, mechanism, good), heap in weighty
    )


def _subjects(heaps: _Heaps) -> dict[bool, tuple[str, str]]:
    """What a text says good of and what bad, in the main: there a bare verdict belongs as well."""
    if len(heaps) < 2 or not (("", "", True) in heaps or ("", "", False) in heaps):
        return {}
    best: dict[bool, tuple[float, tuple[str, str]]] = {}
    for (topic, mechanism, good), heap in heaps.items():
        weight = abs(heap.total)
        if (topic or mechanism) and (good not in best or weight > best[good][0]):
            best[good] = weight, usual(topic, mechanism)
    return {good: subject for good, (_weight, subject) in best.items()}


def _gather(heaps: _Heaps, sentence: Sentence, some: Sequence[Finding], first: int) -> None:
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
        _pile(heaps, mine, topics, _named(clause.matches, "mechanism"))


def _named(found: Iterable[Match], kind: str) -> list[Match]:
    return [match for match in found if match.entry.kind == kind and not match.entry.valued]


def _pile(heaps: _Heaps, mine: Sequence[Finding], topics: Sequence[Match], names: Sequence[Match]) -> None:
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
        topic = _nearest(topics, places[0])
        if topic:
            proofs += topic.places
        name = topic.entry.name if topic else ""
        for mechanism in mechanisms:
            key = (name, mechanism, value > 0)
            heap = heaps.get(key)
            if heap is None:
                heap = heaps[key] = _Heap()
            heap.total += value / len(mechanisms)
            heap.places.update(proofs)


_NONE = ("",)


def _nearest(topics: Sequence[Match], place: int) -> Match | None:
    if len(topics) < 2:
        return topics[0] if topics else None
    return min(topics, key=lambda match: abs(match.places[0] - place))


def _spans(places: Iterable[int], tokens: Sequence[str], starts: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(starts[place], starts[place] + len(tokens[place])) for place in sorted(places))
