"""Returns: linked, long enough, with a function, a form, a payer and a date for the money."""

import pytest
from tests.audit.rules.transparency.conftest import Said

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["nl", "de", "en"])
PERIOD = {
    "de": "<p>Die Widerrufsfrist beträgt {} Tage ab dem Tag, an dem Sie die Ware in Besitz nehmen.</p>",
    "nl": "<p>De herroepingstermijn verstrijkt {} dagen na de dag waarop u het product in bezit krijgt.</p>",
    "en": "<p>The withdrawal period expires {} days after the day on which you take possession.</p>",
}
FOURTEEN = {"de": "vierzehn", "nl": "veertien", "en": "fourteen"}
LINKS = {"de": "Widerruf und Rücksendung", "nl": "Retourneren", "en": "Returns"}
FUNCTION = {"de": "Vertrag widerrufen", "nl": "Overeenkomst herroepen", "en": "Withdraw from contract"}
CONFIRM = {"de": "Widerruf bestätigen", "nl": "Herroeping bevestigen", "en": "Confirm withdrawal"}
FORM = {
    "de": "Muster-Widerrufsformular",
    "nl": "Modelformulier voor herroeping",
    "en": "Model withdrawal form",
}
SHOP_PAYS = {
    "de": "Wir tragen die Kosten der Rücksendung.",
    "nl": "De kosten van het retourneren betalen wij.",
    "en": "We pay the cost of returning the goods.",
}
CUSTOMER_PAYS = {
    "de": "Sie tragen die unmittelbaren Kosten der Rücksendung der Waren.",
    "nl": "De directe kosten van het terugzenden van de goederen komen voor uw rekening.",
    "en": "You will have to bear the direct cost of returning the goods.",
}
REFUND = {
    "de": "Wir erstatten alle Zahlungen spätestens binnen {} Tagen.",
    "nl": "Wij betalen alle betalingen uiterlijk binnen {} dagen terug.",
    "en": "We refund all payments not later than {} days from your notice.",
}
SILENT = {
    "de": "<p>Senden Sie die Ware zurück.</p>",
    "nl": "<p>Stuur het terug.</p>",
    "en": "<p>Send it back.</p>",
}
IN_2025 = 1_750_000_000_000
OF_TEXT = ["model-form", "return-cost", "refund-time", "withdrawal-period"]


@LANGUAGES
def test_returns_linked_from_both(said: Said, language: str) -> None:
    link = f'<a href="/x1">{LINKS[language]}</a>'
    found = said(
        "returns-linked", language, {"home": f"<footer>{link}</footer>", "product": f"<main>{link}</main>"}
    )
    assert (found.state, found.score) == ("passed", 1), found


@LANGUAGES
def test_returns_linked_from_one_or_none(said: Said, language: str) -> None:
    link = f'<a href="/x1">{LINKS[language]}</a>'
    found = said("returns-linked", language, {"home": link, "product": "<p>Hallo</p>"})
    assert (found.state, found.score, found.proofs[0].page) == ("failed", 0.5, "first-product")
    assert said("returns-linked", language, {"home": "<a href='/y'>AGB</a>"}).score == 0


@pytest.mark.parametrize("text", ["Retour aanmelden", "Vertrag widerrufen", "Register a return"])
def test_a_link_that_does_something_counts_where_its_page_grants_the_period(said: Said, text: str) -> None:
    link = f'<a href="/returns">{text}</a>'
    pages = {"home": link, "product": link}
    assert said("returns-linked", "de", pages).score == 0
    assert said("returns-linked", "de", pages | {"returns": SILENT["de"]}).score == 0
    assert said("returns-linked", "de", pages | {"returns": PERIOD["de"].format(14)}).score == 1


def test_returns_linked_without_pages(said: Said) -> None:
    assert said("returns-linked", "de", {"terms": ""}).state == "not-applicable"


@LANGUAGES
@pytest.mark.parametrize("days", ["14", "30", "words"])
def test_a_period_of_fourteen_days_or_more(said: Said, language: str, days: str) -> None:
    html = PERIOD[language].format(FOURTEEN[language] if days == "words" else days)
    found = said("withdrawal-period", language, {"returns": html})
    assert found.state == "passed", found


@LANGUAGES
def test_a_period_of_seven_days(said: Said, language: str) -> None:
    found = said("withdrawal-period", language, {"returns": PERIOD[language].format(7)})
    assert (found.state, found.score) == ("failed", 0), found
    assert "7" in found.proofs[0].quote


