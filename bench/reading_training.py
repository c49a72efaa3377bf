"""What training is worth: on the public sets' own labels, and on a file of labels that people gave.

Every figure is of texts held out, in five parts (`troth.reading.training.holding`), with the settings that
`troth train` has: nothing is chosen for a set.
"""

import hashlib
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from reading_data import Text, narratives
from ruamel.yaml import YAML

from troth.reading import Reader, Reading
from troth.reading.embed import default_embedder
from troth.reading.labels import Label, said
from troth.reading.labels.label import Polarity
from troth.reading.training import figures
from troth.reading.training.examples import Example
from troth.reading.training.featuring import featured, unsure
from troth.reading.training.holding import Report, held_out, marks_of, reported
from troth.reading.training.learning import ALL, named

Figure = dict[str, str | float | int]
WORDS: dict[int, Polarity] = {1: "positive", 0: "neutral", -1: "negative"}
MOST = 500
"""Texts of a set that are learnt from where only its AUC is asked for."""
LABELS, FEWEST = 300, 100
"""Labels that a company is supposed to give; sets with fewer than these are not trained on."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_IN_SENTENCES = ("bol.com", "amazon", "cfpb")
PRODUCTS = ("bol.com", "amazon", "laptops", "restaurants", "restaurants nl", "restaurants nl texts")
"""Sets of reviews of a product or a meal: a rule for them says ability, product where the text does not."""


def trainings(found: Sequence[Text], reader: Reader) -> list[Figure]:
    """Per set: the lexica alone, trained, and trained with an embedder for doubtful texts."""
    rows: list[Figure] = []
    for name in dict.fromkeys(text.set for text in found):
        some = [text for text in found if text.set == name and text.polarity is not None]
        if name != "germeval":
            some = [some[at] for at in sorted(np.random.default_rng(0).permutation(len(some))[:MOST])]
        examples = [
            Example(reading, Label("", reading.text, WORDS[text.polarity or 0]), "person")
            for text, reading in zip(some, reader.read_all(text.text for text in some), strict=True)
        ]
        rows += _rows(name, examples, reader)
    return rows


def _rows(name: str, examples: Sequence[Example], reader: Reader) -> list[Figure]:
    rows: list[Figure] = []
    for title, wanted in (("trained", "none"), ("trained, embedded", "")):
        embedder = default_embedder(wanted)
        if wanted == "" and embedder is None:
            continue
        features = featured([one.reading for one in examples], reader, embedder, every=True)
        after, _thresholds = held_out(examples, features, embedder.name if embedder else "")
        report = reported(examples, after)
        if not rows:
            rows.append(_row(name, "lexica alone", report, before=True))
        rows.append(_row(name, title, report))
    return rows


def _row(name: str, title: str, report: Report, *, before: bool = False) -> Figure:
    found = report.polarity_before if before else report.polarity
    assert found is not None  # noqa: S101 - every example has a polarity
    return {
        "set": name,
        "reader": title,
        "texts": found.texts,
        "AUC": found.auc if found.auc is not None else float("nan"),
        "accuracy = micro-F1": found.accuracy.value or 0.0,
        "macro-F1": found.macro_f1,
    }


def embedding(found: Sequence[Text], reader: Reader) -> list[Figure]:
    """How many texts are embedded in the cascade, and how quickly."""
    embedder = default_embedder()
    if embedder is None:
        return []
    readings = reader.read_all(text.text for text in found[:: max(1, len(found) // 2_000)])
    asked = [one.text for one in readings if unsure(one)]
    begun = time.process_time()
    embedder.embed(asked)
    spent = time.process_time() - begun
    return [
        {
            "embedder": embedder.name,
            "texts": len(readings),
            "embedded": len(asked) / len(readings),
            "texts/s embedded": round(len(asked) / spent),
            "texts/s of the cascade, embedding alone": round(len(readings) / spent),
        }
    ]


def marks(folder: Path, found: Sequence[Text], reader: Reader, files: Iterable[Path]) -> list[Figure]:
    """Mechanisms and topics on a file of labels: the lexica, and with a rule's own place."""
    examples, sets = _labelled(folder, found, reader, files)
    readings = [one.reading for one in examples]
    return [
        _marks("lexica alone", examples, readings, [set()] * len(examples)),
        _marks("with a rule's own place", examples, readings, [_place(name) for name in sets]),
    ]


