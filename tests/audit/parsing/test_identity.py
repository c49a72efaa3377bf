"""Signs of who stands behind a shop."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.audit.parsing import identity


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("USt-IdNr. DE 136695976", True),
        ("USt-IdNr.: DE136695978", False),
        ("Btw-id: NL000000012B90", True),
        ("btw NL123456789B01", False),
        ("VAT number: IE1234567T", True),
        ("VAT GB 980 7806 84", True),
        ("ATU13585627", True),
        ("CHE-107.787.577 MWST", True),
    ],
)
def test_vat_numbers(text: str, valid: bool) -> None:
    assert [number.valid for number in identity.vat_numbers(text)] == [valid]


@pytest.mark.parametrize("text", ["DE1234567890123", "ORDER136695976", "DE 12", "SE-Modell 5"])
def test_what_is_no_vat_number(text: str) -> None:
    assert list(identity.vat_numbers(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "Amtsgericht Berlin (Charlottenburg), HRB 999999",
        "HRB-Nr. 4711",
        "FN 123456 a",
        "KvK-nummer: 00009876",
        "Kamer van Koophandel Utrecht nr. 12345678",
        "company number 000123",
        "Registered in England and Wales no. 01234567",
        "ondernemingsnummer BE 0123.456.789",
    ],
)
def test_register_numbers(text: str) -> None:
    assert identity.register_numbers(text)


def test_a_register_without_a_number_is_none() -> None:
    assert identity.register_numbers("Nicht im Handelsregister eingetragen. Bestellung 12345678") == ()


@pytest.mark.parametrize(
    ("text", "country", "street", "name"),
    [
        ("Laden GmbH\nAm Alten Speicher 1\n10115 Berlin", "DE", "Am Alten Speicher 1", "Laden GmbH"),
        ("Laden GmbH, Am Speicher 1, 10115 Berlin", "DE", "Am Speicher 1", "Laden GmbH"),
        ("Winkel B.V.\nOude Pakhuisstraat 1\n3511 AB Utrecht", "NL", "Oude Pakhuisstraat 1", "Winkel B.V."),
        ("Shop Ltd\n1 Old Lane\nDublin 1, D01 AA00\nIreland", "", "1 Old Lane", "Shop Ltd"),
        ("Shop Ltd\n12 High Street\nLeeds LS1 4AP", "GB", "12 High Street", "Shop Ltd"),
        ("Laden\nHauptplatz 3/4\n1010 Wien", "AT", "Hauptplatz 3/4", "Laden"),
    ],
)
def test_addresses(text: str, country: str, street: str, name: str) -> None:
    found = identity.address(text, country)
    assert found is not None
    assert (found.street, found.name) == (street, name)


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Seit 2015 Versand nach Berlin", ""),
        ("10115 Berlin", "DE"),
        ("Wir freuen uns\nüber 50000 Kunden", "DE"),
        ("", ""),
    ],
)
def test_what_is_no_address(text: str, country: str) -> None:
    assert identity.address(text, country) is None


def test_forms_of_business() -> None:
    assert identity.legal_form("Kesselkrug Hausrat GmbH") == "GmbH"
    assert identity.is_company(identity.legal_form("Winkel B.V."))
    assert identity.is_company(identity.legal_form("Shop Ltd"))
    assert not identity.is_company(identity.legal_form("Zwei GbR"))
    assert identity.legal_form("Aus unserem Lager") == ""
    assert identity.sole_trader("Inhaberin (Einzelunternehmen)")
    assert not identity.sole_trader("Kundin aus Bremen")


def test_mail_and_phone() -> None:
    assert identity.emails("Mail: info@shop.example oder post (at) shop.example") == (
        "info@shop.example",
        "post (at) shop.example",
    )
    assert identity.phones("Telefon: +49 30 23125 017", "") == ("+49 30 23125 017",)
    assert identity.phones("Tel. 030 23125 017", "DE") == ("030 23125 017",)
    assert identity.phones("KvK 12345678, am 2026-11-26, HRB 123456", "DE") == ()


@given(st.text(max_size=200), st.sampled_from(["", "DE", "NL", "GB", "XX"]))
def test_any_text_is_read_without_a_fault(text: str, country: str) -> None:
    identity.address(text, country)
    identity.phones(text, country)
    assert all(number.text for number in identity.vat_numbers(text))
    identity.emails(text)
    identity.register_numbers(text)
