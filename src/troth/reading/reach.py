"""How far the words of a clause reach: negation, strength, excess, wishes, conditions, concessions, absence.

A negation reaches forward to the next sign, contrast or ender, over at most `FORWARD` words. In Dutch and
German, where it may stand last (`werkt niet`, `gefällt mir nicht`), it reaches back when nothing follows it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from troth.reading.lexicon import Match, Word

FORWARD = 5
BACKWARD = 4
NEGATED = {1: -0.7, -1: -0.15}
"""Times a good and a bad word count under a negation: `not bad` is hardly praise."""
UNREACHED = -0.22
"""What a negation counts that reaches nothing the lexica know: something was not so."""
MORE, LESS = 1.35, 0.6
EXCESS = -0.5
"""Times praise counts behind `too`."""
WISHED = {1: -0.2, -1: 0.8}
"""Times a good and a bad word count in a wish: who wishes for something good has not had it."""
CONDITIONAL = 0.6
CONCEDED = 0.5
"""Times counts what stands behind `although`: it is granted, not meant."""
ABSENT = -0.7
"""Times praise counts that is missing."""
IRONIC = -2.0
"""What a phrase of irony counts itself; praise beside it turns."""

NOWHERE = 1_000_000_000

_FORWARD_ONLY = ("kein", "geen", "zonder", "ohne", "no", "without", "weder")
_PREPOSITIONS = frozenset((
    "despite", "despite this", "in spite of", "in spite of this", "notwithstanding", "ondanks",
    "in weerwil van", "niettegenstaande", "trotz", "ungeachtet",
))  # fmt: skip
"""These grant the next few words, and not a whole clause."""
_ANDS = ("oder", "und")
_FIRST_PERSON = frozenset(("ik", "wij", "we", "ich", "wir", "i", "i'd", "we'd", "men", "man"))
_MEANT = re.compile(
    r"aanra|aanbev|aanrader|empfehl|recommend|\b(?:weer|opnieuw|terug|terugkomen|wieder|again|back)\b"
)
"""Who would recommend or come again says how it was; it is no wish for something else."""
_INFLECTED = re.compile(r".*(?:(?<![aou])e[mnrs]?|[lr]n)")
"""Behind `te` and `zu` this is no adjective that stands for itself: `zu empfehlen`, `zu guter Letzt`."""


class Finding(NamedTuple):
    """A match and the value it has where it stands, −3 to 3 and some; `clause` is the clause's number.

    `weak`: it speaks for a valence and proves nothing: a negation that reaches nothing, and praise that is
    only the absence of something bad.
    """

    match: Match
    value: float
    clause: int
    weak: bool = False


@dataclass(slots=True)
class Modifiers:
    """What modifies the words of a clause."""

    negators: list[Match] = field(default_factory=list)
    strengths: list[Match] = field(default_factory=list)
    excesses: list[Match] = field(default_factory=list)
    absences: list[Match] = field(default_factory=list)
    wishes: list[Match] = field(default_factory=list)
    ironies: list[Match] = field(default_factory=list)
    enders: list[int] = field(default_factory=list)
    conceded: tuple[int, int] = (NOWHERE, NOWHERE)
    condition: bool = False


def reached(
    counted: list[Match],
    modifying: Sequence[Match],
    words: Sequence[Word | None],
    clause: int = 0,
    scale: float = 1.0,
    *,
    backward: bool,
) -> list[Finding]:
    """What counts of a clause, and how much.

    Args:
        counted: What says how good or bad it was.
        modifying: What changes how much that counts.
        words: Of the whole text.
        clause: The clause's number.
        scale: Times all of it counts.
        backward: Whether a negation may stand behind what it negates.
    """
    denied: AbstractSet[Match] = _denied(counted, words) if len(counted) > 1 else frozenset()
    if not modifying and not denied:
        return [Finding(match, match.entry.value * _loud(match, words) * scale, clause) for match in counted]
    mods = _sorted(modifying)
    values = [Finding(match, IRONIC * scale, clause) for match in mods.ironies]
    if len(counted) > 1 and mods.strengths:
        counted = _without_strength(counted, mods.strengths)
    negated, unreached = _negated(counted, mods, denied, words if backward else None)
    values += [Finding(negator, UNREACHED * scale, clause, weak=True) for negator in unreached]
    absent = _absent(counted, mods.absences) if mods.absences else ()
    for number, match in enumerate(counted):
        value = match.entry.value * _loud(match, words)
        turned = negated[number]
        factor = _factor(match, mods, words, negated=turned, absent=number in absent, good=value > 0)
        values.append(Finding(match, value * factor * scale, clause, weak=turned and value < 0))
    return values


def _negated(
    counted: Sequence[Match],
    mods: Modifiers,
    denied: AbstractSet[Match],
    words: Sequence[Word | None] | None,
) -> tuple[list[bool], list[Match]]:
    """Which matches are negated, and the negations that reach none; without `words` none reaches back."""
    negated = [False] * len(counted)
    unreached: list[Match] = []
    for negator in mods.negators:
        backward = words is not None and not _begins(negator, words)
        numbers = _negation(negator, counted, mods.enders, backward=backward)
        if not numbers and not _inside(negator, counted):
            unreached.append(negator)
        for number in numbers:
            negated[number] = not negated[number]
    if denied:
        negated = [turned or match in denied for turned, match in zip(negated, counted, strict=True)]
    return negated, unreached


def _denied(counted: Sequence[Match], words: Sequence[Word | None]) -> set[Match]:
    """The praise right behind a bad phrase that ends in a negation: `still not` repaired."""
    ends = [
        match.end
        for match in counted
        if match.entry.value < 0 and len(match.places) > 1 and _negates(words[match.places[-1]])
    ]
    if not ends:
        return set()
    ends.sort()
    return {
        match
        for match in counted
        if match.entry.value > 0 and bisect_left(ends, match.end) > bisect_right(ends, match.begin - BACKWARD)
    }


def _negates(word: Word | None) -> bool:
    return word is not None and any(entry.name == "negators" for entry in word.alone)


def _factor(
    match: Match, mods: Modifiers, words: Sequence[Word | None], *, negated: bool, absent: bool, good: bool
) -> float:
    """What its modifiers make of a match."""
    factor = CONDITIONAL if mods.condition else 1.0
    if mods.strengths:
        factor *= _strength(match, mods.strengths)
    if mods.conceded[0] < match.begin < mods.conceded[1]:
        factor *= CONCEDED
    side = 1 if good else -1
    if negated:  # "would not recommend" is meant
        factor *= NEGATED[side]
    elif absent:
        factor *= ABSENT
    elif good and mods.excesses and _excessive(match, mods.excesses, words):
        factor *= EXCESS
    elif mods.wishes and _wished(match, mods.wishes, words):
        factor *= WISHED[side]
    return factor


_SLOT = {
    "negators": "negators", "intensifiers": "strengths", "diminishers": "strengths", "excesses": "excesses",
    "absences": "absences", "wishes": "wishes", "ironies": "ironies",
}  # fmt: skip


def _sorted(modifying: Sequence[Match]) -> Modifiers:
    mods = Modifiers()
    for match in modifying:
        name = match.entry.name
        slot = _SLOT.get(name)
        if slot is not None:
            getattr(mods, slot).append(match)
        elif name == "enders":
            mods.enders.append(match.places[0])
        elif name == "concessions":
            end = match.end + BACKWARD if match.entry.text in _PREPOSITIONS else NOWHERE
            mods.conceded = min(mods.conceded, (match.begin, end))
        elif name == "conditions":
            mods.condition = True
    return mods


def _loud(match: Match, words: Sequence[Word | None]) -> float:
    places = match.places
    if len(places) == 1:
        word = words[places[0]]
        return word.loud if word is not None else 1.0
    return max([word.loud for place in places if (word := words[place]) is not None], default=1.0)


def _strength(match: Match, strengths: Sequence[Match]) -> float:
    """What words that strengthen or weaken do to a match: those one or two words before it."""
    factor = 1.0
    for modifier in strengths:
        if 0 <= match.begin - modifier.end < 2:
            factor *= MORE if modifier.entry.name == "intensifiers" else LESS
    return factor


def _without_strength(counted: list[Match], strengths: Sequence[Match]) -> list[Match]:
    """Without words that only strengthen the next one, which says the opposite: `super schlecht`."""
    strong = {match.places for match in strengths if match.entry.name == "intensifiers"}
    return [
        match
        for match in counted
        if match.places not in strong
        or not any(
            other.begin == match.end and other.entry.value * match.entry.value < 0 for other in counted
        )
    ]


def _excessive(match: Match, excesses: Sequence[Match], words: Sequence[Word | None]) -> bool:
    """Whether `too` stands right before a word that says how something is."""
    before = next((one for one in excesses if one.end == match.begin), None)
    word = words[match.begin]
    if before is None or word is None:
        return False
    return before.entry.text == "too" or _INFLECTED.fullmatch(word.text) is None


def _wished(match: Match, wishes: Sequence[Match], words: Sequence[Word | None]) -> bool:
    """Whether it stands behind a wish that is not one's own word for recommending or coming again."""
    if _meant(match.entry.text):
        return any(wish.begin < match.begin and not _mine(wish, words) for wish in wishes)
    return any(wish.begin < match.begin for wish in wishes)


