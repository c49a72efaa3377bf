"""What is supposed of an opinion that does not say what it is about."""

import pytest

from troth.reading import Reader, Reading, Statement, decoded, encoded
from troth.reading.labels import Label, Said, corrected, digest
from troth.reading.supposing import HOME, LESS_SURE, USUAL, seen, supposed
from troth.vocabulary import MECHANISM_IDS, TOPICS


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def told(reading: Reading) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.topic, one.mechanism, one.supposed) for one in reading.statements]


def test_every_topic_has_its_usual_mechanism() -> None:
    assert set(USUAL) == set(TOPICS)
    assert {*USUAL.values(), *HOME} <= set(MECHANISM_IDS)
    assert set(HOME.values()) <= set(TOPICS)


@pytest.mark.parametrize(
    ("text", "topic", "mechanism", "parts"),
    [
        ("The delivery was awful.", "delivery", "reliability", ("mechanism",)),
        ("Die Rechnung war eine Katastrophe.", "invoice", "clarity", ("mechanism",)),
        ("They were so kind.", "service", "benevolence", ("topic",)),
        ("Geweldig!", "product", "ability", ("topic", "mechanism")),
        ("De bezorging was te laat.", "delivery", "reliability", ()),
    ],
)
def test_the_usual_stands_in_for_what_no_word_shows(
    reader: Reader, text: str, topic: str, mechanism: str, parts: tuple[str, ...]
) -> None:
    assert told(reader.read(text)) == [(topic, mechanism, parts)]


def test_what_is_supposed_is_less_sure_and_proved_by_words(reader: Reader) -> None:
    (one,) = reader.read("Geweldig!").statements
    assert len(one.spans) == 1
    assert one.confidence == pytest.approx(seen(one).confidence * LESS_SURE**2)


def test_a_bare_verdict_belongs_to_what_the_text_speaks_of(reader: Reader) -> None:
    reading = reader.read("De bezorging was te laat. Wat een ramp!")
    assert ("delivery", "reliability", ("topic", "mechanism")) in told(reading)
    reading = reader.read("De bezorging was te laat. Geweldig boekje, echt prachtig!")
    assert all(topic != "delivery" for topic, _m, parts in told(reading) if "topic" in parts)


def test_a_stored_reading_keeps_apart_what_is_supposed() -> None:
    parts = [("loyalty", ""), ("", "familiarity"), ("", ""), ("loyalty", "clarity")]
    statements = tuple(supposed(Statement(topic, mechanism, -0.5, 0.25, 1.0)) for topic, mechanism in parts)
    stored = encoded(Reading("nl", "", -0.5, 0.5, -1, statements))
    assert [stored[place : place + 3] for place in (16, 32, 48, 64)] == ["h19", "7-t", "f-e", "919"]
    assert decoded(stored).statements == statements


def test_a_persons_word_goes_before_what_is_supposed(reader: Reader) -> None:
    reading = reader.read("The delivery was awful.")
    key = digest(reading.text)
    mechanism = corrected(reading, Label(key, mechanisms=(Said("clarity", -1),)))
    assert told(mechanism) == [("delivery", "clarity", ())]
    none = corrected(reader.read("Vreselijk."), Label(key, topics=()))
    assert told(none) == [("", "ability", ("mechanism",))]
    polarity = corrected(reading, Label(key, polarity="negative"))
    assert told(polarity) == [("delivery", "reliability", ("mechanism",))]


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Die Verspätung war ärgerlich.", "outage"),
        ("Das Paket kam mit Verspätung, sehr ärgerlich.", "delivery"),
        ("Der Zug kam zu spät.", "outage"),
        ("Der Zug war schmutzig.", "product"),
        ("Ik zat in de trein. Te laat natuurlijk.", "outage"),
        ("We took the train. It was filthy.", "product"),
    ],
)
def test_a_journey_that_fails_its_timetable_is_an_outage(reader: Reader, text: str, topic: str) -> None:
    assert {one.topic for one in reader.read(text).statements} == {topic}


@pytest.mark.parametrize(
    ("text", "topic", "mechanism", "parts"),
    [
        ("Ik kreeg een factuur. Totaal onduidelijk.", "invoice", "clarity", ("topic",)),
        ("About your app. It keeps crashing.", "app", "ability", ("topic",)),
        ("Ihre Rechnung liegt vor mir. Schrecklich!", "invoice", "clarity", ("topic", "mechanism")),
    ],
)
def test_what_names_no_topic_belongs_to_the_one_before(
    reader: Reader, text: str, topic: str, mechanism: str, parts: tuple[str, ...]
) -> None:
    assert told(reader.read(text)) == [(topic, mechanism, parts)]


def test_a_text_that_judges_nothing_mentions_its_topics(reader: Reader) -> None:
    reading = reader.read("Waar vind ik de factuur van mijn bestelling en het retourlabel?")
    assert (reading.statements, reading.mentions) == ((), ("invoice", "order"))
    assert reader.read("De factuur was onduidelijk.").mentions == ()
    assert encoded(reading)[15] == "0"
