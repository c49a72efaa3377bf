import gzip
import os
import re
from pathlib import Path

import pytest
from tests.audit.gather.sketch import seen

from troth.audit.artifacts.shape import Kind
from troth.audit.gather.kinds import asks_to_sign_in, is_account, link_kinds, page_kind, slug_words

SHOP = "https://shop.example/"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Impressum", "imprint"),
        ("Colofon", "imprint"),
        ("Bedrijfsgegevens", "imprint"),
        ("Legal notice", "imprint"),
        ("Contact", "contact"),
        ("Kontakt", "contact"),
        ("Neem contact op", "contact"),
        ("Retourneren", "returns"),
        ("Widerrufsbelehrung", "returns"),
        ("Rückgabe & Umtausch", "returns"),
        ("Returns & Refunds", "returns"),
        ("Herroepingsrecht", "returns"),
        ("Vertrag widerrufen", "withdrawal"),
        ("Overeenkomst hier herroepen", "withdrawal"),
        ("Withdraw from contract here", "withdrawal"),
        ("Verzenden en bezorgen", "shipping"),
        ("Versandkosten", "shipping"),
        ("Lieferung", "shipping"),
        ("Shipping & delivery", "shipping"),
        ("Betaalmethoden", "payment"),
        ("Zahlungsarten", "payment"),
        ("Payment methods", "payment"),
        ("Privacyverklaring", "privacy"),
        ("Datenschutzerklärung", "privacy"),
        ("Privacy policy", "privacy"),
        ("Algemene voorwaarden", "terms"),
        ("AGB", "terms"),
        ("Terms & Conditions", "terms"),
        ("Over ons", "about"),
        ("Über uns", "about"),
        ("Our story", "about"),
        ("Veelgestelde vragen", "help"),
        ("Häufige Fragen", "help"),
        ("FAQ", "help"),
        ("Garantie", "guarantee"),
        ("Gesetzliche Gewährleistung", "guarantee"),
        ("Klantbeoordelingen", "reviews"),
        ("Echtheit der Bewertungen", "reviews"),
        ("Winkelwagen (2)", "basket"),
        ("Zum Warenkorb", "basket"),
        ("My cart €0.00", "basket"),
        ("Zur Kasse", "checkout"),
        ("Afrekenen", "checkout"),
        ("Proceed to checkout", "checkout"),
    ],
)
def test_a_link_says_what_it_leads_to(text: str, kind: Kind) -> None:
    assert link_kinds(text, SHOP + "x/1")[:1] == (kind,)


@pytest.mark.parametrize(
    "text",
    [
        "Shoulder bag",
        "Cookie-Einstellungen",
        "Cookie settings",
        "Red shoe",
        "Sale",
        "Basketball",
        "Read why the return of the bell bottom is good news for everyone who likes the seventies",
    ],
)
def test_other_words_say_nothing(text: str) -> None:
    assert link_kinds(text, SHOP + "x/1") == ()


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("policies/privacy-policy", "privacy"),
        ("ueber-uns.html", "about"),
        ("index.php?route=checkout/cart", "basket"),
        ("service/r%C3%BCckgabe/", "returns"),
        ("Widerruf_formular", "returns"),
        ("agb.php", "terms"),
    ],
)
def test_a_link_without_words_is_told_by_its_address(address: str, kind: Kind) -> None:
    assert link_kinds("", SHOP + address)[:1] == (kind,)


def test_a_link_may_fit_several_kinds() -> None:
    assert link_kinds("Versand, Zahlung und Rückgabe", SHOP) == ("returns", "shipping", "payment")


def test_accounts_are_known_in_three_languages() -> None:
    assert all(
        is_account(text, SHOP + "x") for text in ("Inloggen", "Mein Konto", "Sign in", "Merkzettel (3)")
    )
    assert is_account("", SHOP + "account/login")
    assert not is_account("Accountants", SHOP + "x")


def test_an_address_is_read_as_words() -> None:
    assert slug_words(SHOP + "a/Over-ons_2.html?x=1") == "Over ons 2"
    assert slug_words(SHOP) == ""


PRODUCT = """<html><head><script type="application/ld+json">{"@type": "Product",
  "name": "Mug", "offers": {"@type": "Offer", "price": "9.95"}}</script></head><body><main><h1>Mug</h1>
  <p>€ 9,95</p>%s</main></body></html>"""


@pytest.mark.parametrize(
    ("html", "address", "kind"),
    [
        (PRODUCT % "<button>In winkelwagen</button>", "mok", "product"),
        (PRODUCT % "", "mok", "product"),
        ("<main><p>9,95 €</p><button>In den Warenkorb</button></main>", "tasse", "product"),
        ("<main>" + "<p>9,95 €</p><button>In den Warenkorb</button>" * 4 + "</main>", "tassen", "category"),
        ('<main itemscope itemtype="https://schema.org/ItemList"><p>9,95 €</p></main>', "tassen", "category"),
        ("<main><h1>Über uns</h1><p>Seit 1950.</p></main>", "wir", "about"),
        ("<main><p>Willkommen</p></main>", "", "home"),
        ("<main><p>Leer</p></main>", "warenkorb", "basket"),
        (
            '<main><input name="street"><input name="city"><button>Weiter</button></main>',
            "kasse",
            "checkout",
        ),
        ('<footer><input name="zip"></footer><main><p>Hallo</p></main>', "x", "other"),
    ],
)
def test_a_page_is_told_by_what_it_shows(html: str, address: str, kind: Kind) -> None:
    assert page_kind(seen(html, SHOP + address), SHOP + address) == kind


@pytest.mark.parametrize(
    "broken",
    [
        '{"@type": "Product", ',
        "[" * 5000,
        '{"@type": {"a": 1}, "@graph": 7, "itemListElement": "x"}',
        '{"@type": ["Thing", 7], "itemListElement": [null, 3, {"item": [1]}]}',
    ],
)
def test_hostile_structured_data_is_passed_over(broken: str) -> None:
    html = f'<script type="application/ld+json">{broken}</script><i itemscope itemtype=""></i>'
    html += "<main><p>9,95 €</p><button>Add to basket</button></main>"
    assert page_kind(seen(html, SHOP + "mug"), SHOP + "mug") == "product"


def test_a_password_field_in_the_main_part_asks_to_sign_in() -> None:
    assert asks_to_sign_in(seen('<main><input type="password"></main>'))
    assert not asks_to_sign_in(seen('<header><input type="password"></header>'))


def saved() -> list[Path]:
    folder = os.environ.get("TROTH_SHOP_HTML", "")
    return sorted(Path(folder).glob("*.html.gz")) if folder else []


@pytest.mark.skipif(not saved(), reason="no saved pages: set TROTH_SHOP_HTML to their folder")
def test_saved_pages_of_real_shops_are_products() -> None:
    kinds = {}
    for path in saved():
        html = gzip.decompress(path.read_bytes()).decode("utf-8", "replace")
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', html)
        url = canonical[1] if canonical else SHOP + "x"
        kinds[path.name] = page_kind(seen(html, url), url)
    assert kinds == dict.fromkeys(kinds, "product")
