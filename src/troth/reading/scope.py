"""Sentences and clauses, and what counts in them: contrast, conditions, questions, irony, tone.

    sentence ──▶ clauses (cut at signs and at "but") ──▶ findings (a match with the value it has there)

What modifies a word inside its clause is told by `reach`.
"""

from collections.abc import Sequence

from troth.reading.lexicon import Match, Word
from troth.reading.reach import NOWHERE, Finding, reached
from troth.reading.tokens import Sign

BEFORE_BUT, AFTER_BUT = 0.6, 1.2
ASKED = {1: 0.4, -1: 0.8}
"""Times a good and a bad word count in a question."""
WHY = -0.6
"""What it counts to ask why: who asks is not content."""
SOUGHT = -0.5
"""Times praise counts of what one may look for and does not find: `if you want good food, not here`."""
LONE = 2
"""Words of lone praise at most: `Great.`"""
LONE_PRAISE = 0.3
"""Times lone praise counts where the rest of the text says nothing but bad: it is irony."""
PLAINLY_BAD = -2.5
"""From this sum on the rest is plainly bad."""
REPORTED = 0.4
"""Times a damage counts that is reported to whom is to make it good: it tells of the thing."""
BEFALLEN = 0.1
"""Times a damage counts that befell the customer: a storm, a fall, a fire is nobody's failure here."""
_HOW_THINGS_ARE = ("", "ability")
REFUSED = {1: -1.75, -1: -0.2}
"""Times a good and a bad word of one's own question count that a bare no answers: `Was it good? No.`"""
BARE = 6
"""Words and signs at most of a bare no."""
SHORT = 3
"""Words at most of praise that is irony where `another` bad thing follows: `Great, another delay`."""


class Clause:
    """What was matched between two signs, by what it does there.

    Attributes:
        matches: All of it.
        weight: What a contrast makes of it.
        words: How many tokens the clause has.
        counted: What says how good or bad it was.
        modifying: What changes how much that counts.
        topics: What names a topic.
        mechanisms: What names a mechanism.
    """

    __slots__ = ("counted", "matches", "mechanisms", "modifying", "topics", "weight", "words")

    def __init__(self, matches: Sequence[Match], weight: float, words: int = NOWHERE) -> None:
        self.matches = matches
        self.weight = weight
        self.words = words
        self.counted: list[Match] = []
        self.modifying: list[Match] = []
        self.topics: list[Match] = []
        self.mechanisms: list[Match] = []
        for match in matches:
            part = match.entry.part
            if part == "counted":
                self.counted.append(match)
            elif part == "topic":
                self.topics.append(match)
            elif part == "modifier":
                self.modifying.append(match)
            else:
                self.mechanisms.append(match)

    def has(self, name: str) -> bool:
        """Whether a modifier of this kind stands in it."""
        return name in [match.entry.name for match in self.modifying]


class Sentence:
    """The clauses up to a full stop in which something was matched, how it ends, how loud it is.

    `before` is how the sentence before it ends, whether something was matched there or not; `words` is how
    many tokens it has.
    """

    __slots__ = ("before", "clauses", "loud", "sign", "words")

    def __init__(
        self, clauses: list[Clause], sign: Sign, loud: float, before: Sign = "stop", words: int = NOWHERE
    ) -> None:
        self.before = before
        self.clauses = clauses
        self.sign = sign
        self.loud = loud
        self.words = words


