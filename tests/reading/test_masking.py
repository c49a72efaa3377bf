import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading import masked
from troth.reading.cleaning import cleaned

HIDDEN = [
    ("nl", "Mail me: jan.de-vries+bol@mail.example.nl graag", "Mail me: [e-mail] graag"),
    ("de", "Schreiben Sie an max (at) beispiel.de bitte", "Schreiben Sie an [e-mail] bitte"),
    ("nl", "Bel me op 06-12345678.", "Bel me op [phone]."),
    ("nl", "Ik ben te bereiken op +31 6 1234 5678", "Ik ben te bereiken op [phone]"),
    ("nl", "Ons nummer is 020 123 4567 en verder", "Ons nummer is [phone] en verder"),
    ("de", "Rufen Sie mich an: 030 901820 oder 0171/1234567", "Rufen Sie mich an: [phone] oder [phone]"),
    ("de", "Tel. +49 (0)30 901820", "Tel. [phone]"),
    ("de", "Handy 0664 1234567, bitte", "Handy [phone], bitte"),
    ("en", "Call me on 020 7946 0018 today", "Call me on [phone] today"),
    ("en", "call 212-555-0123 now", "call [phone] now"),
    ("nl", "Rekening NL91 ABNA 0417 1643 00 staat open", "Rekening [iban] staat open"),
    ("de", "auf DE89370400440532013000 überwiesen", "auf [iban] überwiesen"),
    ("de", "Vertippt: DE88 3704 0044 0532 0130 00", "Vertippt: [iban]"),
    ("en", "charged my card 4111 1111 1111 1111 twice", "charged my card [card] twice"),
    ("nl", "Bestelnummer: 1234567890 nog niet binnen", "Bestelnummer: [order] nog niet binnen"),
    ("nl", "Mijn klantnummer is 48213", "Mijn klantnummer is [order]"),
    ("nl", "bestelling 20345678 kwam nooit", "bestelling [order] kwam nooit"),
    ("de", "Kundennummer 4711-0815 und weiter", "Kundennummer [order] und weiter"),
    ("de", "Auftragsnr. A-123456 storniert", "Auftragsnr. [order] storniert"),
    ("en", "Order #AB-99812 never came", "Order #[order] never came"),
    ("en", "my booking reference: QX7391", "my booking reference: [order]"),
    ("nl", "pakket 3SABCD1234567 is kwijt", "pakket [order] is kwijt"),
    ("nl", "kenteken 12-ABC-3 werd geweigerd", "kenteken [plate] werd geweigerd"),
    ("en", "it says 9876543210987 all the time", "it says [number] all the time"),
    ("de", "Frau Müller-Lüdenscheidt war nett", "Frau [name] war nett"),
    ("de", "Danke an Herrn Dr. Hans von der Heide für alles", "Danke an Herrn [name] für alles"),
    ("nl", "mevrouw Van den Berg hielp mij", "mevrouw [name] hielp mij"),
    ("nl", "De heer Jansen zei nee", "De heer [name] zei nee"),
    ("en", "Mrs. O'Neill was kind", "Mrs. [name] was kind"),
    ("en", "My name is Mary Poppins and I wait", "My name is [name] and I wait"),
    ("de", "Mein Name ist Erika Mustermann.", "Mein Name ist [name]."),
    ("nl", "Mijn naam is Jan en ik wacht", "Mijn naam is [name] en ik wacht"),
    ("nl", "Traag. Met vriendelijke groet, Jan de Vries", "Traag. Met vriendelijke groet, [name]"),
    ("de", "Schade.\nMit freundlichen Grüßen\nMax Mustermann", "Schade.\nMit freundlichen Grüßen\n[name]"),
    ("de", "Tolle Ware! LG Maria", "Tolle Ware! LG [name]"),
    ("en", "Never again.\nKind regards,\nJohn Smith", "Never again.\nKind regards,\n[name]"),
    ("nl", "Beste Anna,\nhet pakket is er", "Beste [name],\nhet pakket is er"),
    ("en", "Dear John,\nthanks", "Dear [name],\nthanks"),
    ("nl", "bezorgd op Kerkstraat 12a, 1017 GL Amsterdam ipv hier", "bezorgd op [address] ipv hier"),
    ("de", "Lieferung an Lange Straße 5, 10115 Berlin kam nie", "Lieferung an [address] kam nie"),
    ("de", "Hauptstr. 7 gibt es nicht", "[address] gibt es nicht"),
    ("de", "wohne Am Bahnhof 3 und Bahnhofstraße 12", "wohne [address] und [address]"),
    ("en", "www.example.com/?m=jan@example.org 4111 1111 1111 1111", "www.example.com/?m=[e-mail] [card]"),
    ("en", "sent to 12 Baker Street instead", "sent to [address] instead"),
    ("en", "postcode SW1A 1AA is mine", "postcode [address] is mine"),
]  # fmt: skip

