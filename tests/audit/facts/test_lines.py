from decimal import Decimal

import pytest

from troth.audit.facts.lines import alike, amount, kind_of


@pytest.mark.parametrize(
    ("price", "value"),
    [
        ("€ 1.299,-", "1299"),
        ("59,90 €", "59.90"),
        ("$1,234.50", "1234.50"),
        ("- € 8,90", "-8.90"),
        ("−8,90 €", "-8.90"),
        ("Gratis", "0"),
        ("kostenlos", "0"),
        ("", None),
        ("n/a", None),
    ],
)
def test_amounts(price: str, value: str | None) -> None:
    assert amount(price) == (None if value is None else Decimal(value))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("1 × Oak chair Lund, natural", "product"),
        ("Subtotaal", "subtotal"),
        ("Zwischensumme (1 Artikel)", "subtotal"),
        ("Totaal incl. btw", "total"),
        ("Gesamtbetrag", "total"),
        ("Grand total", "total"),
        ("Verzendkosten (PostNL)", "shipping"),
        ("DHL Paket", "shipping"),
        ("Paketversicherung", "add-on"),
        ("Handling fee", "fee"),
        ("Verpackungspauschale", "fee"),
        ("21% btw", "tax"),
        ("zzgl. Pfand", "deposit"),
        ("Gutschein SOMMER", "discount"),
        ("Leather care set", "other"),
    ],
)
def test_what_a_line_is_for(text: str, kind: str) -> None:
    assert kind_of(text, "Oak chair Lund") == kind


def test_a_product_is_known_by_its_name_only() -> None:
    assert alike("Oak chair Lund", "OAK CHAIR LUND - Size M - Qty 1")
    assert alike("Oak chair Lund with cushion", "Oak chair Lund")
    assert not alike("Oak chair Lund", "Pine table Skive")
    assert not alike("", "anything")
