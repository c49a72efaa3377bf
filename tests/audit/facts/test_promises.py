"""Promises in figures: delivery, free shipping, answers, service hours."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.audit.result.helpers import page

from troth.audit.facts import delivery as delivery_facts
from troth.audit.facts.delivery import delivery_times, names_delivery_date
from troth.audit.facts.passages import Passage, Passages
from troth.audit.facts.products import Products, ShownProduct
from troth.audit.facts.promises import Promises, answer_times, promises, service_hours
from troth.audit.facts.returns import returns
from troth.audit.facts.site import Site
from troth.audit.parsing.things import Days, Offer, Product

SITE = Site("https://shop.example/", "shop.example", "shop.example", "", "", ())


def made(*texts: str) -> Promises:
    passages = Passages(tuple(Passage("p", "shipping", "en", text) for text in texts), understood=True)
    return promises(delivery_facts.delivery(SITE, Products(()), passages), returns(SITE, passages), passages)


def line(text: str) -> Passage:
    return Passage("p", "product", "", text)


@pytest.mark.parametrize(
    ("text", "least", "most", "working"),
    [
        ("Lieferzeit: 2 bis 3 Werktage", 2, 3, True),
        ("Lieferung in 2-3 Werktagen", 2, 3, True),
        ("Wir liefern innerhalb von 14 Tagen nach Zahlungseingang.", 14, 14, False),
        ("Levertijd: 1 tot 3 werkdagen", 1, 3, True),
        ("Vandaag besteld, morgen in huis", 1, 1, False),
        ("Na 2 werkdagen heb je je bestelling binnen", 2, 2, True),
        ("Voor 23:59 besteld, morgen gratis bezorgd", 1, 1, False),
        ("Order by 3pm for next day delivery", 1, 1, False),
        ("Heute bestellt, morgen da", 1, 1, False),
        ("Delivered within 48 hours", 2, 2, False),
    ],
)
def test_delivery(text: str, least: float, most: float, working: bool) -> None:
    (found,) = delivery_times(line(text))
    assert (found.least, found.most, found.working, found.dispatch) == (least, most, working, False)


@pytest.mark.parametrize(
    "text",
    ["Dispatched within 24 hours", "In 24 Stunden versandfertig", "Binnen 24 uur verzonden"],
)
def test_leaving_is_not_arriving(text: str) -> None:
    assert [(found.most, found.dispatch) for found in delivery_times(line(text))] == [(1, True)]


@pytest.mark.parametrize(
    "text",
    [
        "Kostenloser Versand und 30 Tage Rückgabe",
        "2 Jahre Garantie ab Lieferung",
        "Zwei Wochen nach der Lieferung schicken wir einen Link",
        "two weeks after delivery we send a link",
        "An email confirming delivery details comes within 24 hours.",
        "30 Tage Rückgabe nach Lieferung",
        "Unsere Lieferanten kennen wir seit 20 Jahren.",
        "U kunt uw bestelling binnen 14 dagen retourneren.",
    ],
)
def test_spans_that_are_no_delivery_time(text: str) -> None:
    assert list(delivery_times(line(text))) == []


def test_a_date_of_delivery() -> None:
    assert names_delivery_date("Lieferung: Mi., 3. Dez.")
    assert names_delivery_date("Bezorging dinsdag 3 december")
    assert names_delivery_date("Delivery by Tue 3 Dec")
    assert not names_delivery_date("Lieferung in Ihr Haus")
    assert not names_delivery_date("3. Dezember")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("Free shipping over £50", 50, "GBP"),
        ("Ab einem Warenwert von 60,00 € liefern wir versandkostenfrei.", 60, "EUR"),
        ("Orders over €60.00 have free shipping.", 60, "EUR"),
        ("Vanaf een bestelwaarde van € 60,00 is de verzending gratis.", 60, "EUR"),
        ("Versandkosten 4,90 €, ab 60 € frei Haus", 60, "EUR"),
        ("Delivery is free over £35 but is charged at £5.95 for all others", 35, "GBP"),
        ("Gratis verzending vanaf € 50,- en 100 dagen retour", 50, "EUR"),
    ],
)
def test_free_shipping(text: str, value: float, unit: str) -> None:
    assert [(found.least, found.unit) for found in made(text).of("free-shipping")] == [(value, unit)]


@pytest.mark.parametrize("text", ["Versandkosten 4,90 €", "Gutschein ab 50 €", "Free returns over £50"])
def test_no_free_shipping(text: str) -> None:
    assert made(text).of("free-shipping") == ()


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("Wir antworten innerhalb von 24 Stunden.", 24),
        ("Nachrichten beantworten wir innerhalb eines Werktages.", 24),
        ("Wij reageren binnen 2 werkdagen.", 48),
        ("We reply within 24 hours.", 24),
        ("You will hear from us within one hour.", 1),
    ],
)
def test_answers(text: str, hours: float) -> None:
    assert [found.most for found in answer_times(line(text))] == [hours]


def test_duties_of_the_law_are_no_answers() -> None:
    assert list(answer_times(line("Wir beantworten Anfragen nach DSGVO innerhalb von 30 Tagen."))) == []
    assert list(answer_times(line("Wir antworten seit 20 Jahren."))) == []


@pytest.mark.parametrize(
    ("text", "opens", "closes"),
    [
        ("Servicezeiten: Montag bis Freitag von 9 bis 17 Uhr.", 9, 17),
        ("Bereikbaar op werkdagen van 9.00 tot 17.30 uur.", 9, 17.5),
        ("Opening hours: Monday to Friday, 9 am to 5 pm.", 9, 17),
        ("Mo-Fr 08:30 - 17:00", 8.5, 17),
    ],
)
def test_service_hours(text: str, opens: float, closes: float) -> None:
    assert [(found.least, found.most) for found in service_hours(line(text))] == [(opens, closes)]


@pytest.mark.parametrize("text", ["Größe 9 bis 17", "Open 24/7", "Mo-Fr 2 bis 3 Werktage", "9 bis 17 Uhr"])
def test_no_service_hours(text: str) -> None:
    assert list(service_hours(line(text))) == []


def test_structured_data_are_not_quoted() -> None:
    marked = Product("Teapot", offers=(Offer(Decimal(5), "EUR", delivery=Days(1, 3)),))
    product = ShownProduct("first-1", "Teapot", None, (), (), marked, "", 1, 9, 0)
    shop, none = replace(SITE, pages=(page(),)), Passages((), understood=True)
    found = promises(delivery_facts.delivery(shop, Products((product,)), none), returns(shop, none), none)
    assert [(one.least, one.most, one.quote) for one in found.all] == [(1, 3, "")]


def test_all_of_a_page_each_once() -> None:
    text = "Delivery takes 2-3 working days."
    found = made(text, text, "You may return goods within 30 days.", "We refund within 14 days.")
    assert [(promise.kind, promise.least, promise.most, promise.unit) for promise in found.all] == [
        ("delivery-time", 2, 3, "working-days"),
        ("return-period", 30, 30, "days"),
        ("refund-time", 14, 14, "days"),
    ]
    assert {(promise.page, promise.language) for promise in found.all} == {("p", "en")}
    assert Decimal(found.all[0].most) == 3


@given(st.text(max_size=300))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for promise in made(text).all:
        assert 0 <= promise.least <= promise.most
