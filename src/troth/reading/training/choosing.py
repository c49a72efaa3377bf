"""Which texts a person should label: those that the reader is least sure of, or some drawn at random."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log1p

from troth.reading.labels import digest
from troth.reading.reading import Reading
from troth.reading.valence import BAD, GOOD

LONGEST = 600
"""Longer texts are left out: nobody should label a letter by one word."""


@dataclass(frozen=True, slots=True)
class Open:
    """A text without a label; `group` is where it is from (touchpoint, record kind)."""

    reading: Reading
    group: str = ""


def doubt(reading: Reading) -> float:
    """How much a label would tell, 0 to 1: unsure verdicts, no mechanism seen, both sides at once.

    Silence on a very short text is worth little: there is nothing in it.
    """
    unsure = 1 - reading.confidence
    close = 1.0 if BAD < reading.valence < GOOD else 0.0
    blind = 1.0 if all(not one.seen_mechanism for one in reading.statements) else 0.0
    sides = {one.valence > 0 for one in reading.statements}
    score = 0.4 * unsure + 0.2 * close + 0.25 * blind + 0.15 * (len(sides) > 1)
    return score * min(1.0, len(reading.text.split()) / 6)


def chosen(texts: Sequence[Open], count: int) -> list[Open]:
    """`count` texts at most, the most doubtful of each language and group in turn; each text once."""
    heaps: dict[tuple[str, str], list[Open]] = {}
    seen: set[str] = set()
    for one in texts:
        key = digest(one.reading.text)
        if (
            one.reading.text
            and not one.reading.why_not
            and len(one.reading.text) <= LONGEST
            and key not in seen
        ):
            seen.add(key)
            heaps.setdefault((one.reading.language, one.group), []).append(one)
    for heap in heaps.values():
        heap.sort(key=lambda one: (-doubt(one.reading), digest(one.reading.text)))
    found: list[Open] = []
    while len(found) < count and any(heaps.values()):
        for name in sorted(heaps):
            if heaps[name] and len(found) < count:
                found.append(heaps[name].pop(0))
    return found


def drawn(texts: Sequence[Open], count: int) -> list[Open]:
    """`count` texts at most, at random from all that were read: each text once, and always the same ones.

    One that was written several times comes as early as if its records had been shuffled and the first of
    them taken (Efraimidis & Spirakis 2006). Chance is the digest's: a longer draw begins with a shorter one.
    """
    read = [one for one in texts if one.reading.text and not one.reading.why_not]
    marks = [digest(one.reading.text) for one in read]
    times = Counter(marks)
    first = dict(zip(reversed(marks), reversed(read), strict=True))

    def rank(mark: str) -> tuple[float, str]:
        return -log1p(-int(mark, 16) / 16 ** len(mark)) / times[mark], mark

    return [first[mark] for mark in sorted(first, key=rank)[:count]]
