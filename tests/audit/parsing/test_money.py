"""Amounts of money, as shops write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.audit.parsing.money import amounts, bare_amount


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
