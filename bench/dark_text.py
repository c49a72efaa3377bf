"""Texts that press or trick: how well the reader finds them, and its model's training.

    python bench/dark_text.py ec_darkpattern.csv.gz [--seeds 3] [--shop PAGE.html.gz ...] [--write]

The English texts are ec-darkpattern (Yada et al. 2022, Apache-2.0): columns page_id, text, label, Pattern
Category. Trained on beside them: the plain texts in bench/data/plain_texts.yaml. How strongly weights are
held back, how many tokens are kept and from which odds on a text presses is chosen by an inner
cross-validation, on the training texts of each outer fold: the best F1 among the recipes that take no more
than one in two hundred of the plain texts when these are held out. The texts made for measuring are in
tests/audit/data/dark_text: nothing is ever trained on them, nor on the shops' saved pages (`--shop`), of
which every line that is found is printed, to be read by eye.

The catalogue's words were written with one half of the pages in view (those whose id's SHA-256 begins with a
byte below 128), and with every other family of the made texts, the first ones. The other halves are reported
apart: they are the test.
"""

import argparse
import csv
import gzip
import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import product
from pathlib import Path

import numpy as np
from dark_text_training import Recipe, kinds_of, model_of, trained, written
from ruamel.yaml import YAML
from sklearn.metrics import f1_score, precision_score, recall_score
from sklearn.model_selection import StratifiedGroupKFold

from troth.audit.dark_text import worded
from troth.audit.dark_text_features import Features, features, normalised
from troth.audit.dark_text_model import Model, model
from troth.audit.words import words

ROOT = Path(__file__).parents[1]
OWN = ROOT / "tests/audit/data/dark_text"
PLAIN = Path(__file__).parent / "data/plain_texts.yaml"
MODEL = ROOT / "src/troth/audit/catalogue/models/dark_text.json"
EVEN = [Recipe(strength, tokens, 0.0) for strength, tokens in product([1.0, 2.0, 5.0, 20.0], [2000, 5000])]
MARGINS = (0.0, 0.5, 1.0, 1.5)
RECIPES = [replace(recipe, margin=margin) for recipe in EVEN for margin in MARGINS]
TAKEN = 0.005
"""The largest share of plain texts, made for training and held out in inner folds, that a model may take."""
KINDS = {
    "Urgency": "urgency",
    "Scarcity": "scarcity",
    "Social Proof": "social",
    "Misdirection": "selling",
    "Obstruction": "trap",
    "Sneaking": "trap",
    "Forced Action": "trap",
}
"""ec-darkpattern's categories as kinds; misdirection with a shaming refusal in it is `shaming`."""

