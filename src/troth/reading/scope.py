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
NEGATED = {1: -0.7, -1: -0.4}
"""Times a good and a bad word count under a negation: `not bad` is less good than `good`."""
MORE, LESS = 1.35, 0.6
BEFORE_BUT, AFTER_BUT = 0.6, 1.2
WISHED = {1: -0.2, -1: 0.8}
"""Times a good and a bad word count in a wish: who wishes for something good has not had it."""
CONDITIONAL = 0.6
ASKED = {1: 0.4, -1: 0.8}
"""Times a good and a bad word count in a question."""
IRONIC = -2.0
"""What a phrase of irony counts itself; praise beside it turns."""

_FORWARD_ONLY = ("kein", "geen", "zonder", "ohne", "no", "without", "weder")


_NOWHERE = 1_000_000_000


class Finding(NamedTuple):
    """A match and the value it has where it stands, −3 to 3 and some; `clause` is the clause's number."""

    match: Match
    value: float
    clause: int


class Clause:
    """What was matched between two signs; `weight` is what a contrast makes of it."""

    __slots__ = ("matches", "weight")

    def __init__(self, matches: Sequence[Match], weight: float) -> None:
        self.matches = matches
        self.weight = weight


class Sentence:
    """The clauses up to a full stop in which something was matched, how it ends, how loud it is."""

    __slots__ = ("clauses", "loud", "sign")

    def __init__(self, clauses: list[Clause], sign: Sign, loud: float) -> None:
        self.clauses = clauses
        self.sign = sign
        self.loud = loud


def sentences(words: Sequence[Word | None], found: Sequence[Match]) -> list[Sentence]:
    """The sentences of a text in which something was matched, with their clauses."""
    cuts: list[tuple[int, Word | None]] = [
        (place, word) for place, word in enumerate(words) if word is not None and word.parts
    ]
    contrasts = [(match.places[0], None) for match in found if match.entry.name == "contrasts"]
    if contrasts:
        cuts = sorted([*cuts, *contrasts], key=_place)
    cuts.append((len(words), _END))
    parts: list[Sentence] = []
    clauses: list[Clause] = []
    weight = 1.0
    begin = next_match = 0  # of the sentence; of the clause
    count = len(found)
    for place, word in cuts:
        first = next_match
        while next_match < count and found[next_match].places[0] < place:
            next_match += 1
        if next_match > first:
            clauses.append(Clause(found[first:next_match], weight))
        if word is None:
            weight = AFTER_BUT
            if clauses:
                clauses[-1].weight *= BEFORE_BUT
        elif word.sign != "clause":
            weight = 1.0
            if clauses:
                parts.append(Sentence(clauses, word.sign, word.loud))
                clauses = []
            elif place == begin and parts and word.sign != "stop":  # " ?" belongs to what was said
                parts[-1].sign, parts[-1].loud = word.sign, max(parts[-1].loud, word.loud)
            begin = place + 1
    return parts


def _place(cut: tuple[int, Word | None]) -> int:
    return cut[0]


_END = Word("stop")


def findings(
    sentence: Sentence, words: Sequence[Word | None], first: int, *, backward: bool
) -> list[Finding]:
    """What counts in a sentence and how much; `first` is the number of its first clause.

    `backward`: whether a negation may stand behind what it negates (Dutch, German).
    """
    found: list[Finding] = []
    for number, clause in enumerate(sentence.clauses, first):
        if clause.matches:
            scale = clause.weight * sentence.loud
            for match, value in _values(clause.matches, words, backward=backward):
                found.append(Finding(match, value * scale, number))
    if sentence.sign == "question":
        found = [one._replace(value=one.value * ASKED[1 if one.value > 0 else -1]) for one in found]
    if any(one.match.entry.name == "ironies" for one in found):
        found = [one._replace(value=-abs(one.value)) for one in found]
    return found


