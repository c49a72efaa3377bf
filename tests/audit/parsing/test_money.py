"""Amounts of money, as shops write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.audit.parsing.money import PRICE, amounts, bare_amount, has_price


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("59,90 €", "59.90", "EUR"),
        ("€ 1.299,-", "1299", "EUR"),
        ("€24,–", "24", "EUR"),
        ("1.299,00 €*", "1299.00", "EUR"),
        ("1 299,00 €", "1299.00", "EUR"),
        ("£1,299.00", "1299.00", "GBP"),
        ("$12.50", "12.50", "USD"),
        ("CHF 1'299.00", "1299.00", "CHF"),
        ("EUR 12", "12", "EUR"),
        ("50 Euro", "50", "EUR"),
        ("gratis vanaf €50,- besteld", "50", "EUR"),
        ("ab 1.000 €", "1000", "EUR"),
        ("59,90\u00a0€", "59.90", "EUR"),
        ("1\u202f299 €", "1299", "EUR"),
    ],
)
def test_amounts(text: str, value: str, currency: str) -> None:
    (found,) = amounts(text)
    assert (found.value, found.currency) == (Decimal(value), currency)
    assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(
    "text",
    ["14 Tage", "Europa 12", "12 europese", "1.2.3 €", "v1.5 $HOME", "5 krachten", "", "€", "12,5,6 €"],
)
def test_what_is_no_amount(text: str) -> None:
    assert list(amounts(text)) == []


@given(st.decimals("0.01", "999999.99", places=2), st.sampled_from(["de", "en", "nl", "ch", "plain"]))
def test_what_a_shop_writes_is_read_back(value: Decimal, style: str) -> None:
    english = f"{value:,.2f}"
    german = english.translate(str.maketrans(",.", ".,"))
    written = {
        "de": f"{german} €", "en": f"£{english}", "nl": f"€ {german}", "plain": f"{value} EUR",
        "ch": f"CHF {english.replace(',', '’')}",
    }[style]  # fmt: skip
    (found,) = amounts(f"Preis: {written} inkl.")
    assert found.value == value


@given(st.text(max_size=200))
def test_any_text_is_read_without_a_fault(text: str) -> None:
    for found in amounts(text):
        assert found.value >= 0
        assert text[found.start : found.end] == found.text


def test_an_amount_without_a_currency() -> None:
    assert bare_amount(" 59,95 ") is not None
    assert [bare_amount(text) for text in ("59", "14:30", "59,95 m", "1.2.34")] == [None] * 4


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("nu voor € 1.299,- per stuk", "€ 1.299,-"),
        ("ab 59,90 €*", "59,90 €"),
        ("$12.50", "$12.50"),
        ("CHF 20", "CHF 20"),
        ("Fr. 20.50", "Fr. 20.50"),
        ("50 Euro", "50 Euro"),
        ("€\n12,50", "€\n12,50"),
        ("15,-", "15,-"),
        ("1 234,50 EUR", "1 234,50 EUR"),
        ("artikel 1234", ""),
        ("1.234.567", ""),
        ("2026", ""),
    ],
)
def test_a_price_is_seen_in_a_text(text: str, price: str) -> None:
    found = PRICE.search(text)
    assert (found[0] if found else "") == price
    assert has_price(text) is bool(price)


@given(st.text("0123456789.,-–€£ \nCHFEUR'", max_size=40))
def test_where_an_amount_is_read_a_price_is_seen(text: str) -> None:
    assert has_price(text) or not list(amounts(text))
