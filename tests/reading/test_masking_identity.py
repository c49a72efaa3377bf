"""Documents, dates of birth, passwords, codes, devices, tokens, handles; what looks like them and stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from troth.reading import masked
from troth.reading.masking import PLACEHOLDERS
from troth.reading.tokens import TOKEN
from troth.reading.training.pieces import words

HIDDEN = [
    ("Mijn BSN is 111222333, klopt dat?", "Mijn BSN is [id], klopt dat?", "111222333"),
    ("burgerservicenummer: 1112.22.333", "burgerservicenummer: [id]", "22.333"),
    ("paspoort NXF3K2P41 werd geweigerd", "paspoort [id] werd geweigerd", "NXF3K2P41"),
    ("rijbewijsnummer 5123456789 en verder", "rijbewijsnummer [id] en verder", "5123456789"),
    ("nr 85.07.30-033.28 in het formulier", "nr [id] in het formulier", "033.28"),
    ("Meine Steuer-ID lautet 36 574 261 809.", "Meine Steuer-ID lautet [id].", "261 809"),
    ("Da steht 36 574 261 809 und sonst nichts", "Da steht [id] und sonst nichts", "574 261"),
    ("Ausweisnummer L01X00T47 abgelehnt", "Ausweisnummer [id] abgelehnt", "L01X00T47"),
    ("Reisepass: C01X00T478, Führerschein B072RRE2I55", "Reisepass: [id], Führerschein [id]", "B072RRE2I55"),
    ("AHV-Nr. 756.9217.0769.85 verlangt", "AHV-Nr. [id] verlangt", "0769"),
    ("auf der Karte 756.9217.0769.85", "auf der Karte [id]", "0769"),
    ("Versicherungsnummer 65 170839 J 003 falsch", "Versicherungsnummer [id] falsch", "170839"),
    ("my SSN 536-90-4399 leaked", "my SSN [id] leaked", "536-90"),
    ("they saw 536-90-4399 on the form", "they saw [id] on the form", "536-90"),
    ("NI number AB 12 34 56 C was asked", "NI number [id] was asked", "34 56"),
    ("National Insurance: AB123456C", "National Insurance: [id]", "AB123456C"),
    ("licence MORGA657054SM9IJ not accepted", "licence [id] not accepted", "MORGA657054SM9IJ"),
    ("passport number 123456789 lost", "passport number [id] lost", "123456789"),
    ("geboren op 3-4-1971 te Utrecht", "geboren op [birth date] te Utrecht", "1971"),
    ("mijn geboortedatum is 3 april 1971", "mijn geboortedatum is [birth date]", "1971"),
    ("Geburtsdatum: 03.04.1971", "Geburtsdatum: [birth date]", "1971"),
    ("ich bin am 3. April 1971 geboren", "ich bin am [birth date] geboren", "1971"),
    ("born 3 April 1971 in Leeds", "born [birth date] in Leeds", "1971"),
    ("DOB 04/03/71, no answer", "DOB [birth date], no answer", "04/03"),
    ("my daughter was born on April 3rd, 2019", "my daughter was born on [birth date]", "2019"),
    ("card 3782 822463 10005 exp 04/27 cvv 1234", "card [card] exp [expiry] cvv [code]", "822463"),
    ("4111 1111 1111 1111, gültig bis 12/26", "[card], gültig bis [expiry]", "12/26"),
    ("CVC: 123 stond erbij", "CVC: [code] stond erbij", "123"),
    ("mijn pincode is 4711", "mijn pincode is [code]", "4711"),
    ("Geheimzahl 4711 gesperrt", "Geheimzahl [code] gesperrt", "4711"),
    ("verification code 123 456 came late", "verification code [code] came late", "123 456"),
    ("mijn wachtwoord is Welkom123!", "mijn wachtwoord is [password]!", "Welkom123"),
    ("Wachtwoord Welkom123 werkt niet", "Wachtwoord [password] werkt niet", "Welkom123"),
    ("Passwort: sonnenschein\nBenutzer: ich", "Passwort: [password]\nBenutzer: ich", "sonnenschein"),
    ("the password is “sunshine”, really", "the password is “[password]”, really", "sunshine"),
    ("login from 203.0.113.195 at night", "login from [ip] at night", "203.0.113"),
    ("IP 198.51.100.7, IPv6 2001:db8:85a3::8a2e:370:7334", "IP [ip], IPv6 [ip]", "8a2e"),
    ("router 00:1A:2B:3C:4D:5E is down", "router [device] is down", "2B:3C"),
    ("phone 49-015420-323751-8 blocked", "phone [device] blocked", "323751"),
    ("IMEI: 490154203237518", "IMEI: [device]", "490154203237518"),
    ("kenteken van mijn auto is 12-abc-3", "kenteken van mijn auto is [plate]", "abc-3"),
    ("Kfz-Kennzeichen B-XY 1234 falsch", "Kfz-Kennzeichen [plate] falsch", "XY 1234"),
    ("registration AB12 CDE was fined", "registration [plate] was fined", "AB12"),
    ("number plate AB12CDE", "number plate [plate]", "AB12CDE"),
    ("Versicherungsschein-Nr. 12/345/678 gekündigt", "Versicherungsschein-Nr. [order] gekündigt", "345"),
    ("polisnummer 12.345.678 opgezegd", "polisnummer [order] opgezegd", "345"),
    ("Schadennummer: 23 1234 5678", "Schadennummer: [order]", "1234"),
    ("claim ref: ABC/123/456", "claim ref: [order]", "123"),
    ("Zählernummer 1ESY1160123456", "Zählernummer [order]", "1160123456"),
    ("mandaatnummer M-12345-67", "mandaatnummer [order]", "12345"),
    ("see https://example.com/reset/aB3dE5fG7hJ9kL1m?lang=nl&page=2",
     "see https://example.com/reset/[token]?lang=nl&page=2", "aB3dE5fG7hJ9kL1m"),
    ("https://example.com/o/550e8400-e29b-41d4-a716-446655440000/pay",
     "https://example.com/o/[token]/pay", "446655440000"),
    ("(www.example.com/track?order=4711123&email=jan%40example.org).",
     "(www.example.com/track?order=[token]&email=[token]).", "jan"),
    ("https://jan:geheim@example.com/x", "https://[token]@example.com/x", "geheim"),
    ("https://example.com/photos/105923598448486455832/a", "https://example.com/photos/[token]/a", "1059"),
    ("@shop my friend @jan_de_vries83 waits", "[handle] my friend [handle] waits", "jan_de"),
    ("RT @somebody: nooit meer", "RT [handle]: nooit meer", "somebody"),
    ("somebody from 84.23.119.7 logged in", "somebody from [ip] logged in", "119.7"),
    ("62.45.1.9 war das", "[ip] war das", "62.45"),
    ("logged in from 1.2.3.4 twice", "logged in from [ip] twice", "1.2.3.4"),
    ("CVC code: 123", "CVC code: [code]", "123"),
    ("cvv code 456 gevraagd", "cvv code [code] gevraagd", "456"),
    ("kaartcode 987 gevraagd", "kaartcode [code] gevraagd", "987"),
    ("Visa 4111 1111 1111 1111, vervalt 12/26, code 987",
     "Visa [card], vervalt [expiry], code [code]", "987"),
    ("inlogcode 4471 kwam te laat", "inlogcode [code] kwam te laat", "4471"),
    ("Ich bin am 17.08.1939 in Berlin geboren", "Ich bin am [birth date] in Berlin geboren", "1939"),
    ("Op 4 mei 1980 ben ik geboren", "Op [birth date] ben ik geboren", "1980"),
    ("On 3 April 1971 I was born", "On [birth date] I was born", "1971"),
    ("policy HX-778812-K declined", "policy [order] declined", "778812"),
    ("My policy 88442219", "My policy [order]", "88442219"),
    ("claim 55443322", "claim [order]", "55443322"),
    ("My claim 2026/55443 waits", "My claim [order] waits", "55443"),
    ("Schade 2026-00123", "Schade [order]", "00123"),
    ("Schaden 2026-55443", "Schaden [order]", "55443"),
    ("Vertrag 88442219, Polis 12345", "Vertrag [order], Polis [order]", "12345"),
    ("https://x.example/u/jan-jansen/polis/884422190", "https://x.example/u/[token]/polis/[token]",
     "jansen"),
    ("Ww: Welkom123", "Ww: [password]", "Welkom123"),
    ("wachtwoord was Hond1234 en nu Kat5678.", "wachtwoord was [password] en nu [password].", "Kat5678"),
    ("postcode 1234AB huisnummer 5", "postcode [address]", "1234AB"),
    ("IBAN: NL 91 ABNA 0417 164 300 graag", "IBAN: [iban] graag", "0417"),
    ("DE 89 3704 0044 0532 0130 00 Konto", "[iban] Konto", "3704"),
    ("rekening 0417164300", "rekening [iban]", "0417164300"),
]  # fmt: skip

KEPT = [
    "iPhone 15, WH-1000XM4, ICE 577, RE 5, A320, 4K, B2B, S21 Ultra",
    "Open 9-17 uur, ma-vr 09:00-17:30, 24/7, 12:30:45",
    "Versie 10.0.0.25 en firmware 203.0.113.19 crashen, iOS 17.1.2",
    "router 192.168.178.100 antwoordet nicht, 127.0.0.1 auch nicht",
    "In 2019, 2019-2021, seit 1998, am 3. April 2024, on 04/03/2024, 3-4-2024",
    "geboren 1971, born in 1971, 20 Jahre jung, a born leader since 3 years",
    "Am Geburtstag, 3. April 2024, kam das Paket nicht",
    "Voucher gültig bis 12/26, melk geldig tot 03/27, valid until 04/2027",
    "Mein Passwort ist falsch, das Passwort war nicht möglich. Password is incorrect!",
    "mijn wachtwoord is vergeten; wachtwoord: vergeten. password: reset it please",
    "Password 2FA fails, Passwort vergessen, wachtwoord reset duurt",
    "pin 2000 euro, pinnen kan niet, PIN ist falsch, tan 3 mal",
    "paspoort in 2 weken klaar, my passport expired in 2019, Pass 2024-2026, Reisepass 70 Euro",
    "Führerschein seit 2019, rijbewijs gehaald op 12-05-2023, licence 3 years old",
    "registration took 10 minutes, REGISTRATION QR 10, Kennzeichen der Firma, number plate 20 euro",
    "Preis 36 574 261 808 nie, 1 299 500 Stück, 12 345 Kunden",
    "5 @ 3 euro, @home en @work, 3@4, a @ b, back @10am, @me",
    "https://example.com/watch/bahn-plant-neue-zuege-im-jahr-2016-12345678.html?page=12&sort=price",
    "http://example.com/id/content_38202553.htm",
    "12-05-23-34-41-45 waren die Lottozahlen, 1::2, ratio 3:4:5",
    "update von 1.2.3.4 auf 1.2.3.5, Version 62.45.1.9, Chrome 62.45.1.9, § 1.2.3.4, Traveler 9.0.1.11",
    "Schaden 12.500 nicht bezahlt, claim 25000, contract 2023-2024, Vertrag 01/2023, schade 12500 euro",
    "100000000 pounds, 100000000 keer, 100000000 Menschen",
    "https://example.com/user/login, https://example.com/orders/2024",
    "Code SOMMER20 geht nicht, Aktion 2024, EAN 8711600804777",
]  # fmt: skip


@pytest.mark.parametrize(("text", "hidden", "secret"), HIDDEN)
@pytest.mark.parametrize("language", ["", "nl", "de", "en"])
def test_what_tells_who_somebody_is_gets_masked_in_each_language(
    text: str, hidden: str, secret: str, language: str
) -> None:
    assert secret in text
    assert masked(text, language) == hidden
    assert masked(hidden, language) == hidden
    assert secret not in hidden


@pytest.mark.parametrize("text", KEPT)
@pytest.mark.parametrize("language", ["", "nl", "de", "en"])
def test_what_only_looks_so_stays(text: str, language: str) -> None:
    assert masked(text, language) == text


@given(st.sampled_from(HIDDEN), st.text(alphabet="abcdefgh äöü ,", max_size=40))
def test_nothing_that_was_masked_comes_back_whatever_stands_around(
    case: tuple[str, str, str], around: str
) -> None:
    text, _hidden, secret = case
    found = masked(f"{around}. {text}\n{around}")
    assert secret not in found.removeprefix(around)
    assert masked(found) == found


PIECES = st.lists(st.sampled_from([
    *" .,:-/@=?&#\n(", "BSN ", "passport no. ", "geboren ", "3-4-1971", "password is ", "Pw: ", "PIN ",
    "4111 1111 1111 1111", " 04/27", "cvv ", "exp ", "https://x.de/", "?token=", "aB3dE5fG7hJ9kL1m", "@jan",
    "12.34.5.6", "IP 203.0.113.195", "2001:db8::1:2:3", "00:1A:2B:3C:4D:5E", "kenteken ", "12-ABC-3",
    "reg ", "AB12 CDE",
    "536-90-4399", "AB 12 34 56 C", "490154203237518", "order no ", " 1234", "Frau ", "Jan", "[id]", "[code]",
    "[password]", "\u0130", "ß", "<b>", "&#64;", "1990", "mijn ", "is ",
])).map("".join)  # fmt: skip


@given(PIECES, st.sampled_from(["", "nl", "de", "en"]))
def test_masking_once_is_enough(text: str, language: str) -> None:
    once = masked(text, language)
    assert masked(once, language) == once


@given(st.text(alphabet=st.characters(categories=["Ll", "Lu", "Zs"], max_codepoint=0x24F), max_size=200))
def test_words_alone_hold_no_number_or_secret(text: str) -> None:
    masks = {mask for mask in PLACEHOLDERS if mask in masked(text)}
    assert masks <= {"[name]"}


@pytest.mark.parametrize("mask", PLACEHOLDERS)
def test_a_mask_is_one_token_to_the_reader_and_to_training(mask: str) -> None:
    assert TOKEN.findall(f"Bel {mask} nu") == ["Bel", mask, "nu"]
    assert words(f"Bel {mask} nu") == ["bel", mask, "nu"]
