"""Texts of which people said what they mean, and what the reader makes of them: by them its errors are known.

Those that ship are the blind set's (`tests/data/blind`: 300 texts, two readers each, never seen by who made
the lexica) as `tools/reader_errors.py` writes them: readings and labels, no texts. Beside them stand a
company's own labels.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np

from troth.blueprint.comments import Language, Words
from troth.insight.voices.places import Places, is_bad
from troth.ledger.arithmetic import Floats
from troth.ledger.reading_rules import HEAD, WIDTH
from troth.ledger.said import READ, Flags, Ints
from troth.ledger.saying import CODE
from troth.reading import Reader, encoded
from troth.reading.labels import Polarity, Said, kept, said
from troth.reading.own import own_words
from troth.reading.training.storing import ACCEPTED, described

FILE = "labelled.ndjson"

FEWEST_OWN = 30
"""So many full labels of texts drawn at random a company must have, or they are left aside."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a person found in a text: how it is meant, mechanisms with their sign, topics."""

    polarity: Polarity | None
    mechanisms: tuple[Said, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text's reading as it would be stored, and the verdicts of one or more people."""

    reading: str
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Claims:
    """What somebody says of texts, each thing a row, the weightiest of a text first.

    Attributes:
        places: Where it may belong, [claims, places].
        bad: Whether it is on the bad side, [claims].
        verdict: Whose claim about which text it is, [claims].
    """

    places: Flags
    bad: Flags
    verdict: Ints

    def said(self, places: Flags, verdicts: int) -> tuple[Flags, Flags, Flags]:
        """By verdict: surely something of `places`, perhaps, and whether the first such is bad."""
        inside = self.places[:, places].any(axis=1)
        certain = inside & ~self.places[:, ~places].any(axis=1)
        sure, perhaps, bad = (np.zeros(verdicts, np.bool_) for _ in range(3))
        sure[self.verdict[certain]] = True
        perhaps[self.verdict[inside]] = True
        who, first = np.unique(self.verdict[inside], return_index=True)
        bad[who] = self.bad[inside][first]
        return sure, perhaps, bad


@dataclass(frozen=True, slots=True)
class Judged:
    """Labelled texts that were read, had they come by one rule.

    A label does not say which mechanism goes with which topic. So what a person says of a mechanism holds in
    at least one of several places, one for each of the topics.

    Attributes:
        texts: How many.
        read: What the reader says; its verdicts are the texts.
        claims: What people say.
        text: Of which text each verdict of theirs is, [verdicts].
    """

    texts: int
    read: Claims
    claims: Claims
    text: Ints

    def mentions(self, places: Flags) -> Floats:
        """How well is it found that something is said of `places`? [4].

        Found and missed where it is true, rightly not found and wrongly found where it is not. It is true
        where everybody says something that can belong nowhere else, and false where nobody says what can
        belong there. Texts between the two count for neither.
        """
        _sure, read, _bad = self.read.said(places, self.texts)
        sure, perhaps, _bad = self.claims.said(places, len(self.text))
        return _counts(read, self._all(sure), self._all(~perhaps))

    def sides(self, places: Flags) -> Floats:
        """How well is bad told from good? [4].

        Of texts that speak of `places`, by the reader and by everybody, and where everybody agrees: found and
        missed where it is bad in the main, rightly not found and wrongly found where it is good.
        """
        _sure, read, read_bad = self.read.said(places, self.texts)
        _sure, perhaps, bad = self.claims.said(places, len(self.text))
        true, false = read & self._all(perhaps & bad), read & self._all(perhaps & ~bad)
        return _counts(read_bad, true, false)

    def _all(self, verdicts: Flags) -> Flags:
        found = np.ones(self.texts, np.bool_)
        found[self.text[~verdicts]] = False
        return found


@cache
def packaged() -> tuple[Labelled, ...]:
    """The labelled texts that ship."""
    text = (files("troth.insight.voices") / FILE).read_text("utf-8")
    return tuple(_line(line) for line in text.splitlines())


def own(folder: Path, words: Mapping[Language, Words]) -> tuple[Labelled, ...]:
    """The company's labels that say mechanisms and topics, read by the lexica and its own words alone.

    Only those of texts that were drawn at random: what was picked because it reads wrongly would make the
    reader look worse than it is. Its corrections would make every reading right, and a trained model has
    learnt these very labels: with one in use they are left aside, as where there are fewer than `FEWEST_OWN`.
    """
    full = (one for one in kept(folder) if one.text and None not in (one.mechanisms, one.topics))
    labels = [one for one in full if one.drawn]
    if len(labels) < FEWEST_OWN or is_trained(folder):
        return ()
    readings = Reader(own_words({str(language): one for language, one in words.items()})).read_all(
        one.text for one in labels
    )
    return tuple(
        Labelled(encoded(reading), (Verdict(one.polarity, one.mechanisms or (), one.topics or ()),))
        for one, reading in zip(labels, readings, strict=True)
    )


def is_trained(folder: Path) -> bool:
    """Whether a model of the company's own texts reads, whose errors labelled texts do not tell."""
    return described(folder, ACCEPTED) is not None


def judged(labelled: Sequence[Labelled], places: Places, rule: int) -> Judged:
    """Reading and verdicts of each text that was read, had it come by the rule."""
    some = [one for one in labelled if one.reading[3] == READ]
    read = [
        (places.of_code(rule, code), is_bad(code), row)
        for row, one in enumerate(some)
        for code in codes(one.reading)
    ]
    verdicts = [(row, verdict) for row, one in enumerate(some) for verdict in one.verdicts]
    claims = [
        (where, bad, number)
        for number, (_row, verdict) in enumerate(verdicts)
        for where, bad in _claims(verdict, places, rule)
    ]
    text = np.array([row for row, _verdict in verdicts], np.int64)
    return Judged(len(some), _put(read, places), _put(claims, places), text)


def _put(rows: Sequence[tuple[list[int], bool, int]], places: Places) -> Claims:
    grid = np.zeros((len(rows), places.count), np.bool_)
    for number, (where, _bad, _verdict) in enumerate(rows):
        grid[number, where] = True
    return Claims(
        grid,
        np.array([bad for _where, bad, _verdict in rows], np.bool_),
        np.array([verdict for _where, _bad, verdict in rows], np.int64),
    )


def _counts(read: Flags, true: Flags, false: Flags) -> Floats:
    found = [read & true, ~read & true, ~read & false, read & false]
    return np.array([one.sum() for one in found], np.float64)


def codes(reading: str) -> list[str]:
    """The codes of a reading's statements."""
    return [reading[place : place + CODE] for place in range(HEAD, len(reading), WIDTH)]


def _claims(verdict: Verdict, places: Places, rule: int) -> Iterator[tuple[list[int], bool]]:
    """Where each mechanism may belong, and whether it is bad.

    Without a mechanism a plain verdict stands for what is good or bad as such, at the rule's own.
    """
    topics = verdict.topics or ("",)
    for one in verdict.mechanisms:
        yield [place for topic in topics for place in places.of(rule, topic, [one.mechanism])], one.sign < 0
    if not verdict.mechanisms and verdict.polarity in {"positive", "negative"}:
        where = [place for topic in topics for place in places.of(rule, topic, [])]
        yield where, verdict.polarity == "negative"


def _line(line: str) -> Labelled:
    found = json.loads(line)
    verdicts = (said({"polarity": p, "mechanisms": m, "topics": t}) for p, m, t in found["labels"])
    return Labelled(
        found["reading"],
        tuple(Verdict(polarity, m or (), t or ()) for polarity, m, t in verdicts),
    )
