"""Names by titles, roles, greetings and closings; companies that are greeted and stay."""

import pytest

from troth.reading import masked
from troth.reading.masking.given import GIVEN

HIDDEN = [
    ("Mein Arzt Dr. Hoffmann sagt nein", "Mein Arzt Dr. [name] sagt nein"),
    ("Arts dr. De Boer weigerde", "Arts dr. [name] weigerde"),
    ("Frau Doktor Hoffmann war da", "Frau [name] war da"),
    ("Ik werd geholpen door medewerker Jan Smit", "Ik werd geholpen door medewerker [name]"),
    ("Medewerkster Els Bos hielp", "Medewerkster [name] hielp"),
    ("Collega Kees de Boer belde", "Collega [name] belde"),
    ("Sachbearbeiterin: Julia Koch", "Sachbearbeiterin: [name]"),
    ("Sachbearbeiter: Öztürk", "Sachbearbeiter: [name]"),
    ("behandelaar: M. Yilmaz", "behandelaar: [name]"),
    ("mijn adviseur heet Rob Vermeer", "mijn adviseur heet [name]"),
    ("Der Berater hieß Vogelsang.", "Der Berater hieß [name]."),
    ("unser Gutachter war Klaus Weber", "unser Gutachter war [name]"),
    ("they sent my husband Tom away", "they sent my husband [name] away"),
    ("Never again. Thanks, Tom", "Never again. Thanks, [name]"),
    ("Never again. Thanks,\nTom Parker.", "Never again. Thanks,\n[name]."),
    ("Never again. Cheers - Becky", "Never again. Cheers - [name]"),
    ("Nooit meer. Gr. Piet", "Nooit meer. Gr. [name]"),
    ("Nooit meer. Grtz Anna", "Nooit meer. Grtz [name]"),
    ("Nie wieder. Vielen Dank, Ihr Klaus Weber", "Nie wieder. Vielen Dank, Ihr [name]"),
    ("Nie wieder. Mit freundlichen Grüßen Ihr Volkan Demir",
     "Nie wieder. Mit freundlichen Grüßen Ihr [name]"),
    ("Nie wieder. Vielen Dank\nSöhnke Petersen", "Nie wieder. Vielen Dank\n[name]"),
    ("mijn naam is jan de vries", "mijn naam is [name]"),
    ("mijn naam is jan en ik wacht", "mijn naam is [name] en ik wacht"),
    ("Traag, met vriendelijke groet, jan de vries", "Traag, met vriendelijke groet, [name]"),
    ("Slow, kind regards, yusuf kaya", "Slow, kind regards, [name]"),
    ("mevr. v.d. Berg en dhr v/d Meer", "mevr. [name] en dhr [name]"),
    ("Hallo Herr Kaiser von der Hamburg-Mannheimer!", "Hallo Herr [name] von der Hamburg-Mannheimer!"),
    ("Dear Krzysztof, no", "Dear [name], no"),
]  # fmt: skip

KEPT = [
    "Hallo Allianz, wann kommt das Geld?",
    "Dear Aviva, pay",
    "Hi AXA, hallo",
    "Hallo Sparkasse Köln, bitte",
    "Nie wieder. Mit freundlichen Grüßen Ihre Allianz",
    "Nie wieder. Mit freundlichen Grüßen Ihre Deutsche Bank",
    "Mister Spex liefert, Mister Minit auch, Frau Holle schüttelt, Herr Direktor wartet",
    "Dr. Oetker und Dr. Martens, Herr der Ringe",
    "Personal: Top. Mitarbeiter: Freundlich und kompetent. Berater: Keine Ahnung.",
    "Dass man Max und Moritz kennt, der Fahrer war Ausländer",
    "flight from LGA to JFK, LGBT, die MVG-Station",
    "mijn naam is verkeerd gespeld, my name is on the policy, mein Name ist falsch",
    "Traag, met vriendelijke groet, een boze klant",
    "thanks, great product",
    "Vielen Dank, Super Service!",
    "Danke, Klasse Laden",
    "Thanks, Guys",
    "Thanks, Tom was late but the parcel came in the end",
]


@pytest.mark.parametrize(("text", "hidden"), HIDDEN)
@pytest.mark.parametrize("language", ["", "nl", "de", "en"])
def test_people_are_masked_by_what_stands_around_them(text: str, hidden: str, language: str) -> None:
    assert masked(text, language) == hidden
    assert masked(hidden, language) == hidden


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("language", ["", "nl", "de", "en"])
def test_companies_figures_and_words_stay(text: str, language: str) -> None:
    assert masked(text, language) == text


@pytest.mark.parametrize("name", sorted(GIVEN))
def test_a_given_name_that_signs_in_lower_case_is_masked(name: str) -> None:
    assert masked(f"nooit meer, groeten, {name}") == "nooit meer, groeten, [name]"
