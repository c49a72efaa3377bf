"""Who stands behind the shop: imprint, ways to reach people, the page about it."""

import pytest
from tests.audit.rules.transparency.conftest import Said

pytestmark = pytest.mark.browser

IMPRINT = {
    "de": """<main><h1>Impressum</h1><p>Laden Hausrat GmbH<br>Am Alten Speicher 1<br>10115 Berlin</p>
        <p>Vertreten durch die Geschäftsführung</p>
        <p>Telefon: +49 30 23125 017<br>E-Mail: post@shop.example</p>
        <p>Amtsgericht Berlin, HRB 999999<br>USt-IdNr. DE999999995</p></main>""",
    "nl": """<main><h1>Bedrijfsgegevens</h1>
        <p>Winkel Huisraad B.V.<br>Oude Pakhuisstraat 1<br>3511 AB Utrecht</p>
        <p>Telefoon: +31 88 000 0012<br>E-mail: post@shop.example</p>
        <p>KvK-nummer: 00009876<br>Btw-id: NL000000012B90</p></main>""",
    "en": """<main><h1>Legal notice</h1><p>Shop Homeware Ltd<br>1 Old Warehouse Lane<br>Dublin 1, D01 AA00</p>
        <p>Phone: +353 1 555 0123<br>E-mail: post@shop.example</p>
        <p>Company number 000123<br>VAT number: IE1234567T</p></main>""",
}
LINK = {"de": "Impressum", "nl": "Bedrijfsgegevens", "en": "Legal notice"}
SMALL = {
    "de": """<p>Laden Hausrat, Inhaberin (Einzelunternehmen)<br>Am Alten Speicher 1<br>10115 Berlin</p>
        <p>Telefon: +49 30 23125 017, post@shop.example</p><p>Kleinunternehmer nach § 19 UStG</p>
        <p>Hosting: Rechenzentrum GmbH</p>""",
    "nl": """<p>Winkel Huisraad, eenmanszaak<br>Oude Pakhuisstraat 1<br>3511 AB Utrecht</p>
        <p>Telefoon: +31 88 000 0012, post@shop.example</p><p>KvK 00009876, kleineondernemersregeling</p>""",
    "en": """<p>Shop Homeware, sole trader<br>1 Old Warehouse Lane<br>Dublin 1, D01 AA00</p>
        <p>Phone: +353 1 555 0123, post@shop.example</p><p>Not registered for VAT.</p>""",
}
CONTACT = {
    "de": '<main><h1>Kontakt</h1><p>Telefon: <a href="tel:+493023125017">+49 30 23125 017</a></p>',
    "nl": '<main><h1>Contact</h1><p>Telefoon: <a href="tel:+31880000012">+31 88 000 0012</a></p>',
    "en": '<main><h1>Contact</h1><p>Phone: <a href="tel:+35315550123">+353 1 555 0123</a></p>',
}
MAIL = '<p><a href="mailto:post@shop.example">post@shop.example</a></p>'
ABOUT = {
    "de": "<h1>Über uns</h1><p>Gegründet wurde der Laden 2011.</p><h2>Leiterin der Werkstatt</h2>",
    "nl": "<h1>Over ons</h1><p>De winkel is in 2011 opgericht.</p><h2>Hoofd van de werkplaats</h2>",
    "en": "<h1>About us</h1><p>The shop was founded in 2011.</p><h2>Head of the workshop</h2>",
}
PRAISE = {
    "de": "<h1>Über uns</h1><p>Qualität und Leidenschaft sind unser Antrieb.</p>",
    "nl": "<h1>Over ons</h1><p>Kwaliteit en passie drijven ons.</p>",
    "en": "<h1>About us</h1><p>Quality and passion drive us.</p>",
}
LANGUAGES = pytest.mark.parametrize("language", ["nl", "de", "en"])


@LANGUAGES
def test_an_imprint_in_the_footer_is_reachable(said: Said, language: str) -> None:
    home = f'<footer><a href="/imprint">{LINK[language]}</a></footer>'
    found = said("imprint-reachable", language, {"home": home, "imprint": IMPRINT[language]})
    assert (found.state, found.proofs[0].page) == ("passed", "first-imprint"), found


@LANGUAGES
def test_an_imprint_without_a_link_is_not(said: Said, language: str) -> None:
    home = '<footer><a href="/terms">AGB</a></footer>'
    assert said("imprint-reachable", language, {"home": home}).state == "failed"
    found = said("imprint-reachable", language, {"home": home, "imprint": f"<p>{LINK[language]}</p>"})
    assert found.state == "failed", found


