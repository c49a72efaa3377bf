"""How far words reach, on a lexicon of its own: what ships may change, this may not."""

import pytest

from troth.reading import Reader
from troth.reading.lexicon import Compiled, Word, matches, parse
from troth.reading.reach import Finding
from troth.reading.scope import findings, sentences, toned
from troth.reading.tokens import TOKEN

FILES = {
    "nl": {
        "polarity": '"+2": [goed, "tevreden*", werkt, "vriendelijk*", bedankt, super, genieten, mooi]\n'
        '"-2": [slecht, "problem*", duur]\n'
        '"0": [niet alleen]',
        "modifiers": "negators: [niet, geen, nooit]\nintensifiers: [heel, super]\ndiminishers: [beetje]\n"
        "contrasts: [maar]\nwishes: [zou]\nconditions: [als]\nironies: [lekker dan]\nenders: [en, want]\n"
        "excesses: [te]\nconcessions: [hoewel, ondanks]\nonces: [vroeger]\nnows: [nu]\n"
        "absences: [ontbreekt, blijft uit]\nwhys: [waarom]\ncourtesies: [bedankt]\nreports: [schade melden]\n"
        "misfortunes: [stormschade]\ndamages: [kapot]\nrefusals: [nee]\nagains: [alweer]",
        "mechanisms": 'reputation: {good: [aanraden]}\nability: {bad: [kapot]}\n'
        'benevolence: {good: ["vriendelijk*"]}\nreliability: {good: [op tijd], bad: [te laat]}',
        "topics": "service: [bediening, ik]\nprice: [prijs]\nplace: [zaak]",
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


def told(language: str, text: str) -> list[Finding]:
    """All findings of a text."""
    files = FILES[language]
    lexicon = Compiled(
        [e for purpose, yaml in files.items() for e in parse(yaml, purpose, language)], language
    )
    words = [lexicon[token] for token in TOKEN.findall(text)]
    partings: list[tuple[int, Word]] = []
    parts = sentences(len(words), partings, matches(words, partings))
    some: list[list[Finding]] = []
    first = 0
    for sentence in parts:
        some.append(findings(sentence, words, first, backward=language != "en"))
        first += len(sentence.clauses)
    return [one for found in toned(parts, some) for one in found]


def values(language: str, text: str) -> list[float]:
    """The values of the words that count, each place once, without negations that reach nothing."""
    places = {one.match.places: one.value for one in told(language, text)
              if one.match.entry.valued or one.match.entry.name == "ironies"}  # fmt: skip
    return list(places.values())


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


@pytest.mark.parametrize(
    "text",
    [
        "Würde gerne wieder hier buchen",
        "I would love to come back",
        "Ik zou hier graag terugkomen",
        "Im Ernstfall waren sie sofort da",
    ],
)
def test_who_would_come_again_was_content(text: str) -> None:
    assert Reader().read(text).polarity == 1


def test_a_negation_right_behind_and_begins_something_new() -> None:
    assert Reader().read("Die Ware ist kaputt und niemand hat geantwortet").polarity == -1
    assert Reader().read("Kaputt war es nicht").polarity != -1


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


def test_what_is_not_bad_is_hardly_praise_and_proves_nothing() -> None:
    (one,) = told("nl", "niet slecht")
    assert 0 < one.value <= 0.3
    assert one.weak
    assert [(one.match.entry.name, one.weak) for one in told("nl", "niet te laat")] == [("reliability", True)]
    assert not any(one.weak for one in told("nl", "niet goed"))


def test_a_negation_that_reaches_nothing_is_slightly_bad() -> None:
    (one,) = told("nl", "Ze belden niet")
    assert -0.5 < one.value < 0
    assert one.weak


def test_lone_praise_beside_plainly_bad_is_damped() -> None:
    ironic, *bad = values("nl", "Super. Heel slecht en duur")
    assert all(value < 0 for value in bad)
    assert ironic < 1
    assert values("nl", "Super. Heel mooi en goed")[0] == 2
    assert values("nl", "De zaak was mooi. Heel slecht en duur")[0] == 2
    assert values("nl", "Super, maar duur")[0] > 1


def test_thanks_for_an_answer_are_no_praise() -> None:
    assert values("nl", "Kunt u mij bellen? Bedankt") == []
    assert values("nl", "U belde mij. Bedankt") == [2.0]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("De zaak is te mooi", "-"), ("Wij kwamen te genieten", "+"), ("Te ver, mooi", "+"),
        ("super slecht", "-"), ("super goed", "++"), ("super, slecht", "+-"),
        ("Ik zou het aanraden", "+"), ("Het zou mooi zijn", "-"), ("Dat zou jij aanraden", "-"),
        ("Vriendelijk personeel ontbreekt", "-"), ("Een goed woord blijft uit", "-"),
        ("Ontbreekt vandaag: goed", "+"),
    ],
)  # fmt: skip
def test_excess_strength_first_person_and_absence(text: str, signs: str) -> None:
    assert "".join("+" if value > 0 else "-" for value in values("nl", text)) == signs


