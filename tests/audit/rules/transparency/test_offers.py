"""What a product's page says beside its price: shipping, delivery, VAT, reductions, and that it is one."""

import json
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest
from tests.audit.rules.transparency.conftest import Said
from tests.support.gathered import TAKEN_AT_MS

from troth.audit.artifacts.price import DAY_MS, SeenPrice, joined
from troth.audit.artifacts.shape import Line
from troth.audit.verdict import Verdict

pytestmark = pytest.mark.browser

LANGUAGES = pytest.mark.parametrize("language", ["nl", "de", "en"])
SHIPPING = {
    "de": (
        "zzgl. <a href='/s'>4,90 € Versand</a>",
        "zzgl. <a href='/s'>Versandkosten</a>",
        "Versandkostenfrei",
    ),
    "nl": (
        "excl. <a href='/s'>€ 4,90 verzendkosten</a>",
        "excl. <a href='/s'>verzendkosten</a>",
        "Gratis verzending",
    ),
    "en": ("plus <a href='/s'>£4.90 shipping</a>", "plus <a href='/s'>shipping</a>", "Free shipping"),
}
DELIVERY = {
    "de": ["Lieferzeit: 2 bis 3 Werktage", "Heute bestellt, morgen da", "Lieferung: Mi., 3. Dez."],
    "nl": [
        "Levertijd: 2 tot 3 werkdagen",
        "Vandaag besteld, morgen in huis",
        "Bezorging: dinsdag 3 december",
    ],
    "en": [
        "Delivery time: 2 to 3 working days",
        "Order by 3pm for next day delivery",
        "Delivery by Tue 3 Dec",
    ],
}
VAT = {"de": "inkl. MwSt.", "nl": "incl. btw", "en": "incl. VAT"}
ON_TOP = {"de": "zzgl. 19 % MwSt.", "nl": "excl. btw", "en": "excl. VAT"}
SMALL = {
    "de": "Kleinunternehmer nach § 19 UStG",
    "nl": "kleineondernemersregeling",
    "en": "not registered for VAT",
}
PRICE = {"de": "59,90 €", "nl": "€ 59,90", "en": "£59.90"}
WAS = {"de": "statt <s>79,00 €</s>", "nl": "van <s>€ 79,00</s>", "en": "was <s>£79.00</s>"}
LIST = {"de": "UVP <s>79,00 €</s>", "nl": "Adviesprijs <s>€ 79,00</s>", "en": "RRP <s>£79.00</s>"}
LOWEST = {
    "de": "Niedrigster Preis der letzten 30 Tage: {},00 €",
    "nl": "Laagste prijs in de afgelopen 30 dagen: € {},00",
    "en": "Lowest price in the last 30 days: £{}.00",
}
CURRENCY = {"de": "EUR", "nl": "EUR", "en": "GBP"}


def product(language: str, *notes: str, price: str = "") -> str:
    said = "".join(f"<p>{note}</p>" for note in notes)
    shown = price or PRICE[language]
    return f"<main><h1>Teapot</h1><p style='font-size:28px'>{shown}</p>{said}</main>"


def marked(price: str, currency: str) -> str:
    offer = {"@type": "Offer", "price": price, "priceCurrency": currency}
    data = {"@context": "https://schema.org", "@type": "Product", "name": "Teapot", "offers": offer}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


@LANGUAGES
def test_the_cost_of_shipping_beside_the_price(said: Said, language: str) -> None:
    for note in SHIPPING[language]:
        found = said("shipping-cost-early", language, {"product": product(language, note)})
        assert (found.state, found.score) == ("passed", 1), (note, found)


@LANGUAGES
def test_the_cost_of_shipping_elsewhere_or_nowhere(said: Said, language: str) -> None:
    far = f"<div style='height:900px'></div>{SHIPPING[language][0]}"
    assert said("shipping-cost-early", language, {"product": product(language, far)}).score == 0.5
    silent = {"product": product(language, DELIVERY[language][0])}
    assert said("shipping-cost-early", language, silent).score == 0
    basket = {**silent, "basket": f"<main><p>{SHIPPING[language][0]}</p></main>"}
    assert said("shipping-cost-early", language, basket).score == 0.5


@pytest.mark.parametrize("rule", ["shipping-cost-early", "delivery-time", "vat-included", "price-coherence"])
@LANGUAGES
def test_without_a_product(said: Said, rule: str, language: str) -> None:
    assert said(rule, language, {"home": "<p>12,00 €</p>"}).state == "not-applicable"


@pytest.mark.parametrize("rule", ["shipping-cost-early", "delivery-time", "vat-included"])
def test_a_language_that_is_not_known(said: Said, rule: str) -> None:
    assert said(rule, "fr", {"product": product("de")}).state == "not-applicable"


@LANGUAGES
def test_delivery_time(said: Said, language: str) -> None:
    for note in DELIVERY[language]:
        found = said("delivery-time", language, {"product": product(language, note)})
        assert found.state == "passed", (note, found)


def test_a_delivery_time_in_the_structured_data_is_no_quote(said: Said) -> None:
    times = {"transitTime": {"minValue": 1, "maxValue": 3, "unitCode": "DAY"}}
    offer = {"@type": "Offer", "price": "59.90", "shippingDetails": {"deliveryTime": times}}
    data = {"@context": "https://schema.org", "@type": "Product", "name": "Teapot", "offers": offer}
    script = f'<script type="application/ld+json">{json.dumps(data)}</script>'
    found = said("delivery-time", "en", {"product": script + product("en")})
    assert (found.state, found.proofs[0].quote) == ("passed", "")
    assert found.proofs[0].note == "It stands in the structured data."