def sentences(length: int, partings: Sequence[tuple[int, Word]], found: Sequence[Match]) -> list[Sentence]:
    """The sentences of a text in which something was matched, with their clauses.

    Args:
        length: Its number of tokens.
        partings: The signs in it, with their places, as `matches` gives them.
        found: All that was matched.
    """
    parts: list[Sentence] = []
    clauses: list[Clause] = []
    weight = 1.0
    before: Sign = "stop"
    begin = next_match = start = 0  # of the sentence; of the clause, among matches and among tokens
    count = len(found)
    for place, word in _cuts(length, partings, found):
        first = next_match
        while next_match < count and found[next_match].places[0] < place:
            next_match += 1
        if next_match > first:
            clauses.append(Clause(found[first:next_match], weight, place - start))
        start = place if word is None else place + 1
        if word is None:
            weight = AFTER_BUT
            if clauses:
                clauses[-1].weight *= BEFORE_BUT
        elif word.sign != "clause":
            weight = 1.0
            if clauses:
                parts.append(Sentence(clauses, word.sign, word.loud, before, place - begin))
                clauses = []
            elif place == begin and parts and word.sign != "stop":  # " ?" belongs to what was said
                parts[-1].sign, parts[-1].loud = word.sign, max(parts[-1].loud, word.loud)
            if place > begin or word.sign != "stop":
                before = word.sign
            begin = place + 1
    return parts


def _cuts(
    length: int, partings: Sequence[tuple[int, Word]], found: Sequence[Match]
) -> Sequence[tuple[int, Word | None]]:
    """Where clauses end: at signs, before a contrast, and at the end."""
    contrasts = _contrasts(found)
    cuts: Sequence[tuple[int, Word | None]] = partings
    if contrasts:
        cuts = sorted([*partings, *contrasts], key=_place)
    return [*cuts, (length, _END)]


def _contrasts(found: Sequence[Match]) -> list[tuple[int, None]]:
    """Where a contrast begins: at `but`, and at `now` where it was otherwise once."""
    places: list[tuple[int, None]] = []
    once = False
    for match in found:
        name = match.entry.name
        if name == "contrasts" or (once and name == "nows"):
            places.append((match.places[0], None))
        elif name == "onces":
            once = True
    return places


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
        if clause.counted or clause.modifying:
            scale = clause.weight * sentence.loud
            found += reached(clause.counted, clause.modifying, words, number, scale, backward=backward)
    if len(sentence.clauses) > 1 and len(found) > 1:
        found = _sought(sentence, found, first)
    if sentence.sign == "question":
        found = _asked(sentence, found, first)
    for one in found:
        if one.match.entry.name == "ironies":
            return [one._replace(value=-abs(one.value)) for one in found]
    return _once_more(sentence, found, first) if len(sentence.clauses) > 1 and len(found) > 1 else found


def _once_more(sentence: Sentence, found: list[Finding], first: int) -> list[Finding]:
    """With short praise turned right before one more bad thing, where the sentence praises nothing else."""
    praising = {one.clause - first for one in found if one.value > 0}
    if len(praising) != 1:
        return found
    (number,) = praising
    if sentence.clauses[number].words > SHORT or number + 1 >= len(sentence.clauses):
        return found
    following = sentence.clauses[number + 1]
    if not _begins(following, "agains") or not any(
        one.value < 0 and one.clause - first == number + 1 for one in found
    ):
        return found
    return [one._replace(value=-abs(one.value)) for one in found]


def _begins(clause: Clause, name: str) -> bool:
    """Whether the first thing known in a clause is a modifier of this kind."""
    first = clause.matches[0].places[0]
    return any(one.entry.name == name and one.places[0] == first for one in clause.modifying)


def _sought(sentence: Sentence, found: list[Finding], first: int) -> list[Finding]:
    """With the praise turned of what is only looked for, where the rest of the sentence denies it."""
    for one in found:
        if one.weak and one.value < 0:
            break
    else:
        return found
    looking = {first + number for number, one in enumerate(sentence.clauses) if one.has("conditions")}
    if not looking or len(looking) == len(sentence.clauses):
        return found
    rest = [one for one in found if one.clause not in looking]
    denied = any(one.weak and one.match.entry.kind == "modifier" for one in rest)
    if not denied or any(one.value > 0 for one in rest):
        return found
    return [
        one._replace(value=one.value * SOUGHT, weak=True) if one.clause in looking and one.value > 0 else one
        for one in found
    ]


def _asked(sentence: Sentence, found: list[Finding], first: int) -> list[Finding]:
    whys = [
        (number, match)
        for number, one in enumerate(sentence.clauses)
        for match in one.matches
        if match.entry.name == "whys" and match.begin == one.matches[0].begin
    ]
    factors = ASKED if not whys else {1: 0.0, -1: 1.0}
    asked = [one._replace(value=one.value * factors[1 if one.value > 0 else -1]) for one in found]
    return asked + [Finding(match, WHY, first + number, weak=True) for number, match in whys]


