"""The reader: from a text to what it says."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from troth.reading import scope, valence
from troth.reading.cleaning import cleaned
from troth.reading.fusing import fused
from troth.reading.language import READ, language
from troth.reading.lexicon import Compiled, Entry, Match, compiled, matches, packaged
from troth.reading.reading import MAX_STATEMENTS, Reading, Span, Statement, WhyNot
from troth.reading.scope import Finding, Sentence
from troth.reading.tokens import TOKEN, sign

EDGE = 1.3
"""Times the first and the last sentence of a text count: there stands the verdict."""


@dataclass(slots=True)
class _Heap:
    """What belongs to one topic, mechanism and side, while it is gathered."""

    total: float = 0.0
    sure: float = 0.0
    places: set[int] = field(default_factory=set)


class Reader:
    """Reads texts by the lexica that ship with Troth and a user's own entries.

    Args:
        words: Own entries by language; an own entry comes before an equal one that ships.
    """

    def __init__(self, words: Mapping[str, Iterable[Entry]] | None = None) -> None:
        own = {name: tuple(entries) for name, entries in (words or {}).items()}
        self._own = {name: entries for name, entries in own.items() if entries}
        self._compiled: dict[str, Compiled] = {}

    def lexicon(self, name: str) -> Compiled:
        """The compiled lexicon of a language, made when it is first asked for."""
        if name not in self._compiled:
            own = self._own.get(name)
            self._compiled[name] = (
                Compiled((*packaged(name), *own), name, packaged("any")) if own else compiled(name)
            )
        return self._compiled[name]

    def read(self, text: str, stars: float | None = None) -> Reading:
        """What `text` says.

        Args:
            text: As the customer wrote it; markup, quoted mails and signatures are left out.
            stars: The rating that came with it, −1 (the worst) to 1 (the best); None where there is none.
        """
        reading = self._text(text)
        return reading if stars is None else fused(reading, stars)

    def _text(self, raw: str) -> Reading:
        clean = cleaned(raw)
        text = clean.text
        tokens = TOKEN.findall(text)
        spoken, script = language(text, tokens)
        if not spoken and any(sign(token) == "mark" for token in tokens):
            return self._said(text, "", self.lexicon("en"), tokens, cut=clean.cut)
        if spoken not in READ:
            why: WhyNot = "script" if script else "language" if spoken else "wordless" if text else "empty"
            return Reading(spoken, why, 0.0, 0.0, 0, (), text, clean.cut)
        return self._said(text, spoken, self.lexicon(spoken), tokens, cut=clean.cut)

    def _said(
        self, text: str, spoken: str, lexicon: Compiled, tokens: Sequence[str], *, cut: bool
    ) -> Reading:
        words = [lexicon[token] for token in tokens]
        found = matches(words)
        parts = scope.sentences(words, found)
        told: list[Finding] = []
        per_sentence: list[list[Finding]] = []
        first = 0
        for number, sentence in enumerate(parts):
            some = scope.findings(sentence, words, first, backward=spoken != "en")
            first += len(sentence.clauses)
            if number in {0, len(parts) - 1} and len(parts) > 1:
                some = [one._replace(value=one.value * EDGE) for one in some]
            per_sentence.append(some)
            told += _once(some)
        total = sum(one.value for one in told)
        value = valence.squashed(total)
        statements = _statements(text, parts, per_sentence)
        sure = valence.confidence(one.value for one in told)
        return Reading(spoken, "", value, sure, valence.polarity(value), statements, text, cut)


def _once(found: Sequence[Finding]) -> list[Finding]:
    """Each place once: a word may be a polarity and tell of a mechanism, and yet is one word."""
    seen: dict[tuple[int, ...], Finding] = {}
    for one in found:
        seen.setdefault(one.match.places, one)
    return list(seen.values())


def _statements(
    text: str, parts: Sequence[Sentence], told: Sequence[Sequence[Finding]]
) -> tuple[Statement, ...]:
    """Who says what about what: findings joined with the mechanisms and topics named beside them."""
    heaps: dict[tuple[str, str, bool], _Heap] = defaultdict(_Heap)
    number = 0
    for sentence, some in zip(parts, told, strict=True):
        everywhere = [match for clause in sentence.clauses for match in clause.matches]
        for clause in sentence.clauses:
            mine = [one for one in some if one.clause == number]
            number += 1
            if not mine:
                continue
            topics = _named(clause.matches, "topic") or _named(everywhere, "topic")
            names = _named(clause.matches, "mechanism")
            _pile(heaps, mine, topics, names)
    whole = sum(abs(heap.total) for heap in heaps.values())
    if not whole:
        return ()
    weighty = sorted(heaps.items(), key=lambda one: abs(one[1].total), reverse=True)[:MAX_STATEMENTS]
    starts = [match.span() for match in TOKEN.finditer(text)]
    kept = sum(abs(heap.total) for _key, heap in weighty)
    return tuple(
        Statement(
            topic,
            mechanism,
            valence.squashed(heap.total),
            abs(heap.total) / kept,
            valence.confidence([heap.total]),
            tuple(Span(*starts[place]) for place in sorted(heap.places)),
        )
        for (topic, mechanism, _good), heap in weighty
    )


def _named(found: Iterable[Match], kind: str) -> list[Match]:
    return [match for match in found if match.entry.kind == kind and not match.entry.valued]


def _pile(
    heaps: dict[tuple[str, str, bool], _Heap],
    mine: Sequence[Finding],
    topics: Sequence[Match],
    names: Sequence[Match],
) -> None:
    """Add a clause's findings to the heaps they belong to; each counts once, split among what it tells of."""
    by_place: dict[tuple[int, ...], list[Finding]] = defaultdict(list)
    for one in mine:
        by_place[one.match.places].append(one)
    telling = any(one.match.entry.kind == "mechanism" for one in mine)
    for places, same in by_place.items():
        value = same[0].value
        if not value:
            continue
        mechanisms = [one.match.entry.name for one in same if one.match.entry.kind == "mechanism"]
        proofs = set(places)
        if not mechanisms and names:
            mechanisms = list({match.entry.name for match in names})
            proofs |= {place for match in names for place in match.places}
        elif not mechanisms and telling:
            mechanisms = []
        topic = min(topics, key=lambda match: abs(match.begin - places[0]), default=None)
        if topic:
            proofs |= set(topic.places)
        for mechanism in mechanisms or [""]:
            heap = heaps[topic.entry.name if topic else "", mechanism, value > 0]
            heap.total += value / max(1, len(mechanisms))
            heap.places |= proofs
