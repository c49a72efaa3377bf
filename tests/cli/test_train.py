"""`troth train`: from records with stars and labels of people to a model that is used once it is accepted."""

import csv
import io
import json
from pathlib import Path

import pytest
from rich.console import Console
from tests.cli.conftest import Call

from troth.cli.views.training import show_model

BLUEPRINT = """\
troth: "1"
journey:
  name: Book shop
  phases: [{id: buy, name: Buying}]
touchpoints: [{id: delivery, phase: buy, name: Delivery}]
records:
  reviews:
    key: id
    customer: customer
    zone: UTC
    columns: {id: text, customer: text, at: time, stars: integer, said: comment}
rules:
  - id: reviews
    from: reviews
    touchpoint: delivery
    mechanism: reliability
    at: at
    read: said
    rating: {column: stars, worst: 1, best: 5}
"""
FILL = (
    "gisteren",
    "vandaag",
    "in de winkel",
    "bij ons",
    "met de fiets",
    "in het dorp",
    "op dinsdag",
    "na de vakantie",
)


@pytest.fixture
def reviews(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "blueprint.yaml").write_text(BLUEPRINT, "utf-8")
    rows = [["id", "customer", "at", "stars", "said"]]
    for number in range(48):
        word, stars = (("plimmig", 5), ("drolfig", 1))[number % 2]
        text = f"Dat was {word} {FILL[number % 8]} en {FILL[(number // 8 + 3) % 8]}, zeg. Bel 0612345678"
        rows.append([f"r{number}", f"c{number}", "2026-01-01 10:00", str(stars), text])
    with (tmp_path / "reviews.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def _experiences(call: Call) -> dict[str, float]:
    [row] = call("trust", "--json").json["rows"]
    return {"good": row["good"], "bad": row["bad"]}


def test_stars_train_a_model_that_is_used_once_it_is_accepted(call: Call, reviews: Path) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    text = "Dat was drolfig hoor, met de fiets op dinsdag."
    answer = call("train", "--embed", "none")
    assert answer.code == 0, answer.err
    assert "48 with stars" in answer.out
    assert "not used yet" in answer.err
    assert call("read", text, "--json").json["by"] == "lexicon"
    before = _experiences(call)
    assert call("train", "--accept").code == 0
    found = call("read", text, "--json").json
    assert (found["by"], found["polarity"]) == ("model", -1)
    assert _experiences(call) != before  # what rests was read again
    shown = call("train", "--show", "--json").json
    assert shown["accepted"]
    assert shown["report"]["polarity"]["texts"] == 48
    assert call("train", "--drop").code == 0
    assert call("read", text, "--json").json["by"] == "lexicon"
    assert _experiences(call) == before
    assert call("train", "--show", "--json").error["code"] == "model-missing"
    assert sorted(path.name for path in (reviews / "reader").iterdir()) == []


def test_a_correction_comes_before_the_model(call: Call, reviews: Path) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    assert call("train", "--embed", "none", "--json").code == 0
    assert call("train", "--accept").code == 0
    text = "Dat was drolfig hoor, met de fiets op dinsdag."
    assert call("read", text, "--correct", "--polarity", "positive", "--json").json["polarity"] == 1
    assert call("read", text, "--json").json["by"] == "person"
    assert (reviews / "labels.ndjson").exists()


@pytest.mark.usefixtures("reviews")
def test_texts_worth_a_label_are_written_masked_and_taken_up_again(call: Call) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    answer = call("train", "labels", "--choose", "30", "-o", "todo.csv")
    assert answer.code == 0, answer.err
    rows = list(csv.DictReader(io.StringIO(Path("todo.csv").read_text("utf-8"))))
    assert len(rows) == len({row["text"] for row in rows}) == 30
    assert all("[phone]" in row["text"] and row["from"] == "delivery" for row in rows)
    assert "0612345678" not in Path("todo.csv").read_text("utf-8")
    for row in rows:
        good = "plimmig" in row["text"]
        row |= {"mechanisms": "ability+" if good else "reliability-", "topics": "product" if good else "none"}
    with Path("todo.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    found = call("train", "--labels", "todo.csv", "--embed", "none", "--json").json
    assert found["facts"]["people"] == 30
    assert found["report"]["mechanisms"]["micro_f1"] > 0.8
    assert found["report"]["topics"]["texts"] == 30
    left = call("train", "labels", "--choose", "99", "--labels", "todo.csv").out
    assert len(list(csv.DictReader(io.StringIO(left)))) == 18
    again = call("train", "labels", "-o", "todo.csv", "--quiet")
    assert (again.code, "already" in again.err) == (2, True)


def test_labels_may_name_a_record(call: Call, reviews: Path) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    labels = [{"record": f"r{n}", "topics": ["delivery"]} for n in range(5)]
    (reviews / "labels.json").write_text(json.dumps(labels), "utf-8")
    assert call("train", "--labels", "labels.json", "--embed", "none", "--json").json["facts"]["people"] == 5


def test_without_a_workspace_labels_alone_are_learnt_from(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    few = "text,polarity\n" + "".join(f"Dat was plimmig {n} keer,positive\n" for n in range(9))
    (tmp_path / "l.csv").write_text(few, "utf-8")
    answer = call("train", "--labels", "l.csv", "--embed", "none", "--json", "--quiet")
    assert (answer.code, answer.error["code"]) == (2, "labels-few")
    assert call("train", "--accept", "--json").error["code"] == "candidate-missing"
    assert call("train", "--accept").err.startswith(
        "Error [candidate-missing]: No model was trained here yet."
    )
    assert call("train", "--accept", "--drop", "--json").error["code"] == "train-twice"


def test_who_is_erased_leaves_no_label(call: Call, reviews: Path) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    lines = (reviews / "reviews.csv").read_text("utf-8").splitlines()
    for line in lines[1:3]:
        text = line.split(",", 4)[4].strip('"')
        assert call("read", text, "--correct", "--polarity", "mixed", "--quiet").code == 0
    assert len((reviews / "labels.ndjson").read_text("utf-8").splitlines()) == 2
    receipt = call("person", "erase", "c0", "--yes", "--json").json
    assert receipt["counts"]["labels"] == 1
    [left] = (reviews / "labels.ndjson").read_text("utf-8").splitlines()
    assert "drolfig" in left


DAMAGED = '{"digest": "00", "mechanisms": ["relability-"]}\n{"digest": "torn'


def test_damaged_labels_stop_nothing_but_training_and_are_told(call: Call, reviews: Path) -> None:
    path = reviews / "labels.ndjson"
    path.write_text(DAMAGED, "utf-8")
    assert call("import", "reviews=reviews.csv").code == 0
    text = "Dat was drolfig hoor, met de fiets op dinsdag."
    assert call("read", text, "--correct", "--polarity", "positive", "--quiet").code == 0
    answer = call("read", text, "--json")
    assert (answer.json["by"], "2 lines of labels cannot be read" in answer.err) == ("person", True)
    assert _experiences(call)["bad"] > 0
    told = call("status").out
    assert f"{path.name}:1: “relability” is not known. Did you mean reliability?" in " ".join(told.split())
    found = call("status", "--json").json["damaged_labels"]
    assert [one["where"].rsplit(":", 1)[1] for one in found] == ["1", "2"]
    path.write_text(path.read_text("utf-8").replace(DAMAGED, f"{DAMAGED}\n[]"), "utf-8")
    assert call("read", text).err.count("Each line is a JSON object with a digest.") == 1
    refused = call("train", "--embed", "none", "--json")
    assert (refused.code, refused.error["code"]) == (2, "labels-damaged")
    assert refused.error["where"].endswith("labels.ndjson:1")
    assert path.read_text("utf-8").startswith(DAMAGED + "\n")


def test_an_erasure_takes_damaged_lines_of_the_person_and_tells_what_is_left(
    call: Call, reviews: Path
) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    lines = (reviews / "reviews.csv").read_text("utf-8").splitlines()
    text = lines[1].split(",", 4)[4].strip('"')
    path = reviews / "labels.ndjson"
    path.write_text(f'{{"text": "{text[:40]}\n{DAMAGED}\n', "utf-8")
    answer = call("person", "erase", "c0", "--yes")
    assert answer.code == 0
    assert path.read_text("utf-8") == f"{DAMAGED}\n"
    assert "2 lines of labels cannot be read" in answer.err
    assert "look yourself at what is left" in answer.err


def test_texts_drawn_at_random_are_labelled_and_kept(call: Call, reviews: Path) -> None:
    assert call("import", "reviews=reviews.csv").code == 0
    first = list(csv.DictReader(io.StringIO(call("train", "labels", "--random", "--choose", "5").out)))
    again = list(csv.DictReader(io.StringIO(call("train", "labels", "--random", "--choose", "9").out)))
    assert [row["text"] for row in again[:5]] == [row["text"] for row in first]
    assert {row["chosen"] for row in again} == {"random"}
    doubtful = list(csv.DictReader(io.StringIO(call("train", "labels", "--choose", "9").out)))
    assert {row["chosen"] for row in doubtful} == {""}
    with (reviews / "filled.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, first[0])
        out.writeheader()
        out.writerows(row | {"polarity": "positive", "mechanisms": "none", "topics": "none"} for row in first)
    assert "Kept 5 labels." in call("train", "labels", "--keep", "filled.csv").err
    lines = [json.loads(line) for line in (reviews / "labels.ndjson").read_text("utf-8").splitlines()]
    assert [(line["chosen"], line["text"]) for line in lines] == [("random", row["text"]) for row in first]
    rest = list(csv.DictReader(io.StringIO(call("train", "labels", "--random", "--choose", "4").out)))
    assert [row["text"] for row in rest] == [row["text"] for row in again[5:]]


FILLED = (
    "text;language;from;chosen;polarity;mechanisms;topics\r\n"
    '"Schöne Grüße; leider war das Paket – 3 Wochen – weg,\r\nund ""niemand"" antwortet.";de;;'
    "random;negative;reliability-,clarity-;delivery\r\n"
    "Het kostte € 5, prima.;nl;;random;positive;none;price\r\n"
    "Zegt niets.;nl;;random;;;\r\n"
    ";;;;;;\r\n"
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.usefixtures("reviews")
def test_labels_filled_in_with_a_dutch_or_german_spreadsheet_are_kept_once(call: Call, encoding: str) -> None:
    Path("filled.csv").write_bytes(FILLED.encode(encoding))
    answer = call("train", "labels", "--keep", "filled.csv")
    assert (answer.code, "Kept 2 labels." in answer.err) == (0, True), answer.err
    first, second = [json.loads(line) for line in Path("labels.ndjson").read_text("utf-8").splitlines()]
    assert first["text"].startswith("Schöne Grüße; leider war das Paket – 3 Wochen – weg,")
    assert (first["polarity"], first["mechanisms"]) == ("negative", ["reliability-", "clarity-"])
    assert (second["text"], second["mechanisms"]) == ("Het kostte € 5, prima.", [])
    before = Path("labels.ndjson").read_bytes()
    again = call("train", "labels", "--keep", "filled.csv")
    assert (again.code, Path("labels.ndjson").read_bytes()) == (0, before)
    assert "2 labels were there already" in again.err
    Path("filled.csv").write_bytes(FILLED.replace("positive", "mixed").encode(encoding))
    changed = call("train", "labels", "--keep", "filled.csv")
    assert "1 label was there already" in changed.err
    assert "Kept 1 label." in changed.err
    assert len(Path("labels.ndjson").read_bytes().splitlines()) == 3


@pytest.mark.usefixtures("reviews")
def test_a_file_of_labels_that_says_nothing_or_much_that_is_wrong_is_not_kept(call: Call) -> None:
    Path("empty.csv").write_text("text,polarity\nHoi,\nDag,\n", "utf-8")
    answer = call("train", "labels", "--keep", "empty.csv")
    assert (answer.code, "labels-empty" in answer.err) == (2, True)
    rows = ["Goed,positive", *(f"Tekst {n},{word}" for n, word in enumerate(["negatif"] * 2 + ["good"] * 11))]
    Path("wrong.csv").write_text("\n".join(["text,polarity", *rows]), "utf-8")
    told = call("train", "labels", "--keep", "wrong.csv").err
    assert [f"row {n}: " in told for n in (1, 2, 3, 11, 12)] == [False, True, True, True, False]
    assert "and 3 more rows" in told
    Path("names.csv").write_text("tekst;oordeel\nGoed;positive\n", "utf-8")
    told = call("train", "labels", "--keep", "names.csv").err
    assert "No column is named polarity, mechanisms or topics." in told
    Path("torn.csv").write_text("text;polarity\nGoed;positive\nSlecht;negative;x\n", "utf-8")
    told = call("train", "labels", "--keep", "torn.csv").err
    assert "row 2: This row cannot be taken apart" in told
    Path("labels.yaml").write_bytes("- {text: Schön, polarity: positive}".encode("cp1252"))
    assert "not written in UTF-8" in call("train", "labels", "--keep", "labels.yaml").err
    assert not Path("labels.ndjson").exists()


def test_the_numbers_of_texts_add_up_and_every_row_has_texts(call: Call, reviews: Path) -> None:
    lines = (reviews / "reviews.csv").read_text("utf-8").splitlines()
    lines += [f"x{n},c{n},2026-01-02 10:00,,Pakje {word} gezien." for n, word in enumerate(("rood", "blauw"))]
    (reviews / "reviews.csv").write_text("\n".join(lines), "utf-8")
    assert call("import", "reviews=reviews.csv").code == 0
    labels = [{"text": f"Dat was plimmig {n}", "polarity": "positive"} for n in range(3)]
    (reviews / "labels.json").write_text(json.dumps(labels), "utf-8")
    answer = call("train", "--labels", "labels.json", "--embed", "none")
    assert "Looking through 53 texts" in answer.err
    said = " ".join(answer.out.split())
    assert "3 labelled, 48 with stars, 0 by lexica 2 other texts taught nothing" in said
    facts = call("train", "--labels", "labels.json", "--embed", "none", "--json").json["facts"]
    assert facts == {"given": 53, "people": 3, "stars": 48, "lexicon": 0}


def test_a_label_that_no_text_has_is_no_row_and_the_meaning_is_told_in_words() -> None:
    figures = {"precision": {"right": 1, "whole": 2}, "recall": {"right": 1, "whole": 3}}
    of = [{"name": "price", "texts": 3, **figures}, {"name": "order", "texts": 0, **figures}]
    topics = {"texts": 9, "micro_f1": 0.5, "labels": of}
    about = {
        "fingerprint": "ab",
        "embedder": "use 0.2.1",
        "facts": {"people": 9, "stars": 0, "lexicon": 0},
        "report": {
            "folds": 5,
            **dict.fromkeys(("polarity", "polarity_before", "mechanisms", "mechanisms_before")),
            "topics": topics,
            "topics_before": topics,
        },
    }
    shown = io.StringIO()
    show_model(Console(file=shown, width=200), about)
    out = shown.getvalue()
    assert ("Price" in out, "Order" in out) == (True, False)
    assert "the language model Universal Sentence Encoder (use 0.2.1) on this machine" in out