KEPT = [
    ("de", "Vom Hauptbahnhof 15 Minuten, Gleis 7, Wagen 21 Platz 45"),
    ("de", "Auf der Kreisstraße 421 stand ich am Parkplatz 3"),
    ("nl", "Startbaan 18 en de snelweg 2, zo is 2015 NS"),
    ("de", "Seit 2015 DB-Kunde, seit 2015 DB"),
    ("en", "see https://example.com/2016-04/08/content_38202553.htm and www.example.org/story?p=19946"),
    ("de", "siehe www.example.com/bahn-plant-zuege-44749492.html?utm_source=news&page=12&id=202 dort"),
    ("de", "Die Aktie ISIN: LU1250154413 DGAP-News und DE0007164600 WKN 716460"),
    ("en", "5 stars, would buy 2 more for 1,299.00"),
    ("nl", "Besteld op 12-05-2023, geleverd 2023-05-20 om 14:30 uur"),
    ("de", "Am 01.02.2023 für 1.299,00 € gekauft, Rechnung über 12.000 Euro"),
    ("en", "The Sony WH-1000XM4 and an iPhone 13 Pro 256GB"),
    ("nl", "bestelling van 250 euro, 100% tevreden, 24/7 bereikbaar"),
    ("nl", "order 150 euro duurder dan in 2022"),
    ("de", "Seit 2019 Kunde, 10000 Kunden können nicht irren"),
    ("de", "Beste Qualität, gerne wieder!"),
    ("de", "Liebe Grüße, gerne wieder"),
    ("de", "Die Frau an der Kasse war nett, der Herr auch"),
    ("nl", "mevrouw aan de balie was vriendelijk"),
    ("en", "Hi guys, hello Team, thanks"),
    ("en", "I spoke to Customer Service twice"),
    ("nl", "EAN 8711600804777 klopt"),
    ("de", "unterwegs 2 Stunden gewartet, Platz 5 war belegt"),
    ("nl", "10/10, cijfer 9.5"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "hidden"), HIDDEN)
@pytest.mark.parametrize("known", [True, False])
def test_personal_data_is_masked(language: str, text: str, hidden: str, known: bool) -> None:
    dutch_only = text.startswith("Beste ")  # in German that may be praise
    assert masked(text, language if known else "") == (text if dutch_only and not known else hidden)


@pytest.mark.parametrize(("language", "text"), KEPT)
@pytest.mark.parametrize("known", [True, False])
def test_what_names_nobody_stays(language: str, text: str, known: bool) -> None:
    assert masked(text, language if known else "") == text


@pytest.mark.parametrize(("language", "text", "hidden"), HIDDEN)
def test_masking_twice_changes_nothing_more(language: str, text: str, hidden: str) -> None:
    assert masked(hidden, language) == hidden
    assert masked(masked(text)) == masked(text)


WRAPPED = [
    ("Traag, mail jan&#64;mail.example", "Traag, mail [e-mail]"),
    ("Traag, mail <b>jan</b>@mail.example of bel 06-<i>1234</i>5678", "Traag, mail [e-mail] of bel [phone]"),
    ("Traag, jan\u200b@mail.example of 06\xad-1234\u20605678", "Traag, [e-mail] of [phone]"),
    ("<p>Traag &amp; duur</p>", "<p>Traag &amp; duur</p>"),
    ("jan&amp;#64;mail.example", "[e-mail]"),
    ("<b>Z3JvZW4gamFuQHguZGUuZ3JvZW4gamFuQHguZGUu", "groen [e-mail] [e-mail]."),
]


@pytest.mark.parametrize(("text", "hidden"), WRAPPED)
def test_what_markup_and_unseen_signs_hide_is_masked_and_else_nothing_is_touched(
    text: str, hidden: str
) -> None:
    assert masked(text) == hidden


def test_a_mail_that_nobody_decoded_is_masked_before_it_is_kept() -> None:
    mail = base64.b64encode(b"Bel 06-12345678 of mail jan@mail.example. Alles kapot.").decode()
    assert masked(mail) == "Bel [phone] of mail [e-mail]. Alles kapot."


PIECES = st.lists(st.sampled_from([
    *"aZ0@.- \n,:#[]()+/", "Frau ", "Groeten, ", "Order #", "tel ", "NL91ABNA0417164300", "06-12345678",
    "Jan ", "straat 1", "[name]", "1017 GL", "mail@x.de", "Dear ", "4111111111111111", "klantnummer ",
    "Hauptstraße 5", " van der ", "\u0130", "ß", "<b>", "</b>", "&#64;", "&amp;", "\u200b", "\xad",
    "Z3JvZW4gamFuQHguZGUu",
])).map("".join)  # fmt: skip


@given(st.one_of(st.text(), PIECES), st.sampled_from(["", "nl", "de", "en"]))
def test_any_text_can_be_masked_and_once_is_enough(text: str, language: str) -> None:
    once = masked(text, language)
    assert masked(once, language) == once


@given(PIECES)
def test_what_is_read_and_quoted_holds_nothing_more_to_mask(text: str) -> None:
    read = cleaned(masked(text)).text
    assert masked(read) == read