@cache
def _meant(text: str) -> bool:
    return _MEANT.search(text) is not None


def _mine(wish: Match, words: Sequence[Word | None]) -> bool:
    """Whether the first person stands within two words of a wish, or the wish begins what is said."""
    before = words[wish.begin - 1] if wish.begin else None
    if not wish.begin or (before is not None and before.parts):
        return True
    near = words[max(0, wish.begin - 2) : wish.end + 2]
    return any(word is not None and word.text in _FIRST_PERSON for word in near)


def _absent(counted: Sequence[Match], absences: Sequence[Match]) -> set[int]:
    """The numbers of the praise that is missing: right before a verb of absence, else behind it."""
    found: set[int] = set()
    for absence in absences:
        good = [number for number, match in enumerate(counted) if match.entry.value > 0]
        before = [number for number in good if 0 <= absence.begin - counted[number].end < BACKWARD]
        behind = [number for number in good if 0 <= counted[number].begin - absence.end < BACKWARD]
        found.update(_last(before, counted) or behind)
    return found


def _inside(negator: Match, counted: Sequence[Match]) -> bool:
    """Whether a negation is part of a phrase that counts."""
    begin = negator.begin
    return any(match.begin <= begin < match.end for match in counted)


def _begins(negator: Match, words: Sequence[Word | None]) -> bool:
    """Whether a negation stands right behind `and` and begins something new: `kaputt und niemand hilft`."""
    before = words[negator.begin - 1] if negator.begin else None
    return before is not None and before.text in _ANDS


