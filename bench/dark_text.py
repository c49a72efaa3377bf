"""Texts that press or trick: how well words and small models find them.

    python bench/dark_text.py ec_darkpattern.csv.gz [--seeds 3]

The English texts are ec-darkpattern (Yada et al. 2022, Apache-2.0): columns page_id, text, label. What is
chosen (loss, strength, with or without the catalogue's words) is chosen by an inner cross-validation, on the
training texts of each outer fold. The texts made for this are in tests/audit/data/dark_text: nothing is
trained on them, save where the line says so.

The catalogue's words were written with one half of the pages in view (those whose id's SHA-256 begins with a
byte below 128), and with every other family of the made texts, the first ones. The other halves are reported
apart: they are the test.
"""

import argparse
import csv
import gzip
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
from dark_text_features import Block, Features, features, normalised, row
from ruamel.yaml import YAML
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.model_selection import StratifiedGroupKFold
from sklearn.svm import LinearSVC

from troth.audit.dark_text import KINDS

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests/audit/data/dark_text"
SAID = len(KINDS) + 1
"""The dense numbers that come from the catalogue's words stand last."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text, whether it is dark, its language, and what it may not be divided from."""

    text: str
    dark: int
    language: str
    group: str
    looked_at: bool
    """Whether the catalogue's words were written with it in view."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to train: which loss, how strongly held back (smaller C: more).

    `said`: the catalogue's words are counted too.
    """

    loss: str
    strength: float
    said: bool

    def fitted(self, matrix: csr_matrix, dark: np.ndarray) -> LinearSVC | LogisticRegression:
        """A linear model."""
        if self.loss == "hinge":
            return LinearSVC(C=self.strength).fit(matrix, dark)
        return LogisticRegression(C=self.strength, max_iter=3000).fit(matrix, dark)


RECIPES = [
    Recipe(loss, strength, said)
    for (loss, strength), said in product(
        [("hinge", 0.2), ("hinge", 0.5), ("hinge", 1.0), ("logistic", 5.0), ("logistic", 20.0)], [False, True]
    )
]


def english(path: Path) -> list[Text]:
    """The texts of ec-darkpattern."""
    with gzip.open(path) as file:
        rows = list(csv.DictReader(io.TextIOWrapper(file, "utf-8")))
    return [
        Text(
            one["text"],
            int(one["label"]),
            "en",
            one["page_id"],
            sha256(one["page_id"].encode()).digest()[0] < 128,
        )
        for one in rows
    ]


def own(language: str) -> list[Text]:
    """The texts made for this."""
    data = YAML(typ="safe", pure=True).load((OWN / f"{language}.yaml").read_text("utf-8"))
    return [
        Text(text, int(side == "dark"), f"made {language}", f"{side}/{kind}/{number}", number % 2 == 0)
        for side, kinds in data.items()
        for kind, families in kinds.items()
        for number, family in enumerate(families)
        for text in family
    ]


class Counted:
    """Texts with what is counted in them, worked out once."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = list(texts)
        self.dark = np.array([text.dark for text in texts])
        self.groups = np.array([text.group for text in texts])
        self.features: list[Features] = [features(text.text) for text in texts]

    def rows(self, language: str) -> np.ndarray:
        """The places of the texts of a language."""
        return np.flatnonzero([text.language == language for text in self.texts])

    def blocks(self, rows: np.ndarray) -> tuple[Block, Block]:
        """The vocabulary of these rows."""
        chosen = [self.features[place] for place in rows]
        return Block.of(one.pieces for one in chosen), Block.of(one.words for one in chosen)

    def matrix(self, rows: np.ndarray, blocks: tuple[Block, Block]) -> csr_matrix:
        """The vectors of these rows."""
        vectors = [row(self.features[place], *blocks) for place in rows]
        data = [value for vector in vectors for value in vector.values()]
        columns = [place for vector in vectors for place in vector]
        starts = np.cumsum([0, *map(len, vectors)])
        width = len(blocks[0].places) + len(blocks[1].places) + len(self.features[0].dense)
        return csr_matrix((data, columns, starts), shape=(len(vectors), width))


def predicted(
    counted: Counted, train: np.ndarray, test: np.ndarray, recipes: Sequence[Recipe]
) -> dict[Recipe, np.ndarray]:
    """Whether each text of `test` is dark, by each recipe trained on `train`."""
    blocks = counted.blocks(train)
    known, asked = counted.matrix(train, blocks), counted.matrix(test, blocks)
    found = {}
    for recipe in recipes:
        width = known.shape[1] - (0 if recipe.said else SAID)
        model = recipe.fitted(known[:, :width], counted.dark[train])
        found[recipe] = model.predict(asked[:, :width]) > 0
    return found


def folds(counted: Counted, rows: np.ndarray, count: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Divisions of `rows` that keep groups together."""
    split = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    parts = split.split(rows, counted.dark[rows], counted.groups[rows])
    return [(rows[train], rows[test]) for train, test in parts]