def toned(parts: Sequence[Sentence], told: list[list[Finding]]) -> list[list[Finding]]:
    """The findings of a text by what stands elsewhere in it: irony, thanks for an answer, a no, a damage.

    Args:
        parts: The sentences.
        told: The findings of each, as `findings` gives them.
    """
    bad = sum([one.value for some in told for one in some if one.value < 0])
    for part in parts:
        if part.before == "question":
            told = _refused(parts, _thanked(parts, told))
            break
    if bad:
        told = _suffered(parts, told)
    return told if bad > PLAINLY_BAD else _ironic(parts, told)


def _thanked(parts: Sequence[Sentence], told: list[list[Finding]]) -> list[list[Finding]]:
    """Without thanks right after a question: they are for the answer."""
    for number, part in enumerate(parts):
        if part.before != "question":
            continue
        thanks = {
            place
            for clause in part.clauses
            for match in clause.matches
            if match.entry.name == "courtesies"
            for place in match.places
        }
        if thanks:
            some = [one for one in told[number] if thanks.isdisjoint(one.match.places)]
            told = [*told[:number], some, *told[number + 1 :]]
    return told


def _refused(parts: Sequence[Sentence], told: list[list[Finding]]) -> list[list[Finding]]:
    """With the praise turned of a question that is answered by a bare no."""
    for number, part in enumerate(parts[1:], 1):
        asked = parts[number - 1]
        if part.before != "question" or asked.sign != "question" or not _refuses(part):
            continue
        if any(one.value > 0 for one in told[number]):
            continue
        some = [
            one._replace(value=one.value * REFUSED[1 if one.value > 0 else -1]) for one in told[number - 1]
        ]
        told = [*told[: number - 1], some, *told[number:]]
    return told


def _refuses(sentence: Sentence) -> bool:
    """Whether a sentence is a no and hardly more: `No, absolutely not`, `Not in a million years`."""
    if sentence.words > BARE or sentence.sign == "question":
        return False
    clause = sentence.clauses[0]
    if _begins(clause, "refusals") or _begins(clause, "negators"):
        return True
    return clause.words <= SHORT and (clause.has("refusals") or clause.has("negators"))


def _suffered(parts: Sequence[Sentence], told: list[list[Finding]]) -> list[list[Finding]]:
    """With less weight on damage that is reported, or that befell the customer."""
    modified = [one for part in parts for one in part.clauses if one.modifying]
    reported = any(one.has("reports") for one in modified)
    if not reported and not any(one.has("misfortunes") for one in modified):
        return told
    damaged = {
        place
        for clause in modified
        for match in clause.modifying
        if match.entry.name == "damages"
        for place in match.places
    }
    return [[_lessened(one, damaged, reported=reported) for one in some] for some in told]


def _lessened(one: Finding, damaged: set[int], *, reported: bool) -> Finding:
    if one.value < 0 and not damaged.isdisjoint(one.match.places):
        return one._replace(value=one.value * BEFALLEN, weak=True)
    return _reported(one) if reported else one


def _reported(one: Finding) -> Finding:
    entry = one.match.entry
    if one.value < 0 and entry.kind != "modifier" and entry.name in _HOW_THINGS_ARE:
        return one._replace(value=one.value * REPORTED)
    return one


def _ironic(parts: Sequence[Sentence], told: list[list[Finding]]) -> list[list[Finding]]:
    """With lone praise turned where all else is plainly bad."""
    clauses = [clause for part in parts for clause in part.clauses]
    praising = {one.clause for some in told for one in some if one.value > 0 and not one.weak}
    if not praising or any(clauses[number].words > LONE for number in praising):
        return told
    if any(one.value < 0 and one.clause in praising for some in told for one in some):
        return told
    return [
        [one._replace(value=one.value * LONE_PRAISE) if one.clause in praising else one for one in some]
        for some in told
    ]