def marks_by_set(folder: Path, found: Sequence[Text], reader: Reader, files: Iterable[Path]) -> list[Figure]:
    """Mechanisms and topics where every set has a model of its own, of `LABELS` labels at most.

    So a company trains: on texts of its own. Sets with too few labels are left out; the last rows are of all
    texts together.
    """
    examples, sets = _labelled(folder, found, reader, files)
    rows: list[Figure] = []
    read: dict[str, list[Reading]] = {}
    pooled: list[Example] = []
    for name in dict.fromkeys(sets):
        there = [at for at, one in enumerate(sets) if one == name]
        if len(there) < FEWEST:
            continue
        drawn = np.random.default_rng(0).permutation(len(there))[:LABELS]
        some = [examples[there[at]] for at in sorted(drawn)]
        pooled += some
        for title, readings in _ways([one.reading for one in some], some, reader):
            read.setdefault(title, []).extend(readings)
            rows.append({"set": name, **_marks(title, some, readings, [set()] * len(some))})
    for title, readings in read.items():
        rows.append({"set": "all", **_marks(title, pooled, readings, [set()] * len(pooled))})
    return rows


def _ways(
    readings: Sequence[Reading], examples: Sequence[Example], reader: Reader
) -> Iterator[tuple[str, Sequence[Reading]]]:
    """The lexica alone, trained, and trained with an embedder where there is one."""
    yield "lexica alone", readings
    for title, wanted in (("trained", "none"), ("trained, embedded", "")):
        embedder = default_embedder(wanted)
        if embedder is not None or wanted:
            features = featured(readings, reader, embedder, every=True)
            yield title, held_out(examples, features, embedder.name if embedder else "")[0]


def _place(name: str) -> set[str]:
    return {"ability", "product"} if name in PRODUCTS else set()


def _said(name: str, reading: Reading, place: set[str]) -> set[str]:
    """What a rule makes of a reading: what is seen, and its own word where nothing is."""
    found = set(reading.mentions) if name == "topics" else set[str]()
    for one in reading.statements:
        seen = one.seen_topic if name == "topics" else one.seen_mechanism
        found |= {seen} if seen else place & set(ALL[name])
    return found


def _marks(
    title: str, examples: Sequence[Example], readings: Sequence[Reading], places: Sequence[set[str]]
) -> Figure:
    row: Figure = {"reader": title, "texts": len(examples)}
    for name in ALL:
        true, guessed = [], []
        for one, reading, place in zip(examples, readings, places, strict=True):
            there = named(name, one)
            if there is not None:
                true.append(there)
                guessed.append(marks_of(name, reading) if not place else _said(name, reading, place))
        row[f"{name} micro-F1"] = figures.micro(true, guessed)
    pairs = [
        (
            {str(said_) for said_ in one.label.mechanisms},
            {f"{s.mechanism}{'+' if s.valence > 0 else '-'}" for s in reading.statements if s.mechanism},
        )
        for one, reading in zip(examples, readings, strict=True)
        if one.label.mechanisms is not None
    ]
    row["with sign"] = figures.micro([one for one, _said in pairs], [one for _true, one in pairs])
    verdicts = [
        (e.label.sign, r.polarity) for e, r in zip(examples, readings, strict=True) if e.label.polarity
    ]
    row["polarity right"] = (
        figures.accuracy([a for a, _b in verdicts], [b for _a, b in verdicts]).value or 0.0
    )
    return row


def labelled_rows(folder: Path, found: Sequence[Text], file: Path) -> Iterator[tuple[Text, dict[str, Any]]]:
    """The rows of a file of labels, each with its text; it is said how many have none."""
    by_id: dict[str, Text] = {}
    for text in (*found, *narratives(folder)):
        parts = _SENTENCE.split(text.text) if text.set in _IN_SENTENCES else ()
        for one in (text.text, text.text.strip(), *parts, *(part.strip() for part in parts)):
            for spelling in (one, " ".join(one.split())):
                mark = hashlib.sha256(spelling.encode()).hexdigest()[:12]
                by_id.setdefault(mark, Text(spelling, text.language, None, text.set))
    missing = 0
    for row in YAML(typ="safe", pure=True).load(file.read_text("utf-8")):
        text_ = by_id.get(str(row["id"]))
        if text_ is None:
            missing += 1
        else:
            yield text_, row
    if missing:
        print(f"{missing} labels have no text in {folder}.")


def _labelled(
    folder: Path, found: Sequence[Text], reader: Reader, files: Iterable[Path]
) -> tuple[list[Example], list[str]]:
    examples: list[Example] = []
    sets: list[str] = []
    for file in files:
        for text, row in labelled_rows(folder, found, file):
            given = {"mechanisms": [], "topics": [], **row.get("first", row)}
            answers = said(given, f"{file}: {row['id']}")
            reading = reader.read(text.text)
            examples.append(Example(reading, Label("", reading.text, *answers), "person"))
            sets.append(text.set)
    return examples, sets
