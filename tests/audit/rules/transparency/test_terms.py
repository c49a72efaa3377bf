"""The last button, the legal guarantee, the closed platform, the means of payment."""

import pytest
from tests.audit.rules.transparency.conftest import Said

from troth.audit.artifacts.shape import Step

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["nl", "de", "en"])
PAYS = {
    "de": ["Zahlungspflichtig bestellen", "Jetzt kaufen", "Kostenpflichtig bestellen"],
    "nl": ["Bestelling met betalingsverplichting", "Bestellen en betalen", "Koop nu"],
    "en": ["Order with obligation to pay", "Buy now", "Place order and pay"],
}
UNCLEAR = {
    "de": ["Bestellung abschicken", "Bestellen", "Bestellung abschließen"],
    "nl": ["Bestelling plaatsen", "Bestellen", "Bestelling bevestigen"],
    "en": ["Complete order", "Place order", "Confirm order"],
}
ON = {"de": "Weiter", "nl": "Verder", "en": "Continue"}
GUARANTEE = {
    "de": "Es gilt die gesetzliche Gewährleistung von zwei Jahren.",
    "nl": "Op dit product zit wettelijke garantie.",
    "en": "The legal guarantee of conformity applies.",
}
NOTICE = {
    "de": "Harmonisierte Mitteilung der EU zur gesetzlichen Gewährleistung",
    "nl": "Geharmoniseerde kennisgeving van de EU over de wettelijke garantie",
    "en": "Harmonised notice of the EU on the legal guarantee",
}
PAYMENT = {
    "de": "Zahlung mit Kreditkarte, PayPal oder auf Rechnung.",
    "nl": "Betalen met iDEAL, creditcard of achteraf.",
    "en": "Pay by card, with PayPal or by invoice.",
}
OCTOBER_2026 = 1_792_000_000_000
IN_2024 = 1_710_000_000_000


def checkout(*buttons: str) -> str:
    return (
        "<main><form method=post>"
        + "".join(f"<button>{name}</button>" for name in buttons)
        + "</form></main>"
    )


@LANGUAGES
def test_a_last_button_that_says_it(said: Said, language: str) -> None:
    for name in PAYS[language]:
        found = said("order-button", language, {"checkout": checkout(name)})
        assert (found.state, found.proofs[0].quote) == ("passed", name), found


@LANGUAGES
def test_a_last_button_that_does_not(said: Said, language: str) -> None:
    for name in UNCLEAR[language]:
        found = said("order-button", language, {"checkout": checkout(name)})
        assert (found.state, found.proofs[0].quote) == ("failed", name), found


@LANGUAGES
def test_a_checkout_without_its_end(said: Said, language: str) -> None:
    assert said("order-button", language, {"checkout": checkout(ON[language])}).state == "not-applicable"
    walk = (Step("home", reached=True), Step("checkout", reached=False, note="wall"))
    found = said("order-button", language, {"home": checkout(*PAYS[language])}, walk=walk)
    assert (found.state, "checkout: wall" in found.reason) == ("not-applicable", True)


@pytest.mark.parametrize("rule", ["order-button", "legal-guarantee"])
def test_a_language_that_is_not_known(said: Said, rule: str) -> None:
    assert said(rule, "fr", {"checkout": checkout("Commander")}).state == "not-applicable"


@LANGUAGES
def test_the_legal_guarantee(said: Said, language: str) -> None:
    named = {"product": f"<p>{GUARANTEE[language]}</p>"}
    assert said("legal-guarantee", language, named).state == "passed"
    assert said("legal-guarantee", language, named, taken_at_ms=OCTOBER_2026).state == "review"
    noticed = {"product": f"<p>{NOTICE[language]}</p>"}
    assert said("legal-guarantee", language, noticed, taken_at_ms=OCTOBER_2026).state == "passed"
    silent = {"product": "<p>Hallo</p>"}
    assert said("legal-guarantee", language, silent).state == "review"
    assert said("legal-guarantee", language, {**silent, "terms": "<p>Hallo</p>"}).state == "failed"
    assert said("legal-guarantee", language, {"home": "<p>Hallo</p>"}).state == "not-applicable"


@LANGUAGES
def test_the_closed_platform(said: Said, language: str) -> None:
    address = "https://ec.europa.eu/consumers/odr/"
    link = {"imprint": f'<p><a href="{address}">{address}</a></p>'}
    found = said("stale-odr", language, link)
    assert (found.state, found.proofs[0].quote) == ("failed", address)
    assert said("stale-odr", language, {"terms": f"<p>EU: {address}</p>"}).state == "failed"
    assert (
        said("stale-odr", language, {"terms": "<p><a href=https://europa.eu/>EU</a></p>"}).state == "passed"
    )
    assert said("stale-odr", language, {"home": ""}).state == "not-applicable"
    assert said("stale-odr", language, link, taken_at_ms=IN_2024).state == "not-applicable"


@LANGUAGES
def test_means_of_payment(said: Said, language: str) -> None:
    assert (
        said("payment-methods-early", language, {"product": f"<p>{PAYMENT[language]}</p>"}).state == "passed"
    )
    picture = {
        "https://shop.example/visa.svg": ("image/svg+xml", "<svg xmlns='http://www.w3.org/2000/svg'/>")
    }
    mark = {"home": "<footer><img src=/visa.svg width=40 height=20></footer>"}
    assert said("payment-methods-early", language, mark, files=picture).state == "passed"
    assert said("payment-methods-early", language, {"product": "<p>Hallo</p>"}).state == "failed"
    plain = "<p>Im Garten ideal, ich würde ihn sofort nehmen. Achteraf een goed idee.</p>"
    assert said("payment-methods-early", language, {"product": plain}).state == "failed"
    assert (
        said("payment-methods-early", language, {"checkout": f"<p>{PAYMENT[language]}"}).state
        == "not-applicable"
    )
