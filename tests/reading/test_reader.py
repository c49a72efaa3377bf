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


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Not a single complaint in 12 years."),
        ("en", "Not one issue since we joined"),
        ("de", "Nicht eine Beschwerde in zehn Jahren."),
        ("de", "Nicht ein einziges Mal Ärger gehabt."),
        ("nl", "Niet één klacht in al die jaren."),
        ("en", "I switched from another insurer because they were terrible; here it is so much better."),
        ("nl", "Mijn vorige bank was waardeloos; hier is alles goed geregeld."),
        ("de", "Mein alter Versicherer war schrecklich; hier ist alles super."),
        ("en", "I wish I had switched sooner, best insurer ever."),
        ("de", "Hätte ich nur früher gewechselt!"),
    ],
)
def test_praise_told_by_what_never_happened_or_was_elsewhere(
    reader: Reader, language: str, text: str
) -> None:
    assert reader.read(text, language=language).polarity == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Ich möchte gern wissen, ob es diesen Artikel auch in Blau gibt."),
        ("de", "Würden Sie mir bitte mitteilen, wann es kommt? Ich wüsste es gern."),
        ("de", "Wären Sie so nett, mir das Formular zu schicken?"),
        ("en", "Please be so kind to send me the form."),
        ("en", "I would love to know when my claim is paid"),
        ("en", "Would you be so kind as to call me?"),
        ("nl", "Kunt u mij vriendelijk helpen met mijn adreswijziging?"),
        ("nl", "Zou u zo vriendelijk willen zijn mij te bellen?"),
        ("en", "I cancelled my policy because I sold the car."),
        ("de", "Bin mit 80 gestürzt und habe mir die Hüfte gebrochen."),
        ("de", "Der Hund hat das Sofa zerstört, ist das versichert?"),
        ("de", "Nach einem Unfall ist mein Rad beschädigt."),
        ("en", "My roof was damaged in the storm, photos attached."),
        ("en", "I slipped on the ice and broke my wrist."),
        ("nl", "Mijn kelder staat onder water, alles is kapot"),
        ("nl", "Bij een ongeval is mijn bril gebroken."),
        ("en", "A drunk driver hit my parked car."),
    ],
)
def test_requests_and_what_befell_the_customer_are_no_verdict(
    reader: Reader, language: str, text: str
) -> None:
    reading = reader.read(text, language=language)
    assert (reading.polarity, reading.statements) == (0, ())


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Would I recommend them? Not in a million years."),
        ("nl", "Zou ik ze aanraden? Nee."),
        ("de", "Bin ich zufrieden? Nein, überhaupt nicht."),
        ("en", "Great, another automated reply."),
        ("nl", "Top geregeld hoor, alweer een brief naar het verkeerde adres"),
        ("de", "Super, schon wieder eine falsche Rechnung"),
        ("en", "The only thing they are quick at is taking your money."),
        ("nl", "Snel zijn ze alleen met incasseren."),
        ("en", "I wish I had never switched to them."),
        ("nl", "Was ik maar nooit overgestapt."),
        ("de", "Die zahlen nie, wenn es drauf ankommt"),
        ("nl", "Ze betalen nooit uit"),
        ("en", "They never pay"),
        ("nl", "Ze wijzen gewoon alles af"),
        ("de", "Beiträge rauf, Leistung runter"),
        ("nl", "De premie is laag, maar je krijgt er ook niks voor"),
        ("en", "Premiums up, cover down."),
        ("de", "Man muss schon Anwalt sein, um die Bedingungen zu verstehen"),
        ("nl", "Je moet jurist zijn om deze polis te begrijpen"),
        ("de", "Davon hat der Vertreter kein Wort gesagt"),
        ("de", "Wenn man sie braucht, sind sie nicht da"),
        ("nl", "Als je ze nodig hebt zijn ze er niet"),
        ("nl", "Mijn moeder is overleden en jullie sturen haar nog steeds rekeningen"),
        ("en", "Renewal quote nearly doubled"),
        ("en", "The app kept logging me out"),
        ("en", "The phone was broken when it arrived."),
    ],
)
def test_complaints_without_a_judging_word_are_heard(reader: Reader, language: str, text: str) -> None:
    assert reader.read(text, language=language).polarity == -1


@pytest.mark.parametrize(
    ("language", "text", "topics"),
    [
        ("en", "Great insurer", {"product"}),
        ("nl", "Goede verzekeraar", {"product"}),
        ("de", "Die Versicherung ist teuer", {"price"}),
        ("en", "They rejected my insurance claim, terrible", {"claim"}),
        ("nl", "Ze geven niet thuis", {"service"}),
        ("nl", "Ik word van de ene naar de andere afdeling gestuurd", {"service"}),
        ("en", "Thanks for nothing", {"service"}),
    ],
)
def test_a_topic_is_what_is_spoken_of(reader: Reader, language: str, text: str, topics: set[str]) -> None:
    assert {one.topic for one in reader.read(text, language=language).statements} == topics


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