@dataclass(slots=True)
class _Modifiers:
    """What modifies the words of a clause."""

    negators: list[Match] = field(default_factory=list)
    strengths: list[Match] = field(default_factory=list)
    enders: list[int] = field(default_factory=list)
    wish: int = _NOWHERE
    condition: bool = False


def _values(
    found: Sequence[Match], words: Sequence[Word | None], *, backward: bool
) -> list[tuple[Match, float]]:
    counted: list[Match] = []
    modifying: list[Match] = []
    for match in found:
        if match.entry.valued:
            counted.append(match)
        elif match.entry.kind == "modifier":
            modifying.append(match)
    if not modifying:
        return [(match, match.entry.value * _loud(match, words)) for match in counted]
    values = [(match, IRONIC) for match in modifying if match.entry.name == "ironies"]
    if not counted:
        return values
    mods = _sorted(modifying)
    negated = _negations(counted, mods, backward=backward) if mods.negators else None
    for number, match in enumerate(counted):
        value = match.entry.value * _loud(match, words)
        factor = _factor(match, mods, negated=bool(negated and negated[number]), good=value > 0)
        values.append((match, value * factor))
    return values


def _factor(match: Match, mods: _Modifiers, *, negated: bool, good: bool) -> float:
    """What its modifiers make of a match."""
    factor = CONDITIONAL if mods.condition else 1.0
    if mods.strengths:
        factor *= _strength(match, mods.strengths)
    side = 1 if good else -1
    if negated:  # "would not recommend" is meant
        factor *= NEGATED[side]
    elif match.places[0] > mods.wish:
        factor *= WISHED[side]
    return factor


def _sorted(modifying: Sequence[Match]) -> _Modifiers:
    mods = _Modifiers()
    for match in modifying:
        name = match.entry.name
        if name == "negators":
            mods.negators.append(match)
        elif name in {"intensifiers", "diminishers"}:
            mods.strengths.append(match)
        elif name == "enders":
            mods.enders.append(match.places[0])
        elif name == "wishes":
            mods.wish = min(mods.wish, match.places[0])
        elif name == "conditions":
            mods.condition = True
    return mods


def _loud(match: Match, words: Sequence[Word | None]) -> float:
    loud = 1.0
    for place in match.places:
        word = words[place]
        if word is not None and word.loud > loud:
            loud = word.loud
    return loud


def _strength(match: Match, strengths: Sequence[Match]) -> float:
    """What words that strengthen or weaken do to a match: those one or two words before it."""
    factor = 1.0
    for modifier in strengths:
        if 0 <= match.begin - modifier.end < 2:
            factor *= MORE if modifier.entry.name == "intensifiers" else LESS
    return factor


def _negations(counted: Sequence[Match], mods: _Modifiers, *, backward: bool) -> list[bool]:
    """Which of the matches a negation reaches; two negations cancel each other."""
    odd = [False] * len(counted)
    for negator in mods.negators:
        reached = _ahead(negator, counted, mods.enders)
        if backward and not reached and not negator.entry.text.startswith(_FORWARD_ONLY):
            reached = _behind(negator, counted, mods.enders)
        for number in reached:
            odd[number] = not odd[number]
    return odd


def _ahead(negator: Match, counted: Sequence[Match], enders: Sequence[int]) -> list[int]:
    """The numbers of the matches that a negation reaches forward; one may lie inside a phrase with a gap."""
    begin, end = negator.begin, negator.end
    stop = min((ender for ender in enders if ender >= end), default=_NOWHERE)
    stop = min(stop, end + FORWARD)
    return [
        number
        for number, match in enumerate(counted)
        if match.begin < stop and match.end > end and begin not in match.places
    ]


def _behind(negator: Match, counted: Sequence[Match], enders: Sequence[int]) -> list[int]:
    """The number of the nearest match before a negation, in a list; empty where there is none."""
    begin = negator.begin
    start = max((ender for ender in enders if ender < begin), default=-1)
    reached = [
        number
        for number, match in enumerate(counted)
        if start < match.begin < begin and 0 <= begin - match.end < BACKWARD
    ]
    return reached[-1:]