def best(counted: Counted, rows: np.ndarray, recipes: Sequence[Recipe]) -> Recipe:
    """The recipe with the best F1 in five folds of `rows`."""
    said = {recipe: np.zeros(len(counted.texts), bool) for recipe in recipes}
    for train, test in folds(counted, rows, 5, seed=7):
        for recipe, answers in predicted(counted, train, test, recipes).items():
            said[recipe][test] = answers
    return max(recipes, key=lambda recipe: f1_score(counted.dark[rows], said[recipe][rows]))


def nested(
    counted: Counted, rows: np.ndarray, recipes: Sequence[Recipe], seed: int
) -> tuple[np.ndarray, Counter[Recipe]]:
    """Answers for `rows`, each from a model whose texts and whose recipe came from the other folds."""
    said = np.zeros(len(counted.texts), bool)
    chosen: Counter[Recipe] = Counter()
    for train, test in folds(counted, rows, 10, seed):
        recipe = best(counted, train, recipes)
        chosen[recipe] += 1
        said[test] = predicted(counted, train, test, [recipe])[recipe]
    return said, chosen


def shown(name: str, counted: Counted, rows: np.ndarray, said: np.ndarray) -> None:
    """Two lines of figures: for the rows that nobody looked at, and for all."""
    unseen = np.array([place for place in rows if not counted.texts[place].looked_at], int)
    for part, places in (("unseen half", unseen), ("all", rows)):
        dark, answers = counted.dark[places], said[places]
        scores = [score(dark, answers) for score in (precision_score, recall_score, f1_score)]
        figures = "   ".join(f"{of} {score:.4f}" for of, score in zip(("P", "R", "F1"), scores, strict=True))
        print(f"{name:48s} {part:12s} n {len(places):5d}   {figures}", flush=True)


def joined(counted: Counted) -> np.ndarray:
    """Groups that also hold together what is the same text but for numbers, case and marks."""
    parent: dict[str, str] = {}

    def top(name: str) -> str:
        while parent.setdefault(name, name) != name:
            name = parent[name]
        return name

    for text in counted.texts:
        bare = "".join(letter for letter in normalised(text.text) if letter.isalnum())
        parent[top(text.group)] = top(f"text {bare}")
    return np.array([top(text.group) for text in counted.texts])


def measure(counted: Counted, seeds: int) -> None:
    """Print every figure."""
    of = {name: counted.rows(name) for name in ("en", "made en", "made nl", "made de")}
    words_say = np.array([one.dense[-1] > 0 for one in counted.features])
    for name, rows in of.items():
        shown(f"{name}, the catalogue's words alone", counted, rows, words_say)
    plain = [recipe for recipe in RECIPES if not recipe.said]
    pages, wordings = counted.groups, joined(counted)
    both = np.concatenate([of["en"], of["made en"]])
    runs: list[tuple[str, Sequence[Recipe], np.ndarray, np.ndarray]] = [
        ("model by page, without the catalogue's words", plain, pages, of["en"]),
        ("model by page", RECIPES, pages, of["en"]),
        ("model by page and wording", RECIPES, wordings, of["en"]),
        ("model trained on the made texts too", RECIPES, pages, both),
    ]
    for name, recipes, groups, rows in runs:
        counted.groups = groups
        for seed in range(seeds):
            answers, chosen = nested(counted, rows, recipes, seed)
            shown(f"en, {name}, seed {seed}", counted, of["en"], answers)
            if len(rows) == len(both):
                shown(f"made en, {name}, seed {seed}", counted, of["made en"], answers)
        print("   chosen most often in the last run:", chosen.most_common(1)[0])
    answers = np.zeros(len(counted.texts), bool)
    recipe = Recipe("logistic", 5.0, said=True)
    answers[of["made en"]] = predicted(counted, of["en"], of["made en"], [recipe])[recipe]
    shown("made en, model trained on en alone", counted, of["made en"], answers)


def main() -> None:
    """Read the texts; measure, or train and write."""
    plain = argparse.RawDescriptionHelpFormatter
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=plain)
    arguments.add_argument("data", type=Path, help="ec-darkpattern as gzipped CSV")
    arguments.add_argument("--seeds", type=int, default=3, help="how often the folds are drawn")
    given = arguments.parse_args()
    counted = Counted([*english(given.data), *own("nl"), *own("de"), *own("en")])
    measure(counted, given.seeds)


if __name__ == "__main__":
    main()