Split = list[tuple[np.ndarray, np.ndarray]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text, whether it is dark, its set, and what it may not be divided from.

    `looked_at`: whether the catalogue's words were written with it in view. `kind`: empty for plain ones.
    """

    text: str
    dark: int
    set: str
    group: str
    looked_at: bool
    kind: str = ""


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
            _kind(one["text"], one["Pattern Category"]),
        )
        for one in rows
    ]


def _kind(text: str, category: str) -> str:
    kind = KINDS.get(category, "")
    return "shaming" if kind == "selling" and text in words("dark_shaming") else kind


def own(language: str) -> list[Text]:
    """The texts made for measuring."""
    data = YAML(typ="safe", pure=True).load((OWN / f"{language}.yaml").read_text("utf-8"))
    return [
        Text(text, int(side == "dark"), f"made {language}", f"{side}/{kind}/{number}", number % 2 == 0)
        for side, kinds in data.items()
        for kind, families in kinds.items()
        for number, family in enumerate(families)
        for text in family
    ]


def plain() -> list[Text]:
    """The plain texts made for training."""
    data = YAML(typ="safe", pure=True).load(PLAIN.read_text("utf-8"))
    texts = [text for subjects in data.values() for some in subjects.values() for text in some]
    return [Text(text, 0, "plain", f"plain/{number}", looked_at=True) for number, text in enumerate(texts)]


class Counted:
    """Texts with what is counted in them, worked out once."""

    def __init__(self, texts: Sequence[Text]) -> None:
        self.texts = list(texts)
        self.dark = np.array([text.dark for text in texts])
        self.groups = np.array([text.group for text in texts])
        self.worded = np.array([worded(text.text) for text in texts])
        self.features: list[Features] = [features(text.text) for text in texts]

    def rows(self, name: str) -> np.ndarray:
        """The places of the texts of a set."""
        return np.flatnonzero([text.set == name for text in self.texts])

    def models(self, rows: np.ndarray, recipes: Sequence[Recipe]) -> dict[Recipe, Model]:
        """Models of these rows."""
        found = trained([self.features[place] for place in rows], self.dark[rows], recipes)
        return {recipe: model_of(data) for recipe, data in found.items()}

    def scores(self, model: Model, rows: np.ndarray) -> np.ndarray:
        """What the model says of each of these rows: the product's own arithmetic."""
        return np.array([model.score(self.texts[place].text) for place in rows])

    def said(self, model: Model, rows: np.ndarray) -> np.ndarray:
        """Whether each of these rows presses, by the model alone."""
        return self.scores(model, rows) > 0


def folds(counted: Counted, rows: np.ndarray, count: int, seed: int) -> Split:
    """Divisions of `rows` that keep groups together."""
    split = StratifiedGroupKFold(count, shuffle=True, random_state=seed)
    parts = split.split(rows, counted.dark[rows], counted.groups[rows])
    return [(rows[train], rows[test]) for train, test in parts]


def best(counted: Counted, rows: np.ndarray) -> Recipe:
    """The recipe with the best F1, words and model together, in five folds of `rows`.

    The plain texts made for training are divided too; recipes that take too many of them do not stand.
    """
    calm = counted.rows("plain")
    said = {recipe: np.zeros(len(counted.texts), bool) for recipe in RECIPES}
    for train, test in folds(counted, np.concatenate([rows, calm]), 5, seed=7):
        for recipe, one in counted.models(train, EVEN).items():
            scores = counted.scores(one, test)
            for margin in MARGINS:
                said[replace(recipe, margin=margin)][test] = scores > margin
    sound = [recipe for recipe in RECIPES if said[recipe][calm].mean() <= TAKEN]
    return max(sound, key=lambda recipe: f1_score(counted.dark[rows], (said[recipe] | counted.worded)[rows]))


def nested(counted: Counted, rows: np.ndarray, seed: int) -> tuple[np.ndarray, Counter[Recipe]]:
    """The model's answers for `rows`, each by one whose texts and recipe came from the other folds."""
    said = np.zeros(len(counted.texts), bool)
    chosen: Counter[Recipe] = Counter()
    for train, test in folds(counted, rows, 10, seed):
        recipe = best(counted, train)
        chosen[recipe] += 1
        known = np.concatenate([train, counted.rows("plain")])
        said[test] = counted.said(counted.models(known, [recipe])[recipe], test)
    return said, chosen


def shown(name: str, counted: Counted, rows: np.ndarray, said: np.ndarray) -> None:
    """Two lines of figures: for the rows that nobody looked at, and for all."""
    unseen = np.array([place for place in rows if not counted.texts[place].looked_at], int)
    for part, places in (("unseen half", unseen), ("all", rows)):
        dark, answers = counted.dark[places], said[places]
        scores = [score(dark, answers) for score in (precision_score, recall_score, f1_score)]
        figures = "   ".join(f"{of} {score:.4f}" for of, score in zip(("P", "R", "F1"), scores, strict=True))
        print(f"{name:40s} {part:12s} n {len(places):5d}   {figures}", flush=True)


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
    """Print the figures of ec-darkpattern: words, model, both; divided by page, and by page and wording."""
    rows = counted.rows("en")
    shown("en, words alone", counted, rows, counted.worded)
    for name, groups in (("by page", counted.groups), ("by page and wording", joined(counted))):
        counted.groups = groups
        for seed in range(seeds):
            said, chosen = nested(counted, rows, seed)
            shown(f"en, model alone, {name}, seed {seed}", counted, rows, said)
            shown(f"en, words or model, {name}, seed {seed}", counted, rows, said | counted.worded)
            print("   chosen:", dict(chosen))


def kinds_told(counted: Counted) -> None:
    """Print how often the kind of a dark text is told rightly, in ten folds that keep a page together."""
    rows = np.array([place for place in counted.rows("en") if counted.dark[place]])
    right = 0
    kinds = [text.kind for text in counted.texts]
    for train, test in folds(counted, rows, 10, seed=0):
        weights = kinds_of([counted.features[place] for place in train], [kinds[place] for place in train])
        model = Model(0, (), {}, {}, weights)
        right += sum(model.kind(counted.texts[place].text) == kinds[place] for place in test)
    print(f"en, kind of a dark text by the model: {right} of {len(rows)} right")


def outside(counted: Counted, model: Model, pages: Sequence[Path]) -> None:
    """Print what the trained model and the words say of texts that no model is trained on."""
    for name in ("made en", "made nl", "made de"):
        rows = counted.rows(name)
        said = np.zeros(len(counted.texts), bool)
        said[rows] = counted.said(model, rows)
        shown(f"{name}, words alone", counted, rows, counted.worded)
        shown(f"{name}, words or model", counted, rows, said | counted.worded)
        calm = [place for place in rows if not counted.dark[place]]
        print(f"   plain ones taken: {sum((said | counted.worded)[calm])} of {len(calm)}")
    for page in pages:
        texts = list(lines(gzip.decompress(page.read_bytes()).decode("utf-8", "replace")))
        numbers = sum(any(letter.isdigit() for letter in text) for text in texts)
        print(f"{page.name}: {len(texts)} texts, {numbers} with numbers; found:")
        for text in texts:
            if worded(text) or model.score(text) > 0:
                print(f"   {'words' if worded(text) else 'model'}: {text}")


def lines(html: str) -> Iterator[str]:
    """Each different text of a saved page, as long as those that the audit reads."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(html)
    for node in tree.css("script,style,noscript,template,svg,head"):
        node.decompose()
    for node in tree.css("p,div,li,td,th,h1,h2,h3,h4,h5,h6,button,a,label,option,dt,dd,section,br"):
        node.insert_before("\n")
        node.insert_after("\n")
    body = tree.body.text() if tree.body else ""
    told = dict.fromkeys(" ".join(line.split()) for line in body.split("\n"))
    yield from (line for line in told if 4 <= len(line) <= 300)


def write(counted: Counted) -> Model:
    """Train on all of ec-darkpattern and the plain texts, and write the product's model."""
    rows = counted.rows("en")
    recipe = best(counted, rows)
    known = np.concatenate([rows, counted.rows("plain")])
    data = trained([counted.features[place] for place in known], counted.dark[known], [recipe])[recipe]
    dark = [place for place in rows if counted.dark[place]]
    told = [counted.features[place] for place in dark], [counted.texts[place].kind for place in dark]
    about = {
        "about": "Written by `python bench/dark_text.py --write`; see docs/method/dark-patterns.md.",
        "trained_on": "ec-darkpattern (Yada et al. 2022, Apache-2.0); bench/data/plain_texts.yaml (CC0-1.0)",
        "recipe": f"strength {recipe.strength:g}, {recipe.tokens} tokens, margin {recipe.margin:g}",
    }
    full = {**about, **data, "kinds": kinds_of(*told)}
    MODEL.parent.mkdir(exist_ok=True)
    MODEL.write_text(written(full), "utf-8")
    print(f"wrote {MODEL.relative_to(ROOT)}: {recipe}, {MODEL.stat().st_size / 1000:.0f} kB")
    return Model.of(full)


def main() -> None:
    """Read the texts; measure, or train and write."""
    raw: Callable[..., argparse.HelpFormatter] = argparse.RawDescriptionHelpFormatter
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    arguments.add_argument("data", type=Path, help="ec-darkpattern as gzipped CSV")
    arguments.add_argument("--seeds", type=int, default=3, help="how often the folds are drawn")
    arguments.add_argument("--shop", type=Path, action="append", default=[], help="a saved page, gzipped")
    arguments.add_argument("--write", action="store_true", help="train and write the product's model first")
    given = arguments.parse_args()
    counted = Counted([*english(given.data), *plain(), *own("nl"), *own("de"), *own("en")])
    shipped = write(counted) if given.write else model()
    outside(counted, shipped, given.shop)
    kinds_told(counted)
    measure(counted, given.seeds)


if __name__ == "__main__":
    main()