def _negation(
    negator: Match, counted: Sequence[Match], enders: Sequence[int], *, backward: bool
) -> list[int]:
    """The numbers of the matches that a negation reaches."""
    numbers = _ahead(negator, counted, enders)
    if backward and not numbers and not negator.entry.text.startswith(_FORWARD_ONLY):
        numbers = _behind(negator, counted, enders)
    return numbers


def _ahead(negator: Match, counted: Sequence[Match], enders: Sequence[int]) -> list[int]:
    """The numbers of the matches that a negation reaches forward; one may lie inside a phrase with a gap."""
    begin, end = negator.begin, negator.end
    stop = min((ender for ender in enders if ender >= end), default=NOWHERE)
    stop = min(stop, end + FORWARD)
    return [
        number
        for number, match in enumerate(counted)
        if match.begin < stop and match.end > end and begin not in match.places
    ]


def _behind(negator: Match, counted: Sequence[Match], enders: Sequence[int]) -> list[int]:
    """The numbers of the nearest matches before a negation, all of the same words."""
    begin = negator.begin
    start = max((ender for ender in enders if ender < begin), default=-1)
    numbers = [
        number
        for number, match in enumerate(counted)
        if start < match.begin < begin and 0 <= begin - match.end < BACKWARD
    ]
    return _last(numbers, counted)


def _last(numbers: list[int], counted: Sequence[Match]) -> list[int]:
    """The last of the numbers, and those of the same words: one word may tell of several things."""
    return [number for number in numbers if counted[number].places == counted[numbers[-1]].places]