def test_to_ask_why_is_a_complaint() -> None:
    (one,) = told("nl", "Waarom zit er een gat in?")
    assert one.value < 0
    assert one.weak
    assert told("nl", "Waarom er een gat in zit.") == []
    assert values("nl", "Waarom werkt het?") == [0.0]


def test_what_is_looked_for_and_not_found_is_no_praise() -> None:
    assert values("nl", "Als je goed wilt eten, ga dan niet hierheen")[0] < 0
    assert values("nl", "Als je goed wilt eten, ga dan hierheen")[0] > 0


def test_a_concession_weighs_less_than_the_rest() -> None:
    granted, meant = values("nl", "Hoewel het mooi is, slecht")
    assert 0 < granted < 2
    assert meant == -2
    assert values("nl", "Ondanks een mooi plein vond ik de zaak slecht")[1] == -2


def test_how_it_was_once_weighs_less_than_how_it_is_now() -> None:
    once, now = values("nl", "Vroeger goed, nu slecht")
    assert abs(now) > abs(once)
    assert values("nl", "Goed, nu slecht") == [2.0, -2.0]


def test_a_damage_that_is_reported_is_no_verdict() -> None:
    (plain,), (reported,) = values("nl", "Mijn fiets is kapot"), values("nl", "Schade melden, fiets kapot")
    assert plain < reported < 0


def test_damage_that_befell_the_customer_is_hardly_bad_and_proves_nothing() -> None:
    (befallen,) = {one.value for one in told("nl", "Stormschade, schutting kapot")}
    assert -0.5 < befallen < 0
    assert all(one.weak for one in told("nl", "Stormschade, schutting kapot"))
    assert values("nl", "Stormschade, slecht geholpen") == [-2.0]
    assert values("nl", "Schutting kapot") == [-2.0]


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Was het goed? Nee.", "-"), ("Was het goed? Nee, nooit!", "-"), ("Was het goed? Nooit.", "-"),
        ("Was het goed? Nee?", "+"), ("Was het goed. Nee.", "+"), ("Was het goed? Nee, super!", "++"),
        ("Was het goed? Nee, die trein gaat vandaag naar de andere kant", "+"),
        ("Was het goed? De trein. Nee.", "+"),
    ],
)  # fmt: skip
def test_a_bare_no_turns_the_praise_of_ones_own_question(text: str, signs: str) -> None:
    assert "".join("+" if value > 0 else "-" for value in values("nl", text)) == signs


def test_short_praise_right_before_one_more_bad_thing_is_irony() -> None:
    assert [value < 0 for value in values("nl", "Super hoor, alweer te laat")] == [True, True]
    assert values("nl", "Super hoor, alweer op tijd") == [2.0, 2.0]
    assert values("nl", "Super hoor, te laat")[0] == 2.0
    assert values("nl", "Super hoor, alweer te laat, mooi")[0] == 2.0


def test_a_word_behind_is_denied_in_all_that_it_tells() -> None:
    assert {one.value > 0 for one in told("nl", "Vriendelijk was hij niet")} == {False}


def test_a_topic_is_borrowed_only_where_it_is_not_used() -> None:
    reader = Reader()
    said = {
        one.seen_topic for one in reader.read("De bediening was fantastisch, afschuwelijk hard").statements
    }
    assert said == {"service", ""}
    (one,) = reader.read("Over de bediening, die was fantastisch").statements
    assert one.seen_topic == "service"
