"""Prices as pages draw them, seen by the real collector."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from troth.audit.artifacts.shape import Page
from troth.audit.facts.prices import shown_prices

pytestmark = pytest.mark.browser


@pytest.mark.parametrize(
    ("html", "value", "role"),
    [
        ("<main><p>59,90 €</p></main>", "59.90", "price"),
        ("<main><p><b>59</b><sup>90</sup> €</p></main>", "59.90", "price"),
        ("<main><p><span>€</span><b>59</b><sup style='font-size:8px'>,90</sup></p></main>", "59.90", "price"),
        (
            "<main><p style='font-size:30px'>€ 59<sup style='font-size:12px'>90</sup></p></main>",
            "59.90",
            "price",
        ),
        ("<main><p><span>1.299</span><span>,00</span>&nbsp;<span>€</span></p></main>", "1299.00", "price"),
        ("<main><p><s>79,00 €</s></p></main>", "79.00", "was"),
        ("<main><p>statt <s>79,00 €</s></p></main>", "79.00", "was"),
        ("<main><p>UVP <s>79,00 €</s></p></main>", "79.00", "list"),
        ("<main><p>Adviesprijs € 79,00</p></main>", "79.00", "list"),
        ("<main><p>Niedrigster Preis der letzten 30 Tage: 79,00 €</p></main>", "79.00", "lowest"),
        ("<main><p>Lowest price in the last 30 days: £79.00</p></main>", "79.00", "lowest"),
        ("<main><p>12,90 € / kg</p></main>", "12.90", "unit"),
        ("<main><p>plus <a href=/s>£4.90 shipping</a></p></main>", "4.90", "shipping"),
        ("<main><p>Gratis verzending vanaf € 50,-</p></main>", "50", "shipping"),
        ("<main><p>Sie sparen 20,00 €</p></main>", "20.00", "saving"),
        ("<main><p><span>59,95</span></p></main>", "59.95", "price"),
    ],
)
def test_a_price_and_what_it_is(page: Callable[..., Page], html: str, value: str, role: str) -> None:
    (price,) = shown_prices(page("product", html))
    assert (price.value, price.role) == (Decimal(value), role)


def test_two_prices_in_a_line_stay_two(page: Callable[..., Page]) -> None:
    html = "<main><p><s>79,00 €</s> <b>59,90 €</b></p><p><b>12,50 €</b> <b>13,50 €</b></p></main>"
    found = [(str(price.value), price.struck) for price in shown_prices(page("product", html))]
    assert found == [("79.00", True), ("59.90", False), ("12.50", False), ("13.50", False)]


def test_what_is_hidden_is_no_price(page: Callable[..., Page]) -> None:
    html = "<main><p hidden>1,00 €</p><p style='display:none'>2,00 €</p><p>3 Tage, 14:30</p></main>"
    assert list(shown_prices(page("product", html))) == []
