"""How well and how fast the reader reads, beside VADER and py3langid in the same run.

    python bench/reading.py DATA [--json FILE] [--quick] [--trained] [--labels FILE] [--agreed FILE]

DATA is a folder with public data sets, as `reading_data.py` names them; those not there are left out.
None of them is in this repository: their licences do not allow it. Polarity is measured three ways: AUC of
good against bad texts, and accuracy and macro-F1 of three classes. The lexica and thresholds were made with
these sets in view: they are development figures. Speed is in CPU seconds of one core, best of three.
What counts is the project's own blind set (`tests/data/blind`), read in every run: no entry was made with it
in view. Only sums are printed. `--agreed` does the same with a file of labels of two people. The texts
written to develop with (`data/customer_texts`) are read beside it.

`--trained` and `--labels` measure what training is worth (`reading_training.py`), with an embedder where
`troth[embed]` is installed. A file of labels is a YAML list of {id, polarity, mechanisms, topics}; the id is
the first 12 hex digits of the text's SHA-256. Where two people labelled, a row has `first` and `second` in
place of the answers; `--labels` takes the first of them. `data/real_labels.yaml` is such a file, for
sentences of these sets.

Needs `pip install --group bench` (scikit-learn, vaderSentiment).
"""

import argparse
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from reading_agreed import Agreement, Both, agreement, blind, both, written
from reading_data import Text, texts
from reading_training import embedding, labelled_rows, marks, marks_by_set, trainings
from sklearn.metrics import accuracy_score, f1_score, roc_auc_score

from troth.reading import Reader, Reading
from troth.reading.language import language
from troth.reading.valence import polarity

Figure = dict[str, str | float | int]


def main() -> None:
    """Measure, and print tables."""
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    arguments.add_argument("data", type=Path, help="the folder with the data sets")
    arguments.add_argument("--json", type=Path, help="where the figures go, for a machine")
    arguments.add_argument("--quick", action="store_true", help="without speed")
    arguments.add_argument("--trained", action="store_true", help="what training is worth, on these sets")
    arguments.add_argument("--labels", type=Path, action="append", help="people's labels; may be repeated")
    arguments.add_argument("--agreed", type=Path, help="labels of two people, to agree with")
    given = arguments.parse_args()
    found = texts(given.data)
    reader = Reader()
    figures = {
        "blind set": [_row(name, one) for name, one in blind(reader).items()],
        "written to develop with": [_row(name, one) for name, one in written(reader).items()],
    }
    if given.agreed:
        figures["agreement"] = agreements(given.data, found, reader, given.agreed)
    figures |= {"language": languages(found), "polarity": polarities(found, reader)}
    if not given.quick:
        figures["speed"] = speeds(found, reader)
    if given.trained:
        figures["training"] = trainings(found, reader)
        figures["embedding"] = embedding(found, reader)
    if given.labels:
        figures["mechanisms and topics"] = marks(given.data, found, reader, given.labels)
        figures["with labels of each set"] = marks_by_set(given.data, found, reader, given.labels)
    for name, rows in figures.items():
        if not rows:
            continue
        print(f"\n## {name}\n\n| {' | '.join(rows[0])} |\n|{' --- |' * len(rows[0])}")
        for row in rows:
            print(f"| {' | '.join(_shown(value) for value in row.values())} |")
    if given.json:
        given.json.write_text(json.dumps(figures, indent=2), "utf-8")


def agreements(folder: Path, found: Sequence[Text], reader: Reader, file: Path) -> list[Figure]:
    """How the lexica agree with the labels of a file: all, by language, and those held out."""
    read: list[tuple[str, Reading, Both, bool]] = []
    for text, row in labelled_rows(folder, found, file):
        first = row.get("first", row)
        answers = both(first, row.get("second", first), str(file))
        read.append((text.language, reader.read(text.text), answers, bool(row.get("held"))))
    rows: list[Figure] = []
    for held in (False, True):
        for name in ("all", "nl", "de", "en"):
            some = [one for one in read if name in ("all", one[0]) and (one[3] or not held)]
            if some:
                title = f"{name}, held out" if held else name
                rows.append(_row(title, agreement([one[1] for one in some], [one[2] for one in some])))
    return rows


