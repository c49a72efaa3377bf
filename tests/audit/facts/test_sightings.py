"""What is asked for products, on their pages and on their cards, seen by the real collector."""

import json
from collections.abc import Callable
from decimal import Decimal

import pytest

from troth.audit.artifacts.price import SeenPrice
from troth.audit.artifacts.shape import Artifacts, Page
from troth.audit.facts import functions
from troth.audit.facts.sightings import Sightings
from troth.audit.inject import Facts

pytestmark = pytest.mark.browser
Seen = Callable[..., tuple[SeenPrice, ...]]
POT = "<main><h1>Pot</h1><p style='font-size:28px'>59,90 €</p>{}</main>"
CARD = "<li><a href='{0}'><img src=/x.svg width=90 height=90></a><h3><a href='{0}'>{1}</a></h3>{2}</li>"


@pytest.fixture
def prices(page: Callable[..., Page], artifacts: Callable[..., Artifacts]) -> Seen:
    """`prices(product="<main>…", category="…")`: the prices seen on these pages."""

    def made(**pages: str) -> tuple[SeenPrice, ...]:
        seen = [page(kind, f"<html lang=de><body>{html}</body></html>") for kind, html in pages.items()]
        found: Sightings = Facts(functions(), {"artifacts": artifacts(*seen)}).call(
            lambda sightings: sightings
        )
        return found.prices

    return made


def said(*prices: SeenPrice) -> list[tuple[str, str, str, Decimal | None]]:
    return [
        (price.product.rpartition("/")[2], price.name, str(price.value), price.struck) for price in prices
    ]


def ld(**offers: object) -> str:
    plain = {"@type": "Product", "name": "Pot", "sku": "P1", **offers}
    return f'<script type="application/ld+json">{json.dumps(plain)}</script>'


def listed(*cards: str) -> str:
    return f"<main><h1>Pots</h1><ul style='display:grid;gap:200px'>{''.join(cards)}</ul></main>"


def test_a_products_own_page(prices: Seen) -> None:
    (price,) = prices(
        product=POT.format("<p>statt <s>79,00 €</s></p><p>9,98 € / kg</p><p>zzgl. 4,90 € Versand</p>")
    )
    assert said(price) == [("product", "Pot", "59.90", Decimal("79.00"))]
    assert (price.place, price.currency, price.text, price.sku) == ("page", "EUR", "59,90 €", "")


def test_a_recommended_price_is_no_earlier_one(prices: Seen) -> None:
    assert said(*prices(product=POT.format("<p>UVP <s>79,00 €</s></p>"))) == [
        ("product", "Pot", "59.90", None)
    ]


@pytest.mark.parametrize(
    ("offers", "seen"),
    [
        ({"price": "59.90", "priceCurrency": "EUR"}, True),
        ([{"price": "59.90"}, {"price": "59.9"}], True),
        ({"price": "64.90", "priceCurrency": "EUR"}, False),
        ([{"price": "59.90"}, {"price": "79.90"}], False),
        ({"@type": "AggregateOffer", "lowPrice": "59.90", "highPrice": "79.90"}, False),
    ],
)
def test_variants_of_different_prices_are_left_out(prices: Seen, offers: object, seen: bool) -> None:
    found = prices(product=ld(offers=offers) + POT.format(""))
    assert [price.sku for price in found] == (["P1"] if seen else [])


@pytest.mark.parametrize(
    "html",
    [
        "<main><h1>Pot</h1><p style='font-size:28px'>ab 59,90 €</p></main>",
        POT.format("<p>statt <s>79,00 €</s> <s>89,00 €</s></p>"),
        "<main><h1>Pot</h1><p>ausverkauft</p></main>",
    ],
)
def test_what_is_in_doubt_is_left_out(prices: Seen, html: str) -> None:
    assert prices(product=html) == ()


def test_a_price_struck_for_another_product_is_not_this_ones(prices: Seen) -> None:
    other = "<div style='margin-top:500px'><p>Kanne</p><p>39,00 € <s>49,00 €</s></p></div>"
    assert said(*prices(product=POT.format(other))) == [("product", "Pot", "59.90", None)]


def test_cards_have_the_price_and_the_address_that_stand_together(prices: Seen) -> None:
    html = listed(
        CARD.format(
            "/p/pot?utm_source=x", "Pot", "<p><s>79,00 €</s> <b>59,90 €</b></p><a href=/cart/add/7>+</a>"
        ),
        CARD.format("/p/jug", "Jug", "<p>24,90 €</p><p>5,00 € / l</p>"),
        CARD.format("/p/set", "Set", "<p>ab 12,00 €</p>"),
        CARD.format("/p/cup", "Cup", "<p>9,00 € – 12,00 €</p>"),
        "<li><a href=/p/bowl><img src=/x.svg width=90 height=90><h3>Bowl</h3><p>19,90 €</p></a></li>",
        "<li><p>Versand 4,90 €</p><p>1,00 €</p></li>",
    )
    found = prices(category=html)
    assert said(*found) == [
        ("pot", "Pot", "59.90", Decimal("79.00")),
        ("jug", "Jug", "24.90", None),
        ("bowl", "Bowl", "19.90", None),
    ]
    assert {price.place for price in found} == {"card"}


def test_a_card_that_leads_to_several_products_or_a_maker_is_left_out(prices: Seen) -> None:
    maker = (
        "<li><img src=/x.svg width=9 height=9><a href=/maker>Maker</a><a href=/pot>Pot</a><p>59,90 €</p></li>"
    )
    several = "<li><img src=/x.svg width=9 height=9><a href=/p/a>A</a><a href=/p/b>B</a><p>19,90 €</p></li>"
    assert prices(category=listed(maker, several)) == ()


def test_a_product_listed_at_two_prices_is_left_out(prices: Seen) -> None:
    home = listed(CARD.format("/p/pot", "Pot", "<p>59,90 €</p>"))
    category = listed(
        CARD.format("/p/pot", "Pot", "<p>64,90 €</p>"), CARD.format("/p/jug", "Jug", "<p>9,00 €</p>")
    )
    assert said(*prices(home=home, category=category)) == [("jug", "Jug", "9.00", None)]
    assert len(prices(home=home, category=home)) == 1
