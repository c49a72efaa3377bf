"""How far words reach, on a lexicon of its own: what ships may change, this may not."""

import pytest

from troth.reading.lexicon import Compiled, matches, parse
from troth.reading.scope import findings, sentences
from troth.reading.tokens import TOKEN

FILES = {
    "nl": {
        "polarity": '"+2": [goed, "tevreden*", werkt, "vriendelijk*"]\n"-2": [slecht, "problem*", duur]\n'
        '"0": [niet alleen]',
        "modifiers": "negators: [niet, geen, nooit]\nintensifiers: [heel]\ndiminishers: [beetje]\n"
        "contrasts: [maar]\nwishes: [zou]\nconditions: [als]\nironies: [lekker dan]\nenders: [en, want]",
    },
    "de": {
        "polarity": '"+2": [gut, gefällt, zufrieden, toll]\n"-2": [schlecht, "problem*", teuer]',
        "modifiers": "negators: [nicht, keine, nie]\nintensifiers: [sehr]\ncontrasts: [aber]\n"
        "wishes: [hätte]\nironies: [na toll]\nenders: [und]",
    },
    "en": {
        "polarity": '"+2": [good, works, recommend]\n"-2": [bad, "problem*", expensive]',
        "modifiers": "negators: [not, no, never, isn't]\nintensifiers: [very]\ncontrasts: [but]\n"
        "wishes: [would]\nconditions: [if]\nenders: [and]",
    },
}  # fmt: skip


def values(language: str, text: str) -> list[float]:
    files = FILES[language]
    lexicon = Compiled(
        [e for purpose, yaml in files.items() for e in parse(yaml, purpose, language)], language
    )
    words = [lexicon[token] for token in TOKEN.findall(text)]
    told: list[float] = []
    for sentence in sentences(words, matches(words)):
        told += [one.value for one in findings(sentence, words, 0, backward=language != "en")]
    return told


@pytest.mark.parametrize(
    ("language", "text", "signs"),
    [
        ("nl", "Dat is niet goed", "-"),
        ("nl", "Werkt niet", "-"),
        ("nl", "Het werkt helaas nog steeds niet", "-"),
        ("nl", "Niet heel erg tevreden", "-"),
        ("nl", "Geen problemen", "+"),
        ("nl", "Niet duur, goed", "++"),
        ("nl", "Niet duur en goed", "++"),
        ("nl", "Tevreden, geen problemen", "++"),
        ("nl", "Tevreden en geen problemen", "++"),
        ("nl", "niet alleen goed", "+"),
        ("nl", "Goed, maar niet vriendelijk", "+-"),
        ("nl", "nooit problemen, niet slecht", "++"),
        ("de", "Das gefällt mir nicht", "-"),
        ("de", "Gefällt mir nicht. Gut!", "-+"),
        ("de", "nicht gut", "-"),
        ("de", "War nicht zufrieden und teuer", "--"),
        ("de", "Keine Probleme, sehr gut", "++"),
        ("de", "gut, keine Frage", "+"),
        ("de", "Na toll, gut gemacht", "--"),
        ("en", "This is not a very good shop", "-"),
        ("en", "No problems", "+"),
        ("en", "It works not", "+"),
        ("en", "never bad and good", "++"),
        ("en", "It isn't expensive but bad", "+-"),
    ],
)  # fmt: skip
def test_a_negation_reaches_as_far_as_it_should(language: str, text: str, signs: str) -> None:
    assert "".join("+" if value > 0 else "-" for value in values(language, text)) == signs


def test_a_negation_reaches_only_some_words() -> None:
    far = "niet een twee drie vier vijf zes goed"
    assert values("nl", far) == [2.0]


def test_words_strengthen_and_weaken() -> None:
    (plain,), (more,), (less,) = values("nl", "goed"), values("nl", "heel goed"), values("nl", "beetje goed")
    assert less < plain < more


def test_capitals_and_exclamation_marks_are_loud() -> None:
    (plain,), (loud,), (louder,) = values("en", "good"), values("en", "GOOD"), values("en", "good!!!")
    assert plain < loud
    assert plain < louder


def test_after_but_counts_more_than_before() -> None:
    before, after = values("en", "good but bad")
    assert abs(after) > abs(before)


def test_a_wish_was_not_lived() -> None:
    assert values("nl", "zou goed zijn")[0] < 0
    assert values("nl", "zou niet goed zijn") == values("nl", "niet goed")


def test_a_question_and_a_condition_count_less() -> None:
    assert 0 < values("en", "Is it good?")[0] < 2
    assert 0 < values("en", "if it works")[0] < 2


def test_irony_turns_praise() -> None:
    assert all(value < 0 for value in values("nl", "Lekker dan, goed geregeld"))
