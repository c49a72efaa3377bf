"""The reader: from a text to what it says."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from troth.reading import scope, valence
from troth.reading.cleaning import cleaned
from troth.reading.fusing import fused
from troth.reading.language import READ, language
from troth.reading.lexicon import Compiled, Entry, Word, compiled, matches, packaged
from troth.reading.reach import Finding
from troth.reading.reading import Reading, WhyNot
from troth.reading.scope import Sentence
from troth.reading.stating import mentioned, stated
from troth.reading.tokens import sign, tokenised

EDGE = 1.3
"""Times the first and the last sentence of a text count: there stands the verdict."""


class Reviser(Protocol):
    """Looks at what the lexicon read, and changes it where it knows better: a model, a person's labels."""

    def revised(self, readings: Sequence[Reading]) -> list[Reading]:
        """The readings in their order, changed or as they are."""
        ...


class Reader:
    """Reads texts by the lexica that ship with Troth and a user's own entries.

    Args:
        words: Own entries by language; an own entry comes before an equal one that ships.
        revisers: Who looks at the readings afterwards, one after the other.
    """

    def __init__(
        self, words: Mapping[str, Iterable[Entry]] | None = None, revisers: Iterable[Reviser] = ()
    ) -> None:
        self.revisers = tuple(revisers)
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

    def read(self, text: str, stars: float | None = None, language: str = "") -> Reading:
        """What `text` says.

        Args:
            text: As the customer wrote it; markup, quoted mails and signatures are left out.
            stars: The rating that came with it, −1 (the worst) to 1 (the best); None where there is none.
            language: The text's language (`nl`, `de`, `en`) where it is known; else it is told from the text.
        """
        reading = self._text(text, language)
        for reviser in self.revisers:
            (reading,) = reviser.revised([reading])
        return reading if stars is None else fused(reading, stars)

    def read_all(self, texts: Iterable[str]) -> list[Reading]:
        """What each of `texts` says; quicker than one by one where somebody revises the readings."""
        readings = [self._text(text) for text in texts]
        for reviser in self.revisers:
            readings = reviser.revised(readings)
        return readings

    def _text(self, raw: str, known: str = "") -> Reading:
        clean = cleaned(raw)
        text = clean.text
        tokens, starts = tokenised(text)
        spoken, script = (known, "") if known and text else language(text, tokens)
        if spoken in READ:
            said = _said(self.lexicon(spoken), tokens, backward=spoken != "en")
        elif not spoken and any(sign(token) == "mark" for token in tokens):
            said = _said(self.lexicon("en"), tokens, backward=False)
        else:
            why: WhyNot = "script" if script else "language" if spoken else "wordless" if text else "empty"
            return Reading(spoken, why, 0.0, 0.0, 0, (), text, clean.cut)
        values = [one.value for one in said.told]
        value = valence.squashed(sum(values))
        sure = valence.confidence(values)
        statements = stated(said.sentences, said.findings, tokens, starts)
        mentions = mentioned(said.sentences) if not statements else ()
        polarity = valence.polarity(value)
        return Reading(spoken, "", value, sure, polarity, statements, text, clean.cut, mentions=mentions)


class _Said(NamedTuple):
    """Sentences, what was found in each, and all that counts for the whole text."""

    sentences: list[Sentence]
    findings: list[list[Finding]]
    told: list[Finding]


def _said(lexicon: Compiled, tokens: Sequence[str], *, backward: bool) -> _Said:
    words = list(map(lexicon.__getitem__, tokens))
    partings: list[tuple[int, Word]] = []
    matched = matches(words, partings)
    parts = scope.sentences(len(words), partings, matched)
    findings: list[list[Finding]] = []
    first, last = 0, len(parts) - 1
    for sentence in parts:
        findings.append(scope.findings(sentence, words, first, backward=backward))
        first += len(sentence.clauses)
    findings = scope.toned(parts, findings)
    if last > 0:
        for number in (0, last):
            findings[number] = [Finding(m, value * EDGE, c, weak) for m, value, c, weak in findings[number]]
    told = _once(findings[0]) if last == 0 else [one for some in findings for one in _once(some)]
    return _Said(parts, findings, told)


def _once(found: list[Finding]) -> list[Finding]:
    """Each place once: a word may be a polarity and tell of a mechanism, and yet is one word."""
    if len(found) < 2:
        return found
    seen: dict[tuple[int, ...], Finding] = {}
    for one in found:
        seen.setdefault(one.match.places, one)
    return list(seen.values())