@LANGUAGES
def test_a_contradiction_is_left_to_a_person(said: Said, language: str) -> None:
    pages = {"returns": PERIOD[language].format(14), "help": PERIOD[language].format(7)}
    assert said("withdrawal-period", language, pages).state == "review"


@LANGUAGES
def test_a_text_without_a_period_is_left_to_a_person(said: Said, language: str) -> None:
    assert said("withdrawal-period", language, {"returns": SILENT[language]}).state == "review"


def test_a_period_without_a_beginning_is_left_to_a_person(said: Said) -> None:
    assert said("withdrawal-period", "de", {"returns": "<p>14 Tage Rückgaberecht"}).state == "review"


@pytest.mark.parametrize("rule", OF_TEXT)
@LANGUAGES
def test_without_a_page_on_returns(said: Said, rule: str, language: str) -> None:
    pages = {"home": PERIOD[language].format(14), "terms": "<p>Hallo</p>", "help": "<p>Hallo</p>"}
    assert said(rule, language, pages).state == "not-applicable"


@pytest.mark.parametrize("rule", [*OF_TEXT, "withdrawal-function"])
def test_a_language_that_is_not_known(said: Said, rule: str) -> None:
    assert said(rule, "fr", {"home": "", "returns": "<p>14 jours"}).state == "not-applicable"


@LANGUAGES
def test_a_function_with_a_form(said: Said, language: str) -> None:
    home = f'<footer><a href="/withdrawal">{FUNCTION[language]}</a></footer>'
    form = (
        f"<main><form method=post><label>Nr<input name=n></label><button>{CONFIRM[language]}</button></form>"
    )
    found = said("withdrawal-function", language, {"home": home, "withdrawal": form})
    assert found.state == "passed", found


@LANGUAGES
def test_no_function_or_one_behind_a_password(said: Said, language: str) -> None:
    nothing = (
        f'<footer><a href="/returns">{LINKS[language]}</a> <a href="/f.pdf">{FORM[language]}</a></footer>'
    )
    assert said("withdrawal-function", language, {"home": nothing}).state == "failed"
    home = f'<footer><a href="/withdrawal">{FUNCTION[language]}</a></footer>'
    form = "<main><form method=post><input name=u><input type=password name=p><button>Login</button></form>"
    assert said("withdrawal-function", language, {"home": home, "withdrawal": form}).state == "failed"


@LANGUAGES
def test_a_function_that_was_not_opened_or_was_not_due_yet(said: Said, language: str) -> None:
    home = f'<footer><a href="/withdrawal">{FUNCTION[language]}</a></footer>'
    assert said("withdrawal-function", language, {"home": home}).state == "review"
    assert said("withdrawal-function", language, {"home": ""}, taken_at_ms=IN_2025).state == "not-applicable"


@LANGUAGES
def test_the_model_form(said: Said, language: str) -> None:
    assert said("model-form", language, {"returns": f"<h2>{FORM[language]}</h2>"}).state == "passed"
    link = f'<a href="/form.pdf">{FORM[language]}</a>'
    assert said("model-form", language, {"terms": link}).state == "passed"
    assert said("model-form", language, {"terms": PERIOD[language].format(14)}).state == "failed"
    assert said("model-form", language, {"returns": SILENT[language]}).state == "failed"


@pytest.mark.parametrize("rule", ["model-form", "return-cost", "refund-time"])
def test_a_file_that_was_not_read_is_left_to_a_person(said: Said, rule: str) -> None:
    assert said(rule, "de", {"returns": '<a href="/agb.pdf">Alles Weitere</a>'}).state == "review"


@LANGUAGES
def test_who_pays(said: Said, language: str) -> None:
    assert said("return-cost", language, {"returns": f"<p>{SHOP_PAYS[language]}"}).state == "passed"
    assert said("return-cost", language, {"terms": f"<p>{CUSTOMER_PAYS[language]}"}).state == "passed"
    assert said("return-cost", language, {"returns": SILENT[language]}).state == "failed"


@LANGUAGES
def test_when_money_comes_back(said: Said, language: str) -> None:
    said_14 = f"<p>{REFUND[language].format(14)}"
    assert said("refund-time", language, {"returns": said_14}).state == "passed"
    assert said("refund-time", language, {"returns": f"<p>{REFUND[language].format(30)}"}).state == "failed"
    assert said("refund-time", language, {"returns": PERIOD[language].format(14)}).state == "failed"
