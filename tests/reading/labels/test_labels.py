import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.errors import UsageError
from troth.reading import Reader, encoded, masked
from troth.reading.assembling import assembled
from troth.reading.labels import (
    Corrections,
    Label,
    Said,
    corrected,
    damaged,
    demand_sound,
    digest,
    forget,
    keep,
    kept,
    load,
    said,
)
from troth.reading.labels.label import POLARITIES
from troth.reading.reading import MAX_STATEMENTS
from troth.reading.topics import TOPICS
from troth.vocabulary import MECHANISM_IDS

NOW = dt.datetime(2026, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
IRONY = "Na prima, schon wieder drei Wochen auf das Paket gewartet. Danke auch."
MIXED = "De bezorging was te laat, maar de medewerker was vriendelijk."

labels = st.builds(
    Label,
    st.just("x"),
    polarity=st.none() | st.sampled_from(POLARITIES),
    mechanisms=st.none()
    | st.lists(
        st.builds(Said, st.sampled_from(MECHANISM_IDS), st.sampled_from((1, -1))), max_size=4, unique=True
    ).map(tuple),
    topics=st.none() | st.lists(st.sampled_from(TOPICS), max_size=3, unique=True).map(tuple),
)


def _label(text: str, **answers: str) -> Label:
    return Label(digest(text), text, *said(answers))


def test_answers_are_words_with_signs() -> None:
    answers = said({"polarity": "Negative", "mechanisms": "reliability-, clarity+", "topics": ["delivery"]})
    assert answers == ("negative", (Said("reliability", -1), Said("clarity", 1)), ("delivery",))
    assert said({"mechanisms": "none", "topics": []}) == (None, (), ())
    assert said({"mechanisms": "reliability−"}) == (None, (Said("reliability", -1),), None)


@pytest.mark.parametrize(
    ("answers", "code", "hint"),
    [
        ({"polarity": "good"}, "label-unknown", ""),
        ({"mechanisms": "relability-"}, "label-unknown", "Did you mean reliability?"),
        ({"mechanisms": "reliability"}, "label-unsigned", "Write reliability+ or reliability-."),
        ({"topics": "delivry"}, "label-unknown", "Did you mean delivery?"),
    ],
)
def test_unknown_words_are_refused(answers: dict[str, str], code: str, hint: str) -> None:
    with pytest.raises(UsageError) as caught:
        said(answers, "labels.csv, row 3")
    assert (caught.value.code, caught.value.hint, caught.value.where) == (code, hint, "labels.csv, row 3")


def test_the_last_label_of_a_text_counts(tmp_path: Path) -> None:
    for polarity in ("positive", "negative"):
        keep(tmp_path, _label(IRONY, polarity=polarity), NOW)
    keep(tmp_path, _label(MIXED, topics="delivery"), NOW)
    assert kept(tmp_path) == [_label(IRONY, polarity="negative"), _label(MIXED, topics="delivery")]
    assert len((tmp_path / "labels.ndjson").read_text("utf-8").splitlines()) == 3
    assert (tmp_path / "labels.ndjson").stat().st_mode & 0o077 == 0


DAMAGE = [
    (b'{"digest": "ab', "This line is no label."),
    (b"\xff\xfe\x00", "This line is no label."),
    (b"[" * 100_000, "This line is no label."),
    (b'{"digest": "\xe9"}', "This line is no label."),
    (b'{"digest": "ab", "mechanisms": ["relability-"]}', "“relability” is not known."),
    (b'["digest"]', "This line is no label."),
]


@pytest.mark.parametrize(("damage", "message"), DAMAGE)
def test_a_damaged_line_is_told_and_set_aside_and_the_others_are_used(
    tmp_path: Path, damage: bytes, message: str
) -> None:
    path = tmp_path / "labels.ndjson"
    path.write_bytes(damage)
    keep(tmp_path, _label(IRONY, polarity="negative"), NOW)
    keep(tmp_path, _label(MIXED, topics="delivery"), NOW)
    before = path.read_bytes()
    assert kept(tmp_path) == [_label(IRONY, polarity="negative"), _label(MIXED, topics="delivery")]
    [told] = damaged(tmp_path)
    assert (told.where, told.message) == (f"{path}:1", message)
    reader, _mark = assembled(tmp_path)
    assert reader.read(IRONY).by == "person"
    with pytest.raises(UsageError) as caught:
        demand_sound(tmp_path)
    assert caught.value.where == f"{path}:1"
    assert path.read_bytes() == before


@pytest.mark.parametrize(("damage", "_message"), DAMAGE)
def test_an_erasure_leaves_damaged_lines_of_others_as_they_are(
    tmp_path: Path, damage: bytes, _message: str
) -> None:
    keep(tmp_path, _label(IRONY, polarity="negative"), NOW)
    path = tmp_path / "labels.ndjson"
    path.write_bytes(path.read_bytes() + damage + b"\n")
    assert forget(tmp_path, [IRONY]) == 1
    assert path.read_bytes() == damage + b"\n"


@pytest.mark.parametrize(
    "line",
    [
        json.dumps({"digest": "torn", "text": IRONY})[:-12].encode(),
        json.dumps({"text": f"Vorher. {IRONY}"}).encode()[3:],
        json.dumps({"digest": digest(IRONY), "topics": ["delivry"]}).encode(),
        f'{{"digest": "{digest(IRONY)}", "te'.encode(),
        f"text: {IRONY}".encode("utf-16-le"),
        f"text: {IRONY}".upper().encode("latin-1"),
        b'{"digest": 7, "polarity": "bad", "text": "Na prima, schon wieder drei Wochen"',
    ],
)
def test_who_is_erased_leaves_no_part_of_a_text_in_a_damaged_line(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "labels.ndjson"
    path.write_bytes(line + b"\n" + b'{"text": "Paket da' + b"\n")
    keep(tmp_path, _label(MIXED, topics="delivery"), NOW)
    assert forget(tmp_path, ["Top!", IRONY]) == 1
    assert kept(tmp_path) == [_label(MIXED, topics="delivery")]
    assert [one.where for one in damaged(tmp_path)] == [f"{path}:1"]


def test_a_short_text_goes_where_it_stands_whole_and_nowhere_else(tmp_path: Path) -> None:
    path = tmp_path / "labels.ndjson"
    path.write_bytes(b'{"text": "Top!"\n{"text": "Stop! Top! Nee."\n')
    assert forget(tmp_path, ["Top!"]) == 1
    assert path.read_bytes() == b'{"text": "Stop! Top! Nee."\n'


def test_what_an_earlier_version_let_stand_is_masked_and_still_found(tmp_path: Path) -> None:
    text = "Mijn BSN is 111222333 en het pakket kwam te laat."
    keep(tmp_path, _label(text, polarity="negative"), NOW)
    [label] = kept(tmp_path)
    assert label.text == "Mijn BSN is [id] en het pakket kwam te laat."
    assert label.digest == digest(label.text)
    for rests in (text, masked(text)):
        keep(tmp_path, _label(text, polarity="negative"), NOW)
        assert forget(tmp_path, [rests]) >= 1
        assert (tmp_path / "labels.ndjson").read_bytes() == b""


def test_a_corrected_text_is_read_as_the_person_said_and_no_other_is() -> None:
    plain = Reader()
    text = plain.read(IRONY).text
    reader = Reader(revisers=[Corrections([_label(text, polarity="negative", mechanisms="reliability-")])])
    reading = reader.read(IRONY)
    assert (reading.polarity, reading.confidence, reading.by) == (-1, 1.0, "person")
    assert reading.valence < -0.5
    assert [(one.mechanism, one.valence < 0) for one in reading.statements] == [("reliability", True)]
    assert reader.read(MIXED) == plain.read(MIXED)
    assert reader.read_all([MIXED, IRONY]) == [reader.read(MIXED), reading]


def test_proof_that_is_known_stays_and_topics_move() -> None:
    reading = Reader().read(MIXED)
    found = corrected(reading, _label(reading.text, mechanisms="reliability-,benevolence+", topics="service"))
    assert {(one.topic, one.mechanism) for one in found.statements} == {
        ("service", "reliability"),
        ("service", "benevolence"),
    }
    late = next(one for one in found.statements if one.mechanism == "reliability")
    assert [reading.text[span.begin : span.end] for span in late.spans] == ["bezorging", "te", "laat"]


def test_a_verdict_alone_turns_statements_only_where_none_agrees() -> None:
    reading = Reader().read(MIXED)
    assert corrected(reading, _label("", polarity="negative")).statements == tuple(
        type(one)(one.topic, one.mechanism, one.valence, one.share, 1.0, one.spans)
        for one in reading.statements
    )
    good = Reader().read("Top geholpen, snelle levering.")
    turned = corrected(good, _label("", polarity="negative"))
    assert good.statements
    assert all(one.valence < 0 for one in turned.statements)
    assert len(turned.statements) == len(good.statements)
    assert corrected(good, _label("", polarity="neutral")).statements == ()


def test_what_a_text_without_a_verdict_is_about_is_for_the_person_to_say() -> None:
    reading = Reader().read("Wanneer komt de factuur voor mijn pakket?", language="nl")
    assert corrected(reading, _label("", topics="contract")).mentions == ("contract",)
    assert corrected(reading, _label("", polarity="neutral")).mentions == reading.mentions != ()
    judged = corrected(reading, _label("", polarity="negative", topics="contract"))
    assert judged.mentions == () != judged.statements


def test_a_text_in_another_language_is_read_by_its_label() -> None:
    reading = Reader().read("Le colis n'est jamais arrivé, je ne suis pas content.")
    found = corrected(reading, _label(reading.text, polarity="negative", topics="delivery"))
    assert (reading.why_not, found.why_not, found.language) == ("language", "", "fr")
    assert [(one.topic, one.valence < 0) for one in found.statements] == [("delivery", True)]


@given(labels, st.sampled_from([IRONY, MIXED, "", "Goed", "12", "Le colis n'est jamais arrivé", "slecht!"]))
def test_whatever_is_said_the_reading_is_whole(label: Label, text: str) -> None:
    found = corrected(Reader().read(text), label)
    assert -1 <= found.valence <= 1
    assert len(found.statements) <= MAX_STATEMENTS
    assert not found.statements or sum(one.share for one in found.statements) == pytest.approx(1)
    if label.mechanisms is not None:
        said_ = {Said(one.mechanism, 1 if one.valence > 0 else -1) for one in found.statements}
        assert said_ == set(label.mechanisms)
        if label.topics and found.statements:
            # a topic has its statement, as far as there is room
            assert len(found.statements) == MAX_STATEMENTS or {s.topic for s in found.statements} == set(
                label.topics
            )
    if label.sign is not None:
        assert found.polarity == label.sign
        assert (found.valence > 0) - (found.valence < 0) == label.sign
    encoded(found)


@given(label=labels)
def test_a_label_survives_its_file(label: Label, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("labels")
    keep(folder, label, NOW)
    assert kept(folder) == [label]


def test_files_of_labels_are_masked_and_say_what_is_wrong(tmp_path: Path) -> None:
    text = "Bel me op 0612345678, te laat bezorgd."
    (tmp_path / "a.csv").write_text(
        f'text,polarity,mechanisms,topics\n"{text}",negative,"reliability-,clarity-",\nx,,,\n', "utf-8"
    )
    [label] = load(tmp_path / "a.csv")
    assert label.text == "Bel me op [phone], te laat bezorgd."
    assert label.digest == digest(Reader().read(masked(text)).text)
    assert (label.mechanisms, label.topics) == ((Said("reliability", -1), Said("clarity", -1)), None)
    (tmp_path / "b.yaml").write_text(
        "- {record: r1, topics: [delivery]}\n- {record: r9, topics: []}\n", "utf-8"
    )
    with pytest.raises(UsageError) as caught:
        load(tmp_path / "b.yaml", {"r1": "Hoi"}.get)
    assert (caught.value.code, caught.value.where) == ("label-homeless", f"{tmp_path / 'b.yaml'}, row 2")
    (tmp_path / "c.ndjson").write_text(json.dumps({"text": "Hoi", "polarity": "neutral"}) + "\n{", "utf-8")
    with pytest.raises(UsageError, match="labels-unreadable"):
        load(tmp_path / "c.ndjson")
    (tmp_path / "d.json").write_text(json.dumps([{"text": "Hoi"}]), "utf-8")
    with pytest.raises(UsageError, match="This row is no label"):
        load(tmp_path / "d.json")
    (tmp_path / "e.yaml").write_text("- [", "utf-8")
    with pytest.raises(UsageError, match="labels-unreadable"):
        load(tmp_path / "e.yaml")


def test_labels_of_a_text_can_be_forgotten(tmp_path: Path) -> None:
    keep(tmp_path, _label(IRONY, polarity="negative"), NOW)
    keep(tmp_path, _label(MIXED, topics="delivery"), NOW)
    keep(tmp_path, _label(IRONY, polarity="positive"), NOW)
    assert forget(tmp_path, ["another"]) == 0
    assert forget(tmp_path, [IRONY]) == 2
    assert kept(tmp_path) == [_label(MIXED, topics="delivery")]
    assert "Paket" not in (tmp_path / "labels.ndjson").read_text("utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["labels.ndjson"]
    assert forget(tmp_path / "nowhere", [IRONY]) == 0


def test_a_label_says_whether_its_text_was_drawn_and_old_ones_were_picked(tmp_path: Path) -> None:
    drawn = Label(digest("Dat was heel goed."), "Dat was heel goed.", "positive", drawn=True)
    keep(tmp_path, drawn, NOW)
    keep(tmp_path, Label(digest("Dat was heel slecht."), "Dat was heel slecht.", "negative"), NOW)
    lines = [json.loads(line) for line in (tmp_path / "labels.ndjson").read_text("utf-8").splitlines()]
    assert [line.get("chosen") for line in lines] == ["random", None]
    assert [label.drawn for label in kept(tmp_path)] == [True, False]
    keep(tmp_path, Label(digest("Dat was heel goed."), "Dat was heel goed.", "negative"), NOW)
    assert [(label.polarity, label.drawn) for label in kept(tmp_path)] == [
        ("negative", True), ("negative", False),
    ]  # fmt: skip
    file = tmp_path / "filled.csv"
    file.write_text(
        "text,chosen,polarity\nDat was heel goed.,random,positive\nDat was heel slecht.,,positive\n", "utf-8"
    )
    assert [label.drawn for label in load(file)] == [True, False]
