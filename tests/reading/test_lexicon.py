import pytest

from troth.reading.lexicon import Compiled, LexiconError, Match, matches, packaged, parse
from troth.reading.tokens import TOKEN, sign


def lexicon(language: str, **files: str) -> Compiled:
    entries = [entry for purpose, text in files.items() for entry in parse(text, purpose, language)]
    return Compiled(entries, language)


def found(words: Compiled, text: str) -> list[tuple[str, str]]:
    tokens = TOKEN.findall(text)
    some: list[Match] = matches([words[token] for token in tokens], [])
    return [
        (" ".join(tokens[place] for place in one.places), f"{one.entry.name}{one.entry.value:+g}")
        for one in some
    ]


@pytest.mark.parametrize(
    ("text", "purpose", "line", "words"),
    [
        ('"+2": [good, Bad]', "polarity", 1, "lower case"),
        ('"+2":\n- good\n"+4":\n- x', "polarity", 3, "no key '+4'"),
        ('"+2":\n- good\n"-2":\n- good', "polarity", 4, "again, after line 2"),
        ('"+2":\n- *good', "polarity", 2, "not YAML"),
        ('"+2":\n- go*od', "polarity", 2, "can never match"),
        ('"+2":\n- … good', "polarity", 2, "no first or last word"),
        ("abilty:\n  good: [x]", "mechanisms", 1, "no key 'abilty'"),
        ("ability:\n  good:\n  - {great: 5}", "mechanisms", 3, "strength is 1, 2 or 3"),
        ("ability: [x]", "mechanisms", 1, "Keys are expected"),
        ("delivery: parcel", "topics", 1, "list of entries"),
        ("- a", "topics", 1, "Keys are expected"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_line(text: str, purpose: str, line: int, words: str) -> None:
    with pytest.raises(LexiconError) as caught:
        parse(text, purpose, "en", "en/x.yaml")
    where, message, _hint = caught.value.faults[0]
    assert where == f"en/x.yaml:{line}"
    assert words in message


def test_all_faults_are_told_at_once_with_hints() -> None:
    with pytest.raises(LexiconError) as caught:
        parse('"+2": [Good, a*b]\n"+22": []', "polarity", "en")
    assert len(caught.value.faults) == 3
    assert caught.value.where == "polarity.yaml:1"
    assert "+2" in str(caught.value)


@pytest.mark.parametrize("language", ["nl", "de", "en", "any"])
def test_the_lexica_that_ship_can_be_loaded(language: str) -> None:
    assert packaged(language)


def test_wildcards_stand_at_either_end() -> None:
    words = lexicon("nl", topics='service: ["klant*", "*dienst"]\ndelivery: ["*zorg*"]')
    assert found(words, "Klantenservice bezorging helpdienst dienstregeling") == [
        ("Klantenservice", "service+0"),
        ("bezorging", "delivery+0"),
        ("helpdienst", "service+0"),
    ]


def test_the_most_specific_entry_counts() -> None:
    words = lexicon(
        "nl", polarity='"+2": ["goed*", "niet slecht"]\n"0": [goedemorgen]\n"-2": [slecht, "goedkoop*"]'
    )
    assert found(words, "goedemorgen, goedkope goede niet slecht slecht") == [
        ("goedkope", "+2"),
        ("goede", "+2"),
        ("niet slecht", "+2"),
        ("slecht", "-2"),
    ]


def test_a_phrase_may_have_a_gap_but_not_over_a_sign() -> None:
    words = lexicon("de", polarity='"-2": [kam … nicht an]')
    assert found(words, "Es kam leider wieder nicht an") == [("kam nicht an", "-2")]
    assert found(words, "kam eins zwei drei vier nicht an") == []
    assert found(words, "Es kam, leider nicht an") == []


def test_a_star_alone_is_one_word_whichever() -> None:
    words = lexicon("en", polarity='"-2": [rip * off, waste of *  time]')
    assert found(words, "They rip everyone off, a waste of my time") == [
        ("rip everyone off", "-2"),
        ("waste of my time", "-2"),
    ]
    assert found(words, "rip off, rip, off") == []
    far = lexicon("en", polarity='"-2": [took * * weeks, waited * … weeks, came … many … late]')
    assert found(far, "It took them three weeks") == [("took them three weeks", "-2")]
    assert found(far, "waited there for over two weeks") == [("waited there weeks", "-2")]
    assert found(far, "came here with so many of my things late") == [("came many late", "-2")]
    assert found(far, "took weeks") == []


def test_hyphens_and_slashes_part_words() -> None:
    words = lexicon("de", topics="service: [service]", polarity='"+2": [top, e-mail toll]')
    assert found(words, "Top-Service") == [("Top", "+2"), ("Service", "service+0")]
    assert found(words, "E-Mail toll") == [("E Mail toll", "+2")]


def test_umlauts_and_accents_may_be_missing() -> None:
    german = lexicon("de", polarity='"+2": [schön, groß*]')
    assert [one for one, _ in found(german, "schoen schön SCHÖN grosse große")] == [
        "schoen", "schön", "SCHÖN", "grosse", "große",
    ]  # fmt: skip
    dutch = lexicon("nl", polarity='"+1": [oké]')
    assert [one for one, _ in found(dutch, "oké oke")] == ["oké", "oke"]


def test_letters_drawn_out_are_read_as_one() -> None:
    words = lexicon("en", polarity='"+2": [good, so]')
    assert [one for one, _ in found(words, "goooood sooo")] == ["goooood", "sooo"]


def test_a_mechanism_in_a_longer_polarity_is_named_still() -> None:
    words = lexicon(
        "nl", polarity='"-2": [niet vriendelijk]', mechanisms="benevolence: {good: [vriendelijk*]}"
    )
    assert found(words, "niet vriendelijk") == [("niet vriendelijk", "-2"), ("vriendelijk", "benevolence+0")]


def test_one_entry_may_tell_of_two_mechanisms() -> None:
    words = lexicon(
        "en", mechanisms="reputation: {bad: [never again]}\nreliability: {bad: [{never again: 3}]}"
    )
    assert found(words, "Never again") == [("Never again", "reputation-2"), ("Never again", "reliability-3")]


def test_own_entries_come_before_equal_ones() -> None:
    first = parse('"+2": [sick]', "polarity", "en")
    own = parse('"-2": [sick]', "polarity", "en")
    assert found(Compiled([*first, *own], "en"), "sick") == [("sick", "-2")]


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("Die Sitze der 2. Klasse. Am 3. Mai", 1), ("Im 12. Stock", 0), ("1. Klasse", 0), ("Bis 5. Dann", 1),
        ("Kamer 12. Mooi", 1),
    ],
)  # fmt: skip
def test_a_number_in_order_ends_no_sentence(text: str, stops: int) -> None:
    assert sum(sign(token) == "stop" for token in TOKEN.findall(text)) == stops


def test_a_bracket_and_a_colon_are_no_face() -> None:
    for text in ("(S1): heute", "(100%): ja", "(7 von 8)", "[x]: y"):
        assert "mark" not in {sign(token) for token in TOKEN.findall(text)}
    for text in ("schade ):", "leuk (: ja", "(:", "leuk :)"):
        assert "mark" in {sign(token) for token in TOKEN.findall(text)}
