"""The privacy policy in three languages, seen by the real collector."""

from collections.abc import Callable

import pytest
from tests.support.audit import verdict

from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.rules.privacy.privacy_policy import RULE

pytestmark = pytest.mark.browser
LINKS = {"nl": "Privacyverklaring", "de": "Datenschutzerklärung", "en": "Privacy policy"}
POLICIES = {
    "nl": [
        "De verwerkingsverantwoordelijke is de winkel, bereikbaar via het contactformulier.",
        "Doel van de verwerking: uw bestelling afhandelen. De grondslag is de overeenkomst.",
        "U heeft recht op inzage, rectificatie en verwijdering van uw gegevens.",
        "U kunt een klacht indienen bij de Autoriteit Persoonsgegevens.",
        "Wij bewaren facturen zeven jaar; dat is de wettelijke bewaartermijn.",
        "Wij delen adressen met de bezorger, die als verwerker optreedt.",
    ],
    "de": [
        "Verantwortlicher im Sinne der DSGVO ist der im Impressum genannte Anbieter.",
        "Zweck der Verarbeitung ist die Abwicklung der Bestellung, Rechtsgrundlage der Vertrag.",
        "Sie haben ein Recht auf Auskunft, Berichtigung und Löschung.",
        "Sie können sich bei der Aufsichtsbehörde beschweren.",
        "Rechnungen werden zehn Jahre aufbewahrt; die Speicherdauer folgt dem Gesetz.",
        "Empfänger der Adresse ist der Paketdienst, ein Auftragsverarbeiter.",
    ],
    "en": [
        "The data controller is the company named in the legal notice.",
        "We use the data for these purposes: to deliver what you ordered. The legal basis is the contract.",
        "You have the right to access, correct and erase what we hold about you.",
        "You may lodge a complaint with the supervisory authority.",
        "Invoices are kept for seven years; this is our retention period.",
        "We share your address with the carrier, a processor.",
    ],
}


def shop(
    page: Callable[..., Page], artifacts: Callable[..., Artifacts], language: str, points: list[str]
) -> Artifacts:
    home = f'<html lang={language}><footer><a href="/privacy">{LINKS[language]}</a></footer>'
    policy = f"<html lang={language}><main>{''.join(f'<p>{point}</p>' for point in points)}</main>"
    return artifacts(page("home", home), page("privacy", policy))


@pytest.mark.parametrize("language", POLICIES)
def test_a_policy_that_says_all_passes(
    page: Callable[..., Page], artifacts: Callable[..., Artifacts], language: str
) -> None:
    said = verdict(RULE, shop(page, artifacts, language, POLICIES[language]))
    assert (said.state, said.score) == ("passed", 1.0)
    assert len(said.proofs) == 6
    assert all(proof.quote for proof in said.proofs)


@pytest.mark.parametrize("language", POLICIES)
@pytest.mark.parametrize("left_out", range(6))
def test_each_point_left_out_is_missed(
    page: Callable[..., Page], artifacts: Callable[..., Artifacts], language: str, left_out: int
) -> None:
    points = [point for index, point in enumerate(POLICIES[language]) if index != left_out]
    said = verdict(RULE, shop(page, artifacts, language, points))
    assert said.state == "failed"
    assert said.score == pytest.approx(5 / 6)


@pytest.mark.parametrize("language", POLICIES)
def test_a_policy_of_one_sentence_fails(
    page: Callable[..., Page], artifacts: Callable[..., Artifacts], language: str
) -> None:
    sentence = {
        "nl": "Uw privacy is veilig bij ons.",
        "de": "Daten sind wichtig.",
        "en": "We value you.",
    }
    said = verdict(RULE, shop(page, artifacts, language, [sentence[language]]))
    assert (said.state, said.score) == ("failed", 0)


def test_no_policy_at_all_fails(page: Callable[..., Page], artifacts: Callable[..., Artifacts]) -> None:
    assert verdict(RULE, artifacts(page("home", "<footer>nothing</footer>"))).state == "failed"


def test_an_unlinked_policy_fails(page: Callable[..., Page], artifacts: Callable[..., Artifacts]) -> None:
    policy = page("privacy", "".join(f"<p>{point}</p>" for point in POLICIES["en"]))
    said = verdict(RULE, artifacts(page("home", "<p>Welcome"), policy))
    assert (said.state, said.score) == ("failed", 0.5)


def test_a_policy_that_could_not_be_read_is_for_a_person(
    page: Callable[..., Page], artifacts: Callable[..., Artifacts]
) -> None:
    home = page("home", '<a href="/privacy">Privacy policy</a>')
    assert verdict(RULE, artifacts(home)).state == "review"
    assert verdict(RULE, artifacts(home, page("privacy", "<p>Error", status=500))).state == "review"


def test_without_a_front_page_nothing_is_said(artifacts: Callable[..., Artifacts]) -> None:
    assert verdict(RULE, artifacts()).state == "not-applicable"