@LANGUAGES
def test_no_delivery_time_on_the_product(said: Said, language: str) -> None:
    pages = {"product": product(language, SHIPPING[language][0]), "shipping": f"<p>{DELIVERY[language][0]}"}
    assert said("delivery-time", language, pages).state == "failed"
    pages["product2"] = product(language, DELIVERY[language][0])
    assert said("delivery-time", language, pages).score == 0.5


def test_a_product_that_cannot_be_had_needs_no_delivery_time(said: Said) -> None:
    assert said("delivery-time", "de", {"product": product("de", "Ausverkauft")}).state == "not-applicable"


@LANGUAGES
def test_vat(said: Said, language: str) -> None:
    beside = {"product": product(language, VAT[language])}
    assert said("vat-included", language, beside).state == "passed"
    footer = {"product": f"{product(language)}<footer><p>* {VAT[language]}</p></footer>"}
    assert said("vat-included", language, footer).state == "passed"
    assert said("vat-included", language, {"product": product(language)}).state == "failed"
    on_top = said("vat-included", language, {"product": product(language, ON_TOP[language])})
    assert (on_top.state, ON_TOP[language] in on_top.proofs[0].quote) == ("failed", True)
    small = {"product": product(language), "terms": f"<p>{SMALL[language]}</p>"}
    assert said("vat-included", language, small).state == "not-applicable"


@LANGUAGES
def test_the_same_price(said: Said, language: str) -> None:
    html = marked("59.90", CURRENCY[language]) + product(language, WAS[language])
    assert said("price-coherence", language, {"product": html}).state == "passed"


@LANGUAGES
def test_another_price_for_machines(said: Said, language: str) -> None:
    for other in ("54.90", "79.00"):  # the struck one is no price either
        html = marked(other, CURRENCY[language]) + product(language, WAS[language])
        found = said("price-coherence", language, {"product": html})
        assert (found.state, found.score) == ("failed", 0), found
        assert other in found.proofs[0].note


def test_what_only_looks_like_another_price(said: Said) -> None:
    coherent = [
        marked("1.299", "EUR") + product("de", price="1.299,00 €"),
        marked("59.9", "EUR") + product("de"),
        marked("59.90", "EUR") + product("de", price="59<sup style='font-size:12px'>90</sup> €"),
        marked("12.00", "EUR") + product("de", "Größe M: 12,00 €"),
    ]
    for html in coherent:
        assert said("price-coherence", "de", {"product": html}).state == "passed", html
    other_currency = marked("64.00", "USD") + product("de")
    assert said("price-coherence", "de", {"product": other_currency}).state == "not-applicable"


@LANGUAGES
def test_another_price_in_the_basket(said: Said, language: str) -> None:
    pages = {"product": product(language), "basket": "<main><h1>Basket</h1></main>"}
    right = (Line("Teapot", PRICE[language], "tr"),)
    wrong = (Line("Teapot", PRICE[language].replace("59", "64"), "tr"),)
    assert said("price-coherence", language, pages, basket=right, added="Teapot").state == "passed"
    found = said("price-coherence", language, pages, basket=wrong, added="Teapot")
    assert (found.state, found.proofs[0].page) == ("failed", "first-basket")


@LANGUAGES
def test_reductions(said: Said, language: str) -> None:
    def judged(*notes: str) -> str:
        return said("price-reduction-basis", language, {"product": product(language, *notes)}).state

    assert judged(WAS[language], LOWEST[language].format(79)) == "passed"
    assert judged(WAS[language], LOWEST[language].format(65)) == "failed"
    assert judged(WAS[language]) == "informative"
    assert judged(LIST[language]) == "not-applicable"
    assert judged() == "not-applicable"
    assert judged(LIST[language], LOWEST[language].format(65)) == "not-applicable"


@LANGUAGES
def test_reductions_against_what_earlier_audits_saw(said: Said, language: str) -> None:
    def judged(*notes: str, days: Sequence[int] = range(33), **more: object) -> Verdict:
        earlier = joined(seen_before(language, day, **more) for day in days)
        pages = {"product": product(language, *notes)}
        return said("price-reduction-basis", language, pages, earlier_prices=earlier)

    invented = judged(WAS[language], value=Decimal(65))
    assert (invented.state, invented.confidence) == ("failed", "observed")
    [proof] = invented.proofs
    assert "79" in proof.quote
    assert "65 then" in proof.note
    assert "20 Sept 2026" in proof.note
    assert judged(WAS[language], LOWEST[language].format(79), value=Decimal(65)).state == "failed"
    assert judged(WAS[language], value=Decimal(65), days=[3]).state == "failed"
    kept = judged(WAS[language], value=Decimal(79))
    assert (kept.state, kept.confidence, len(kept.proofs)) == ("passed", "observed", 1)
    assert judged(WAS[language], value=Decimal(79), days=[3]).state == "informative"
    assert judged(WAS[language], value=Decimal(65), currency="USD").state == "informative"
    assert judged(LIST[language], value=Decimal(65)).state == "not-applicable"
    assert judged(value=Decimal(65)).state == "not-applicable"


def seen_before(language: str, day: int, **more: object) -> SeenPrice:
    """The teapot's price so many days before the last one."""
    at_ms = TAKEN_AT_MS - (day + 1) * DAY_MS
    url, currency = "https://shop.example/product", CURRENCY[language]
    plain = SeenPrice(url, "Teapot", "page", "", Decimal(79), currency, None, "65 then", at_ms, at_ms)
    return replace(plain, **more)  # type: ignore[arg-type]
