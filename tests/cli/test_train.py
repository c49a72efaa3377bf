"""`troth train`: from records with stars and labels of people to a model that is used once it is accepted."""

import csv
import io
import json
from pathlib import Path

import pytest
from tests.cli.conftest import Call

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
