import base64
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.errors import TrothError
from troth.reading import Reader, Reading, Statement, decoded, encoded
from troth.reading.encoding import WIDTH
from troth.reading.lexicon import parse

WORDS = st.lists(st.sampled_from([
    "niet", "goed", "slecht", "!", "?", "nicht", "gut", "aber", "but", "not", "good", "😀", ":(", "\n", "<b>",
    "&amp;", ">", "@x", "te laat", "SUPER", "sooooo", "pakket", "Op ma schreef x:", "[name]", "\x00",
    "\ud800", "a" * 80, "1.000,00", "…", "...", "-",
])).map(" ".join)  # fmt: skip


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize(
    ("text", "why_not"),
    [
        ("", "empty"),
        (" \n\t ", "empty"),
        ("\x00\x00", "empty"),
        ("\ud800\udfff", "empty"),
        ("12345 --- 42", "wordless"),
        ("Le colis n'est jamais arrivé, je ne suis pas content.", "language"),
        ("Товар пришёл вовремя", "script"),
    ],
)
def test_what_cannot_be_read_is_said(reader: Reader, text: str, why_not: str) -> None:
    reading = reader.read(text)
    assert (reading.why_not, reading.valence, reading.confidence, reading.statements) == (
        why_not,
        0.0,
        0.0,
        (),
    )


def test_a_statement_is_proved_by_words(reader: Reader) -> None:
    reading = reader.read("De bezorging was te laat, maar de medewerker was vriendelijk.")
    said = {(one.topic, one.mechanism): one for one in reading.statements}
    late = said["delivery", "reliability"]
    assert late.valence < 0
    assert [reading.text[span.begin : span.end] for span in late.spans] == ["bezorging", "te", "laat"]
    assert said["service", "benevolence"].valence > 0
    assert sum(one.share for one in reading.statements) == pytest.approx(1)


def test_emoji_alone_say_how_it_was(reader: Reader) -> None:
    good, bad = reader.read("😍👍"), reader.read("😡😡")
    assert (good.polarity, good.language, good.why_not) == (1, "", "")
    assert bad.polarity == -1


def test_quoted_words_are_not_the_customers(reader: Reader) -> None:
    reading = reader.read(
        "Danke, alles gut!\n\nAm 1.2. schrieb der Laden:\n> furchtbar schlecht, Katastrophe"
    )
    assert reading.polarity == 1


def test_markup_and_code_are_read_through(reader: Reader) -> None:
    assert reader.read("<p>Sehr <b>schlecht</b>e Ware, das war nicht gut</p>").polarity == -1
    packed = base64.b64encode(b"The staff was rude and the food was horrible.").decode()
    assert reader.read(packed).polarity == -1


def test_a_megabyte_is_cut_and_read_in_time(reader: Reader) -> None:
    for text in (
        "Het was slecht. " * 65_000,
        "<" * 1_000_000,
        "a" * 1_000_000,
        "> " * 500_000,
        "\n" * 1_000_000,
    ):
        begun = time.process_time()
        reading = reader.read(text)
        assert reading.cut
        assert time.process_time() - begun < 2


def test_stars_and_words_are_one(reader: Reader) -> None:
    bad = reader.read("Waardeloos, nooit meer, verschrikkelijk slecht", stars=1.0)
    assert bad.contradicts
    agreed = reader.read("Waardeloos, nooit meer, verschrikkelijk slecht", stars=-1.0)
    assert not agreed.contradicts
    assert agreed.valence < -0.7
    silent = reader.read("Het is een boek over de zee", stars=-1.0)
    assert silent.polarity == -1


def test_own_words_are_read(reader: Reader) -> None:
    own = Reader({"nl": parse("delivery: [fietskoerier]", "topics", "nl")})
    text = "De fietskoerier was echt heel erg slecht"
    assert [one.topic for one in own.read(text).statements] == ["delivery"]
    assert [one.seen_topic for one in reader.read(text).statements] == [""]


def test_a_stored_reading_comes_back_but_for_its_spans() -> None:
    said = tuple(
        Statement(t, m, v, 0.5, 0.25) for t, m, v in [("delivery", "reliability", -0.655), ("", "", 1.0)]
    )
    reading = Reading("nl", "", -1.0, 0.83, -1, said, contradicts=True)
    text = encoded(reading)
    assert text == "1nl.--10000830!2609-065505000250---+100005000250"
    assert decoded(text) == reading


@pytest.mark.parametrize(
    "text", ["", "x", "2nl.++05120830.0", "1nl.++05120830.1", "1nl?++05120830.0", "1nl.+abcd0830.0"]
)
def test_a_damaged_reading_is_told(text: str) -> None:
    with pytest.raises(TrothError, match="damaged"):
        decoded(text)


@given(st.one_of(st.text(), WORDS), st.none() | st.floats(-1, 1))
def test_any_text_can_be_read(text: str, stars: float | None) -> None:
    reading = Reader().read(text, stars)
    assert -1 <= reading.valence <= 1
    assert 0 <= reading.confidence <= 1
    assert len(reading.statements) <= 8
    for one in reading.statements:
        assert -1 <= one.valence <= 1
        assert 0 <= one.share <= 1
        for span in one.spans:
            assert 0 <= span.begin < span.end <= len(reading.text)
    stored = encoded(reading)
    assert len(stored) == WIDTH * (1 + len(reading.statements))
    assert encoded(decoded(stored)) == stored
