"""How far words reach: clauses, negation, strength, contrast, wishes, conditions, questions, irony.

    sentence ──▶ clauses (cut at signs and at "but") ──▶ findings (a match with the value it has there)

A negation reaches forward to the next sign, contrast or ender, over at most `FORWARD` words. In Dutch and
German, where it may stand last (`werkt niet`, `gefällt mir nicht`), it reaches back when nothing follows it.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from troth.reading.lexicon import Match, Word
from troth.reading.tokens import Sign

FORWARD = 5
BACKWARD = 4
NEGATED = {1: -0.7, -1: -0.6}
"""Times a good and a bad word count under a negation: `not bad` is less good than `good`."""
MORE, LESS = 1.35, 0.6
BEFORE_BUT, AFTER_BUT = 0.6, 1.4
WISHED = {1: -0.4, -1: 0.6}
"""Times a good and a bad word count in a wish: who wishes for something good has not had it."""
CONDITIONAL = 0.6
ASKED = {1: 0.4, -1: 0.8}
"""Times a good and a bad word count in a question."""
IRONIC = -2.0
"""What a phrase of irony counts itself; praise beside it turns."""

_FORWARD_ONLY = ("kein", "geen", "zonder", "ohne", "no", "without", "weder")


class Finding(NamedTuple):
    """A match and the value it has where it stands, −3 to 3 and some; `clause` is the clause's number."""

    match: Match
    value: float
    clause: int


@dataclass(slots=True)
class Clause:
    """Words between two signs; `weight` is what a contrast makes of it."""

    begin: int
    end: int
    sentence: int
    weight: float = 1.0
    matches: list[Match] = field(default_factory=list)


@dataclass(slots=True)
class Sentence:
    """From one full stop to the next: numbers of its tokens, how it ends, how loud."""

    begin: int
    end: int
    sign: Sign = "stop"
    loud: float = 1.0
    clauses: list[Clause] = field(default_factory=list)


def sentences(words: Sequence[Word | None], found: Sequence[Match]) -> list[Sentence]:
    """The sentences of a text with their clauses, and in these what was matched."""
    cuts: list[tuple[int, Word | None]] = [
        (place, word) for place, word in enumerate(words) if word is not None and word.parts
    ]
    cuts += [(match.begin, None) for match in found if match.entry.name == "contrasts"]
    cuts.sort(key=lambda cut: cut[0])
    cuts.append((len(words), _END))
    parts: list[Sentence] = []
    sentence = Sentence(0, 0)
    begin, number, next_match = 0, 0, 0
    but = False
    for place, word in cuts:
        if place > begin:
            clause = Clause(begin, place, len(parts), AFTER_BUT if but else 1.0)
            while next_match < len(found) and found[next_match].begin < place:
                clause.matches.append(found[next_match])
                next_match += 1
            sentence.clauses.append(clause)
            number += 1
        if word is None:
            but = True
            if sentence.clauses:
                sentence.clauses[-1].weight *= BEFORE_BUT
            begin = place
            continue
        begin = place + 1
        if word.sign == "clause":
            continue
        but = False
        sentence.end, sentence.sign, sentence.loud = place, word.sign, word.loud
        if sentence.clauses:
            parts.append(sentence)
        elif parts and word.sign != "stop":  # "?" after a blank belongs to what was said
            parts[-1].sign, parts[-1].loud = word.sign, max(parts[-1].loud, word.loud)
        sentence = Sentence(begin, begin)
    return parts


_END = Word("stop")


def findings(
    sentence: Sentence, words: Sequence[Word | None], first: int, *, backward: bool
) -> list[Finding]:
    """What counts in a sentence and how much; `first` is the number of its first clause.

    `backward`: whether a negation may stand behind what it negates (Dutch, German).
    """
    ironic = any(match.entry.name == "ironies" for clause in sentence.clauses for match in clause.matches)
    asked = sentence.sign == "question"
    found: list[Finding] = []
    for number, clause in enumerate(sentence.clauses, first):
        if not clause.matches:
            continue
        values = _values(clause, words, backward=backward)
        for match, plain in values:
            value = plain * clause.weight * sentence.loud
            if asked:
                value *= ASKED[1 if value > 0 else -1]
            found.append(Finding(match, -value if ironic and value > 0 else value, number))
    return found


def _values(clause: Clause, words: Sequence[Word | None], *, backward: bool) -> list[tuple[Match, float]]:
    counted = [match for match in clause.matches if match.entry.valued]
    modifiers = [match for match in clause.matches if match.entry.kind == "modifier"]
    values: list[tuple[Match, float]] = []
    if not modifiers:
        return [(match, match.entry.value * _loud(match, words)) for match in counted]
    factors = _negations(counted, modifiers, backward=backward)
    wish = min((m.begin for m in modifiers if m.entry.name == "wishes"), default=None)
    condition = any(m.entry.name == "conditions" for m in modifiers)
    for match, negated in zip(counted, factors, strict=True):
        value = match.entry.value * _loud(match, words)
        value *= _strength(match, modifiers)
        if negated:  # "would not recommend" is meant
            value *= NEGATED[1 if value > 0 else -1]
        elif wish is not None and match.begin > wish:
            value *= WISHED[1 if value > 0 else -1]
        if condition:
            value *= CONDITIONAL
        values.append((match, value))
    values += [(match, IRONIC) for match in modifiers if match.entry.name == "ironies"]
    return values


def _loud(match: Match, words: Sequence[Word | None]) -> float:
    return max((word.loud for place in match.places if (word := words[place])), default=1.0)


def _strength(match: Match, modifiers: Sequence[Match]) -> float:
    """What words that strengthen or weaken do to a match: those one or two words before it."""
    factor = 1.0
    for modifier in modifiers:
        if modifier.entry.name in {"intensifiers", "diminishers"} and 0 <= match.begin - modifier.end < 2:
            factor *= MORE if modifier.entry.name == "intensifiers" else LESS
    return factor


def _negations(counted: Sequence[Match], modifiers: Sequence[Match], *, backward: bool) -> list[bool]:
    """Which of the matches a negation reaches; two negations cancel each other."""
    odd = [False] * len(counted)
    enders = [m.begin for m in modifiers if m.entry.name == "enders"]
    for negator in modifiers:
        if negator.entry.name != "negators":
            continue
        stop = min((e for e in enders if e >= negator.end), default=negator.end + 1000)
        ahead = [
            number
            for number, match in enumerate(counted)
            if match.end > negator.end
            and match.begin - negator.end < FORWARD
            and (match.begin < stop)
            and negator.begin not in match.places
        ]
        if backward and not ahead and not negator.entry.text.startswith(_FORWARD_ONLY):
            start = max((e for e in enders if e < negator.begin), default=-1)
            ahead = [
                number
                for number, match in enumerate(counted)
                if start < match.begin < negator.begin and negator.begin - match.end < BACKWARD
            ][-1:]
        for number in ahead:
            odd[number] = not odd[number]
    return odd