def _row(name: str, one: Agreement) -> Figure:
    return {
        "language": name,
        "texts": one.texts,
        "AUC": float("nan") if one.auc is None else one.auc,
        "accuracy": one.accuracy,
        "mechanisms micro-F1": one.mechanisms,
        "topics micro-F1": one.topics,
        "topics, with what is only mentioned": one.topics_mentioned,
    }


def languages(found: Sequence[Text]) -> list[Figure]:
    """How often the language is told rightly: all texts, short ones, and per language."""
    rows: list[Figure] = []
    kept = [text for text in found if text.set not in {"germeval", "airlines"} and len(text.text) > 3]
    for name in ("nl", "de", "en", "all"):
        some = [text for text in kept if name in (text.language, "all")]
        right = np.array([language(text.text)[0] == text.language for text in some])
        short = np.array([len(text.text) < 40 for text in some])
        rows.append(
            {
                "language": name,
                "texts": len(some),
                "right": float(right.mean()),
                "under 40 characters": int(short.sum()),
                "right there": float(right[short].mean()) if short.any() else float("nan"),
            }
        )
    return rows


def polarities(found: Sequence[Text], reader: Reader) -> list[Figure]:
    """How well good and bad are told, per set, beside VADER where the set is English."""
    rows: list[Figure] = []
    for name in dict.fromkeys(text.set for text in found):
        some = [text for text in found if text.set == name and text.polarity is not None]
        truth = np.array([text.polarity for text in some])
        values = np.array([reader.read(text.text).valence for text in some])
        rows.append(_measured(name, "troth", truth, values, np.array([polarity(value) for value in values])))
        if some[0].language == "en":
            vader = _vader()
            values = np.array([vader(text.text) for text in some])
            said = np.where(values >= 0.05, 1, np.where(values <= -0.05, -1, 0))
            rows.append(_measured(name, "VADER", truth, values, said))
    return rows


def speeds(found: Sequence[Text], reader: Reader) -> list[Figure]:
    """Texts a second on one core: the whole way, beside VADER and py3langid on the same texts."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(["nl", "de", "en"])
    vader = _vader()
    rows: list[Figure] = []
    for name in ("all", *dict.fromkeys(text.set for text in found)):
        some = [text.text for text in found if name in (text.set, "all")]
        some = some[:: max(1, len(some) // 4000)]
        ours, theirs, tongue = _best([reader.read, vader, identifier.classify], some)
        rows.append(
            {
                "texts of": name,
                "letters": float(np.mean([len(text) for text in some])),
                "troth, texts/s": round(ours),
                "VADER alone, texts/s": round(theirs),
                "py3langid alone, texts/s": round(tongue),
                "troth ÷ VADER": ours / theirs,
            }
        )
    return rows


def _best(ways: Sequence[Callable[[str], object]], some: Sequence[str]) -> list[float]:
    """Texts per CPU second of each way, the best of three turns taken one after the other."""
    best = [0.0] * len(ways)
    for _turn in range(3):
        for number, way in enumerate(ways):
            begun = time.process_time()
            for text in some:
                way(text)
            best[number] = max(best[number], len(some) / (time.process_time() - begun))
    return best


def _measured(name: str, who: str, truth: np.ndarray, values: np.ndarray, said: np.ndarray) -> Figure:
    sided = truth != 0
    return {
        "set": name,
        "reader": who,
        "texts": len(truth),
        "AUC": float(roc_auc_score(truth[sided] > 0, values[sided])),
        "accuracy": float(accuracy_score(truth, said)),
        "macro-F1": float(f1_score(truth, said, average="macro", labels=sorted(set(truth)))),
        "silent": float((values == 0).mean()),
    }


def _vader() -> Callable[[str], float]:
    from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

    analyzer = SentimentIntensityAnalyzer()
    return lambda text: float(analyzer.polarity_scores(text)["compound"])


def _shown(value: str | float) -> str:
    return f"{value:.3f}" if isinstance(value, float) else f"{value:,}" if isinstance(value, int) else value


if __name__ == "__main__":
    main()
