"""Training a reader on a workspace's own texts: where these, their ratings and people's labels come from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from troth.errors import UsageError
from troth.intake import delimited
from troth.intake.written import Given
from troth.reading.labels import Label, demand_sound, digest, kept, load
from troth.texts import _

if TYPE_CHECKING:
    from troth.reading import Reader, Reading
    from troth.reading.training.choosing import Open
    from troth.reading.training.examples import Example
    from troth.reading.training.featuring import Embedder
    from troth.reading.training.holding import Report

FEWEST = 20
"""Labelled texts, by people or stars, without which nothing can be learnt and checked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What training came to."""

    fingerprint: str
    report: Report
    facts: dict[str, Any]


def examples(
    reader: Reader, texts: Sequence[Given], labels: Sequence[Label], *, by_lexicon: bool = True
) -> list[Example]:
    """All that can be learnt from: labels of people, stars, and what the lexica are sure of."""
    from troth.reading.training.examples import Example, joined, pseudo, starred

    people = [one for one in labels if one.text]
    found = [
        Example(reading, label, "person")
        for reading, label in zip(reader.read_all(one.text for one in people), people, strict=True)
    ]
    readings = reader.read_all(one.text for one in texts)
    found += [
        Example(reading, Label("", reading.text, starred(one.stars)), "stars")
        for reading, one in zip(readings, texts, strict=True)
        if one.stars is not None and not reading.why_not and reading.text
    ]
    if by_lexicon:
        found += pseudo(readings)
    return joined(found)


def train(
    folder: Path,
    reader: Reader,
    texts: Sequence[Given],
    labels: Sequence[Label],
    embedder: Embedder | None = None,
) -> Outcome:
    """Learn, check on texts held out, and keep the result as the folder's candidate.

    Args:
        folder: The workspace's.
        reader: Of the lexica alone, with own words.
        texts: Of the records.
        labels: Of people.
        embedder: What gives texts a meaning; None for none.

    Raises:
        UsageError: `labels-few`.
    """
    from troth.reading.training.featuring import featured
    from troth.reading.training.holding import held_out, reported
    from troth.reading.training.learning import learn
    from troth.reading.training.storing import store as keep_model

    some = examples(reader, texts, labels)
    sources = [one.source for one in some]
    labelled = len(some) - sources.count("lexicon")
    if labelled < FEWEST:
        raise UsageError(
            "labels-few",
            _("There are %(n)d labelled texts; at least %(least)d are needed.")
            % {"n": labelled, "least": FEWEST},
            _("Label some with `troth train labels --choose 100`, or let a rule have a `rating`."),
        )
    features = featured([one.reading for one in some], reader, embedder, every=True)
    name = embedder.name if embedder else ""
    after, thresholds = held_out(some, features, name)
    report = reported(some, after)
    model = learn(some, features, thresholds, name)
    facts = {
        "given": len(texts) + len(labels),
        "people": sources.count("person"),
        "stars": sources.count("stars"),
        "lexicon": sources.count("lexicon"),
    }
    return Outcome(keep_model(folder, model, report, facts), report, facts)


def labels_of(folder: Path, files: Sequence[Path], find: Callable[[str], str | None] | None) -> list[Label]:
    """The labels of the folder and of files; of two for one text a file's counts, the later one's first.

    Raises:
        UsageError: `labels-damaged`; or what is wrong with a file.
    """
    demand_sound(folder)
    found = {one.digest: one for one in kept(folder)}
    for file in files:
        found |= {one.digest: one for one in labels_in(file, find)}
    return list(found.values())


def labels_in(file: Path, find: Callable[[str], str | None] | None) -> list[Label]:
    """The labels of a file that a person filled in; a CSV file may be any that an import can read.

    Raises:
        UsageError: What is wrong with it.
    """
    return load(file, find, delimited)


def worth_labelling(
    reader: Reader, texts: Sequence[Given], labels: Sequence[Label], count: int
) -> list[Open]:
    """The texts of which a label would tell most."""
    from troth.reading.training.choosing import Open, chosen

    known = {one.digest for one in labels}
    readings = reader.read_all(one.text for one in texts)
    pairs: Iterator[tuple[Reading, Given]] = zip(readings, texts, strict=True)
    return chosen([Open(r, one.group) for r, one in pairs if digest(r.text) not in known], count)


def drawn_texts(reader: Reader, texts: Sequence[Given], labels: Sequence[Label], count: int) -> list[Open]:
    """Texts drawn at random, without those whose labels say that they were drawn before.

    What was picked and labelled may be drawn as well: a sample without it would be none of all texts.
    """
    from troth.reading.training.choosing import Open, drawn

    before = {one.digest for one in labels if one.drawn}
    readings = reader.read_all(one.text for one in texts)
    found = drawn([Open(r, one.group) for r, one in zip(readings, texts, strict=True)], count + len(before))
    return [one for one in found if digest(one.reading.text) not in before][:count]
