"""Card data: the shop's own fields, a provider's frame, or nothing to judge."""

from collections.abc import Callable

import pytest
from tests.audit.rules.judging import verdict

from troth.audit.artifacts.shape import Artifacts, Page, Step

RULE = "security.payment_handled_safely"
Show = Callable[..., Page]
Bring = Callable[..., Artifacts]

CHOICE = {
    "nl": "<label><input type=radio name=m>iDEAL</label>",
    "de": "<label><input type=radio name=m>Rechnung</label>",
    "en": "<label><input type=radio name=m>Credit card</label>",
}
LABELS = [
    "Kaartnummer", "Creditcard nummer", "CVC-code", "Kartennummer", "Kreditkartennummer", "Kartenprüfnummer",
    "Credit card number", "Card number", "CVV",
]  # fmt: skip


@pytest.mark.browser
@pytest.mark.parametrize("label", LABELS)
def test_a_cards_field_in_the_shops_page_fails(page: Show, artifacts: Bring, label: str) -> None:
    form = f"<form>{CHOICE['en']}<label>{label} <input id=card name=x></label></form>"
    found = verdict(RULE, artifacts(page("checkout", form)))
    assert (found.state, found.proofs[0].selector, found.confidence) == ("failed", "#card", "proved")


@pytest.mark.browser
@pytest.mark.parametrize(
    "label", ["Cadeaukaartnummer", "Kundenkartennummer", "Gift card number", "Sicherheitscode"]
)
def test_other_numbers_are_no_cards(page: Show, artifacts: Bring, label: str) -> None:
    form = f"<form>{CHOICE['en']}<label>{label} <input name=x></label></form>"
    assert verdict(RULE, artifacts(page("checkout", form))).state == "passed"


@pytest.mark.browser
def test_the_standards_name_is_enough_even_where_it_does_not_show(page: Show, artifacts: Bring) -> None:
    form = "<form><div style=display:none><input id=card autocomplete='billing cc-number'></div></form>"
    assert verdict(RULE, artifacts(page("checkout", form))).state == "failed"


@pytest.mark.browser
@pytest.mark.parametrize("language", CHOICE)
def test_a_providers_frame_passes(page: Show, artifacts: Bring, language: str) -> None:
    frame = "<iframe src='https://pay.test/fields' width=300 height=90></iframe>"
    found = verdict(RULE, artifacts(page("checkout", f"<form>{CHOICE[language]}{frame}</form>")))
    assert (found.state, [proof.quote for proof in found.proofs]) == ("passed", ["Test host"])


@pytest.mark.browser
@pytest.mark.parametrize("language", CHOICE)
def test_payment_at_the_providers_place_passes(page: Show, artifacts: Bring, language: str) -> None:
    assert verdict(RULE, artifacts(page("checkout", f"<form>{CHOICE[language]}</form>"))).state == "passed"


@pytest.mark.browser
def test_says_nothing_before_one_pays(page: Show, artifacts: Bring) -> None:
    address = "<form><label>Street <input name=street></label><label>City <input name=city></label></form>"
    button = "<iframe src='https://www.paypal.com/smart/button' width=300 height=40></iframe>"
    found = verdict(RULE, artifacts(page("checkout", address + button)))
    assert (found.state, found.reason) == ("not-applicable", "No page was reached on which one pays.")


@pytest.mark.browser
def test_says_where_the_walk_stopped(page: Show, artifacts: Bring) -> None:
    walk = (Step("home", reached=True), Step("basket", reached=False, note="The basket was not found."))
    found = verdict(RULE, artifacts(page("home", "<p>Hello"), walk=walk))
    assert found.state == "not-applicable"
    assert found.reason == "The walk stopped at: basket (The basket was not found)."


@pytest.mark.browser
def test_a_frame_of_the_shops_own_wants_a_look(page: Show, artifacts: Bring) -> None:
    frame = "<iframe src='/card-form' width=300 height=90></iframe>"
    assert verdict(RULE, artifacts(page("checkout", f"{CHOICE['en']}{frame}"))).state == "review"