def test_an_imprint_that_could_not_be_read_is_left_to_a_person(said: Said) -> None:
    assert said("imprint-reachable", "de", {"home": '<a href="/x">Impressum</a>'}).state == "review"
    assert said("imprint-reachable", "de", {"product": "<p>Hallo</p>"}).state == "review"


def test_no_page_at_all(said: Said) -> None:
    assert said("imprint-reachable", "de", {}).state == "not-applicable"
    assert said("imprint-complete", "de", {}).state == "not-applicable"
    assert said("contact-channels", "de", {}).state == "not-applicable"


def test_a_dutch_contact_page_does_the_imprints_work(said: Said) -> None:
    pages = {"home": '<a href="/contact">Contact</a>', "contact": IMPRINT["nl"]}
    assert said("imprint-reachable", "nl", pages).state == "passed"
    assert said("imprint-complete", "nl", pages).state == "passed"


@LANGUAGES
def test_a_complete_imprint(said: Said, language: str) -> None:
    found = said("imprint-complete", language, {"imprint": IMPRINT[language]})
    assert (found.state, found.score) == ("passed", 1), found


@LANGUAGES
def test_a_small_business_owes_less(said: Said, language: str) -> None:
    found = said("imprint-complete", language, {"imprint": SMALL[language]})
    assert (found.state, found.score) == ("passed", 1), found


@LANGUAGES
def test_an_imprint_without_numbers(said: Said, language: str) -> None:
    html = (
        IMPRINT[language].replace("DE999999995", "").replace("NL000000012B90", "").replace("IE1234567T", "")
    )
    html = html.replace("HRB 999999", "").replace("00009876", "").replace("000123", "")
    found = said("imprint-complete", language, {"imprint": html})
    assert found.state == "failed"
    assert "the number in the register, the VAT number" in found.reason


@pytest.mark.parametrize(
    ("language", "right", "wrong"),
    [
        ("de", "DE999999995", "DE999999991"),
        ("nl", "000000012B", "000000013B"),
        ("en", "IE1234567T", "IE1234567A"),
    ],
)
def test_an_invented_vat_number(said: Said, language: str, right: str, wrong: str) -> None:
    found = said("imprint-complete", language, {"imprint": IMPRINT[language].replace(right, wrong)})
    assert found.state == "failed"
    assert wrong in found.proofs[-1].quote
    assert "check digits" in found.proofs[-1].note


@LANGUAGES
def test_two_ways_to_reach_people(said: Said, language: str) -> None:
    found = said("contact-channels", language, {"home": MAIL, "contact": CONTACT[language]})
    assert (found.state, found.score) == ("passed", 1), found


@LANGUAGES
def test_one_way_is_half(said: Said, language: str) -> None:
    pages = {"home": "", "contact": CONTACT[language], "imprint": MAIL}
    assert said("contact-channels", language, pages).score == 0.5
    form = "<form method=post><label>?<textarea name=t></textarea></label><button>OK</button></form>"
    assert said("contact-channels", language, {"home": "", "contact": form}).score == 0.5
    assert said("contact-channels", language, {"home": "", "contact": "<p>!</p>"}).score == 0


def test_a_contact_page_that_was_not_seen_is_left_to_a_person(said: Said) -> None:
    assert said("contact-channels", "de", {"home": MAIL}).state == "review"


@LANGUAGES
def test_people_and_history(said: Said, language: str) -> None:
    found = said("about-people", language, {"about": ABOUT[language]})
    assert (found.state, found.score) == ("passed", 1), found


@LANGUAGES
def test_praise_is_no_people(said: Said, language: str) -> None:
    assert said("about-people", language, {"about": PRAISE[language]}).score == 0
    assert said("about-people", language, {"home": "<p>Hallo</p>"}).state == "failed"


def test_an_about_page_that_could_not_be_read(said: Said) -> None:
    assert said("about-people", "en", {"home": '<a href="/about">About us</a>'}).state == "review"
    assert said("about-people", "fr", {"about": "<p>Bonjour</p>"}).state == "not-applicable"


def test_the_customers_own_address_in_the_checkout_is_no_way_to_the_shop(said: Said) -> None:
    pages = {"home": "<p>!</p>", "contact": "<p>!</p>", "checkout": f"{MAIL}<p>Phone: +49 30 23125018</p>"}
    assert said("contact-channels", "de", pages).score == 0
