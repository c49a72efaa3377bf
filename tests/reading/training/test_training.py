"""Learning: what is learnt is found again on texts held out, what is not there is not."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from tests.reading.training.conftest import Made

from troth.errors import UsageError
from troth.reading import Reader, Reading, encoded
from troth.reading.labels import Label, digest
from troth.reading.training import figures, fitting, pieces, storing
from troth.reading.training.choosing import Open, chosen, doubt, drawn
from troth.reading.training.examples import Example, joined, pseudo, starred
from troth.reading.training.featuring import featured
from troth.reading.training.figures import Share
from troth.reading.training.holding import Report, held_out, marks_of, reported
from troth.reading.training.known import COLUMNS, known
from troth.reading.training.learning import learn
from troth.reading.training.model import Model
from troth.reading.training.revising import Trained, judged


class Meaning:
    """Sees one thing only: whether a text has a certain word; and counts what it was asked."""

    name = "stand-in 1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def embed(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        return np.array(
            [[float("plimmig" in text), float("plimmig" not in text)] for text in texts], np.float32
        )


def _learnt(examples: list[Example], reader: Reader) -> tuple[Model, Report]:
    features = featured([one.reading for one in examples], reader)
    after, thresholds = held_out(examples, features)
    return learn(examples, features, thresholds), reported(examples, after)


def test_what_can_be_learnt_is_found_on_texts_held_out(made: Made, reader: Reader) -> None:
    _model, report = _learnt(made(150), reader)
    assert report.polarity is not None
    assert report.polarity_before is not None
    assert report.polarity.accuracy.value == pytest.approx(1, abs=0.05)
    assert report.polarity.auc == pytest.approx(1, abs=0.05)
    assert report.polarity_before.accuracy.value == pytest.approx(0, abs=0.2)
    assert report.mechanisms is not None
    assert report.topics is not None
    assert min(report.mechanisms.micro_f1, report.topics.micro_f1) > 0.9


def test_what_is_drawn_by_chance_is_not(made: Made, reader: Reader) -> None:
    """Held-out figures that leaked from what was learnt would be high here."""
    _model, report = _learnt(made(300, noise=True), reader)
    assert report.polarity is not None
    assert report.polarity.auc == pytest.approx(0.5, abs=0.12)
    assert report.mechanisms is not None
    assert report.mechanisms.micro_f1 < 0.72  # taking both always gives 0.67


def test_a_model_judges_texts_that_it_never_saw(made: Made, reader: Reader) -> None:
    model, _report = _learnt(made(150), reader)
    trained = Reader(revisers=[Trained(model, reader)])
    good = trained.read("het was hier echt plimmig met mijn snibben", language="nl")
    bad = trained.read("wrats van de flurken weer, smoerig", language="nl")
    assert (good.polarity, bad.polarity, good.by) == (1, -1, "model")
    assert good.valence > 0.3
    assert [(one.topic, one.mechanism) for one in good.statements] == [("app", "ability")]
    assert [(one.topic, one.mechanism) for one in bad.statements] == [("delivery", "reliability")]
    assert trained.read_all(["Le colis n'est jamais arrivé"])[0].why_not == "language"


def test_statements_keep_the_lexicons_proof(reader: Reader) -> None:
    reading = reader.read("De bezorging was te laat, maar de medewerker was vriendelijk.")
    kept = judged(reading, {"mechanisms": {"reliability": 0.9, "benevolence": 0.1}}, {"mechanisms": 0.5})
    [late] = [one for one in kept.statements if one.mechanism == "reliability"]
    assert [reading.text[span.begin : span.end] for span in late.spans] == ["bezorging", "te", "laat"]
    assert all(one.mechanism != "benevolence" for one in kept.statements)
    lexicon = judged(reading, {"topics": {}}, {"topics": 0.5})  # nothing was learnt of any topic
    assert {one.topic for one in lexicon.statements} == {one.topic for one in reading.statements}


def test_a_model_says_what_a_text_is_about_that_judges_nothing(reader: Reader) -> None:
    reading = reader.read("Hoe laat sluit de winkel?", language="nl")
    assert not reading.statements
    chances = {"topics": {"place": 0.9, "order": 0.1}, "mechanisms": {"clarity": 0.1}}
    found = judged(reading, chances, {"topics": 0.5, "mechanisms": 0.5})
    assert (found.statements, found.mentions) == ((), ("place",))
    assert marks_of("topics", found) == {"place"}


@given(
    st.lists(st.floats(0, 1), min_size=6, max_size=6), st.sampled_from(["Goed", "te laat en duur!", "x y z"])
)
def test_every_judgement_is_a_whole_reading(chances: list[float], text: str) -> None:
    whole = sum(chances[:3]) or 1
    likely = {
        "polarity": {
            name: (chance if sum(chances[:3]) else 1 / 3) / whole
            for name, chance in zip(("-1", "0", "1"), chances[:3], strict=True)
        },
        "mechanisms": {"reliability": chances[3], "ability": chances[4]},
        "topics": {"delivery": chances[5]},
    }
    found = judged(Reader().read(text, language="nl"), likely, {"mechanisms": 0.5, "topics": 0.5})
    assert -1.001 <= found.valence <= 1.001
    assert not found.statements or sum(one.share for one in found.statements) == pytest.approx(1)
    said = {one.mechanism for one in found.statements} & set(likely["mechanisms"])
    assert said == {name for name, chance in likely["mechanisms"].items() if chance >= 0.5}
    encoded(found)


def test_an_embedder_is_asked_only_where_the_lexica_are_unsure(made: Made, reader: Reader) -> None:
    meaning = Meaning()
    examples = made(100)
    features = featured([one.reading for one in examples], reader, meaning, every=True)
    assert len(meaning.asked) == 100
    model = learn(examples, features, embedder=meaning.name)
    meaning.asked.clear()
    trained = Reader(revisers=[Trained(model, reader, meaning)])
    sure = "Uitstekend geholpen, geweldige service, heel snel geleverd, top!"
    assert reader.read(sure).confidence > 0.5
    trained.read_all([sure, "plimmig hier met de snib", "Le colis n'est jamais arrivé"])
    assert meaning.asked == ["plimmig hier met de snib"]
    alone = Reader(
        revisers=[Trained(learn(examples, featured([e.reading for e in examples], reader)), reader, meaning)]
    )
    alone.read("plimmig hier met de snib")
    assert len(meaning.asked) == 1


def test_the_fit_is_the_minimum() -> None:
    """Against the closed form of one column: the slope of the penalised loss is 0 at the answer."""
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(60, 3))
    wanted = (rows[:, 0] + draw.normal(size=60) > 0).astype(float)[:, None]
    weights = draw.uniform(0.5, 2, 60)
    found = fitting.fit(csr_matrix(rows), wanted, 0.7, weights)
    error = (fitting.chances(rows @ found[:-1] + found[-1]) - wanted) * weights[:, None]
    assert rows.T @ error + 0.7 * found[:-1] == pytest.approx(np.zeros((3, 1)), abs=2e-3)
    assert error.sum() == pytest.approx(0, abs=2e-3)
    prior = np.array([[2.0], [-1.0], [0.0]])
    found = fitting.fit(csr_matrix(rows), wanted, 0.7, weights, prior)
    error = (fitting.chances(rows @ found[:-1] + found[-1]) - wanted) * weights[:, None]
    assert rows.T @ error + 0.7 * (found[:-1] - prior) == pytest.approx(np.zeros((3, 1)), abs=2e-3)
    classes = np.eye(3)[draw.integers(0, 3, 60)]
    found = fitting.fit(csr_matrix(rows), classes, 0.7)
    error = fitting.chances(rows @ found[:-1] + found[-1]) - classes
    assert rows.T @ error + 0.7 * found[:-1] == pytest.approx(np.zeros((3, 3)), abs=2e-3)


def test_pieces_are_the_same_on_every_machine() -> None:
    places, amounts = pieces.counted("Te laat, te laat!")
    assert list(places) == sorted(set(places))
    assert int(places.sum()) == SUM_OF_PLACES
    assert amounts.max() == pytest.approx(1 + np.log(2))
    assert pieces.words("Op 12-03 Vóór [order]") == ["op", "0", "-", "0", "vóór", "[order]"]
    assert [len(part) for part in pieces.counted("")] == [0, 0]


SUM_OF_PLACES = 1_137_502


@given(st.text(max_size=60))
def test_any_text_has_its_features(text: str) -> None:
    row = known(READER.read(text), READER)
    assert row.shape == (len(COLUMNS),)
    assert np.isfinite(row).all()
    places, amounts = pieces.counted(text)
    assert len(places) == len(amounts) == len(set(places.tolist()))


READER = Reader()


def test_people_come_before_stars_and_stars_before_the_lexica(reader: Reader) -> None:
    reading = reader.read("Uitstekend geholpen, heel snel geleverd, geweldig!")
    [lexicon] = pseudo([reading])
    stars = Example(reading, Label("", reading.text, starred(-1)), "stars")
    person = Example(reading, Label("", reading.text, None, None, ("delivery",)), "person")
    assert lexicon.label.polarity == "positive"
    assert [one.label.polarity for one in joined([stars, lexicon])] == ["negative"]
    [both] = joined([person, stars, lexicon])
    assert (both.label.polarity, both.label.topics, both.source) == ("negative", ("delivery",), "person")
    assert [starred(value) for value in (1, 0.5, 0.4, 0, -0.5)] == [
        "positive", "positive", "neutral", "neutral", "negative",
    ]  # fmt: skip
    assert pseudo([reader.read("Hallo"), reader.read("Le colis n'est jamais arrivé")]) == []


def test_figures_are_what_books_say() -> None:
    assert Share(8, 10).interval == pytest.approx((0.4901625, 0.9433178), abs=1e-6)
    assert Share(0, 0).value is None
    assert Share(0, 0).interval == (0.0, 1.0)
    true, said = [{"a"}, {"a", "b"}, set()], [{"a"}, {"a"}, {"b"}]
    assert figures.micro(true, said) == pytest.approx(2 * 2 / 6)
    [a, b] = figures.by_label(true, said, ["a", "b", "c"])
    assert (a.precision, a.recall, b.precision, b.recall) == (
        Share(2, 2),
        Share(2, 2),
        Share(0, 1),
        Share(0, 1),
    )
    assert figures.macro([a, b]) == pytest.approx(0.5)
    assert figures.auc([True, True, False, False], [0.9, 0.5, 0.5, 0.1]) == pytest.approx(3.5 / 4)
    assert figures.auc([True], [1.0]) is None


def test_a_model_is_kept_and_found_again_to_the_last_digit(
    made: Made, reader: Reader, tmp_path: Path
) -> None:
    examples = made(60)
    model, report = _learnt(examples, reader)
    mark = storing.store(tmp_path, model, report, {"people": 60})
    assert storing.load(tmp_path) is None
    assert storing.accept(tmp_path) == mark
    found = storing.load(tmp_path)
    assert found is not None
    features = featured([one.reading for one in examples[:5]], reader)
    for one in features:
        for name, chances in model.chances(one).items():
            assert found.chances(one)[name] == pytest.approx(chances, abs=2e-3)  # rarity rests in 16 bits
    assert found.thresholds == model.thresholds
    about = storing.described(tmp_path, storing.ACCEPTED)
    assert about is not None
    assert about["report"]["polarity"]["texts"] == 60
    assert sorted(path.name for path in (tmp_path / "reader").iterdir()) == [f"{mark}.npz", "model.json"]
    assert storing.drop(tmp_path)
    assert list((tmp_path / "reader").iterdir()) == []
    assert not storing.drop(tmp_path)


def test_a_new_candidate_leaves_the_model_in_use_alone(made: Made, reader: Reader, tmp_path: Path) -> None:
    first = storing.store(tmp_path, *_learnt(made(60), reader), {})
    storing.accept(tmp_path)
    second = storing.store(tmp_path, *_learnt(made(60, seed=2), reader), {})
    about = storing.described(tmp_path, storing.ACCEPTED)
    assert about is not None
    assert about["fingerprint"] == first != second
    assert {path.stem for path in (tmp_path / "reader").glob("*.npz")} == {first, second}


def test_what_was_tampered_with_is_not_used(made: Made, reader: Reader, tmp_path: Path) -> None:
    mark = storing.store(tmp_path, *_learnt(made(60), reader), {})
    weights, about = tmp_path / "reader" / f"{mark}.npz", tmp_path / "reader" / "candidate.json"
    good, whole = weights.read_bytes(), json.loads(about.read_text("utf-8"))
    for damage in (lambda: weights.write_bytes(good[:-10]), weights.unlink):
        damage()
        with pytest.raises(UsageError, match="model-damaged"):
            storing.accept(tmp_path)
        weights.write_bytes(good)
    for change, code in (
        ({"thresholds": {"mechanisms": 0.0, "topics": 0.0}}, "model-damaged"),
        ({"columns": "0"}, "model-outdated"),
        ({"fingerprint": 7}, "model-damaged"),
        ({"fingerprint": "../../etc/passwd"}, "model-damaged"),
    ):
        about.write_text(json.dumps({**whole, **change}), "utf-8")
        with pytest.raises(UsageError, match=code):
            storing.accept(tmp_path)
    about.write_text("{", "utf-8")
    with pytest.raises(UsageError, match="model-damaged"):
        storing.accept(tmp_path)
    with pytest.raises(UsageError, match="candidate-missing"):
        storing.accept(tmp_path / "reader")


def test_pickles_are_refused(made: Made, reader: Reader, tmp_path: Path) -> None:
    mark = storing.store(tmp_path, *_learnt(made(60), reader), {})
    about = tmp_path / "reader" / "candidate.json"
    whole = json.loads(about.read_text("utf-8"))
    weights = tmp_path / "reader" / "bad.npz"
    np.savez(weights, scale=np.array([{"code": 1}], dtype=object))
    stored = {key: whole[key] for key in ("form", "columns", "embedder", "thresholds", "heads", "meant")}
    whole["fingerprint"] = storing._fingerprint(weights.read_bytes(), stored)
    weights.rename(weights.with_name(f"{whole['fingerprint']}.npz"))
    about.write_text(json.dumps(whole), "utf-8")
    assert mark != whole["fingerprint"]
    with pytest.raises(UsageError, match="model-damaged"):
        storing.accept(tmp_path)


def test_texts_worth_a_label_are_of_all_kinds_and_each_once(reader: Reader) -> None:
    texts = [
        *(("Geweldig, top, uitstekend geholpen en snel geleverd hoor!", "shop"),) * 3,
        *((f"Ik heb het pakket op dag {n} via de buren gekregen toen", "shop") for n in range(9)),
        ("Die Lieferung kam dann am Dienstag bei meiner Nachbarin an", "shop"),
        ("Ik heb toen met iemand van de winkel gesproken hierover", "service"),
        ("Le colis n'est jamais arrivé", "shop"),
        ("x " * 400, "shop"),
    ]
    found = chosen([Open(reader.read(text), group) for text, group in texts], 5)
    assert len(found) == 5
    assert {(one.reading.language, one.group) for one in found} == {
        ("nl", "shop"),
        ("de", "shop"),
        ("nl", "service"),
    }
    everything = chosen([Open(reader.read(text), group) for text, group in texts], 99)
    assert len(everything) == 12
    assert doubt(everything[-1].reading) < doubt(everything[0].reading)
    assert doubt(Reading("nl", "", 0.0, 0.0, 0, (), "ok")) < 0.2


def test_too_few_labels_of_a_kind_are_not_learnt(made: Made, reader: Reader) -> None:
    examples = made(40)
    rare = [
        replace(one, label=replace(one.label, topics=("loyalty",) if number < 3 else ("delivery",)))
        for number, one in enumerate(examples)
    ]
    model = learn(rare, featured([one.reading for one in rare], reader))
    assert "topics" not in model.heads
    assert set(model.heads["mechanisms"].classes) == {"ability", "reliability"}


def test_a_draw_at_random_takes_texts_as_often_as_they_are_written(reader: Reader) -> None:
    often = [Open(reader.read("Dat is altijd weer hetzelfde."))] * 900
    words = [f"{first}{second}ig" for first in ["blom", "drok", "smel", "tran", "wub"] for second in "aeiou"]
    texts = [*often, *(Open(reader.read(f"Dat is nu een heel {word} ding.")) for word in words)]
    assert digest(drawn(texts, 1)[0].reading.text) == digest(often[0].reading.text)
    found = drawn(texts, len(words))
    assert len({one.reading.text for one in found}) == len(found)
    assert drawn(texts[::-1], 7) == found[:7]
    assert drawn([Open(reader.read("12345"))], 5) == [], "what is not read tells nothing of the reader"
