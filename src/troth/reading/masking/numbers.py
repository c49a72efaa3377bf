"""Numbers and addresses that lead to a person: e-mail, bank, card, phone, order, parcel, number plate."""

import re

import phonenumbers
from stdnum import ean, iban, isin, luhn

_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@| ?[(\[](?:at|ät)[)\]] ?)(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![A-Z0-9])", re.IGNORECASE
)
_IBAN_LENGTHS = {"NL": 18, "DE": 22, "BE": 16, "AT": 20, "CH": 21, "GB": 22, "FR": 27, "LU": 20}
_CARD = re.compile(r"(?<![\w-])[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7}(?![\w-])")
_PARCEL = re.compile(
    r"\b(?:3S[A-Z0-9]{9,15}|JV?GL[A-Z0-9]{8,20}|JJD\d{10,20}|1Z[A-Z0-9]{16}|[A-Z]{2}\d{9}[A-Z]{2}"
    r"|00340\d{15})\b"
)
_SUBJECT = (
    r"(?:order|bestel|bestell|bestellings?|kunden|klant(?:en)?|customer|client|account|mitglieds?"
    r"|lidmaatschaps?|member(?:ship)?"
    r"|booking|buchungs?|boekings?|reserverings?|reservierungs?|reservation|ticket|vorgangs?|auftrags?"
    r"|rechnungs?|factuur"
    r"|invoice|polis|policy|police|versicherungs?|vertrags?|contract|schade|schadens?|claims?|zaak|dossier"
    r"|case|fall"
    r"|referentie|referenz|reference|ref|sendungs?|paket|zendings?|tracking|track ?(?:&|and|en) ?trace"
    r"|bevestigings?"
    r"|confirmation|bsn|steuer|konto|rekening|personal|ausweis|pass|passport|serien|serial|zaak)"
)
_ORDER = re.compile(
    rf"\b({_SUBJECT}[- ]?(?:nummer|number|num|nr\.?|no\.?|code|id|#|zeichen|kenmerk)s?(?: (?:is|ist|lautet"
    rf"|was|war|van|von|of))?[ ]?[:#]?[ ]?"
    rf"|{_SUBJECT}[ ]?[:#][ ]?#?|(?:bestelling|bestellung|order|booking|boeking|buchung|rechnung|factuur"
    rf"|invoice|ticket|case) )"
    r"([A-Z]{0,6}[-./]?\d[A-Z0-9]*(?:[-./][A-Z0-9]+)*)(?![\w%€$£]|[.,]\d| ?(?:euro?|€|\$|£|stuks?|stück"
    r"|uhr|uur|%|times|keer|mal)\b)",
    re.IGNORECASE,
)
_PLATE = re.compile(
    r"\b((?i:kenteken|nummerplaat|kennzeichen|nummernschild|licen[cs]e plate|number plate"
    r"|registration)(?: (?:is|ist|number))?[ ]?:?[ ])"
    r"([A-ZÄÖÜ0-9]{1,4}(?:[- ][A-Z0-9]{1,4}){1,3})\b"
)
_PHONE = re.compile(r"(?<![\w@/.,+#-])(?:\+|00)?\(?\d[\d ()./\u2010-\u2015-]{5,22}\d(?![\w@]|[.,]\d|[-/]\d)")
_AMERICAN = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}")
_DATE = re.compile(
    r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})(?:\s.*)?|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:\s.*)?"
)
_REGIONS = {"nl": ("NL", "BE"), "de": ("DE", "AT", "CH"), "en": ("GB", "US")}
_EVERYWHERE = ("NL", "DE", "BE", "AT", "CH", "GB", "US")
_CALLED = re.compile(
    r"(?:tel|fon|foon|phone|mobil|mobiel|gsm|whatsapp|handy|nummer|number|call|bel"
    r"|erreichbar)\w*[.: ]*(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_URL = re.compile(r"((?:https?://|www\.)\S+)")
_LONG = re.compile(r"(?<![\w.,-])\d{9,24}(?![\w-]|[.,]\d)")


def without_numbers(text: str, language: str) -> str:
    """`text` without numbers that lead to a person: bank, card, phone, order, parcel, plate; and e-mail."""
    if "@" in text or "at)" in text or "at]" in text:
        text = _MAIL.sub("[e-mail]", text)
    if sum(map(str.isdigit, text)) < 3:
        return text
    if "://" in text or "www." in text:  # the numbers of pages are nobody's
        parts = _URL.split(text)
        parts[::2] = [_without_numbers(part, language) for part in parts[::2]]
        return "".join(parts)
    return _without_numbers(text, language)


def _without_numbers(text: str, language: str) -> str:
    text = _IBAN.sub(_bank, text)
    text = _CARD.sub(_card, text)
    text = _PARCEL.sub("[order]", text)
    text = _ORDER.sub(_order, text)
    text = _PLATE.sub(_plate, text)
    regions = _REGIONS.get(language, _EVERYWHERE)
    text = _PHONE.sub(lambda found: _phone(found, regions), text)
    return _LONG.sub(lambda found: found[0] if ean.is_valid(found[0]) else "[number]", text)


def _bank(found: re.Match[str]) -> str:
    bare = re.sub(r"[ -]", "", found[0]).upper()
    if isin.is_valid(re.split(r"[ -]", found[0].upper(), maxsplit=1)[0]):  # a share, whatever follows
        return found[0]
    if iban.is_valid(bare) or _IBAN_LENGTHS.get(bare[:2]) == len(bare):
        return "[iban]"
    for length in (_IBAN_LENGTHS.get(bare[:2], 0),):  # words of four letters may follow one
        if 0 < length < len(bare) and iban.is_valid(bare[:length]):
            return f"[iban]{_rest(found[0], length)}"
    return found[0]


def _rest(text: str, letters: int) -> str:
    """What follows after so many letters and digits of `text`."""
    for place, letter in enumerate(text):
        letters -= letter.isalnum()
        if letters < 0:
            return text[place - 1 if text[place - 1] in " -" else place :]
    return ""


def _card(found: re.Match[str]) -> str:
    bare = re.sub(r"[ -]", "", found[0])
    return "[card]" if 13 <= len(bare) <= 19 and luhn.is_valid(bare) else found[0]


def _order(found: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, found[2]))
    named = not found[1].endswith(" ") or len(found[1].split()) > 1 or "nummer" in found[1].lower()
    named = named or any(sign in found[1].lower() for sign in ("nr", "no.", "#", ":", "number", "code"))
    if _DATE.fullmatch(found[2]) or digits < (3 if named else 5):
        return found[0]
    return f"{found[1]}[order]"


def _plate(found: re.Match[str]) -> str:
    return f"{found[1]}[plate]" if any(map(str.isdigit, found[2])) else found[0]


def _phone(found: re.Match[str], regions: tuple[str, ...]) -> str:
    raw = found[0]
    digits = sum(map(str.isdigit, raw))
    if not 7 <= digits <= 15 or _DATE.fullmatch(raw.strip()):
        return raw
    before = found.string[max(0, found.start() - 30) : found.start()]
    called = _CALLED.search(before) is not None
    if not (raw.lstrip("(")[0] in "+0" or called or ("US" in regions and _AMERICAN.fullmatch(raw))):
        return raw
    for region in regions:
        try:
            number = phonenumbers.parse(raw, region)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number) or (called and phonenumbers.is_possible_number(number)):
            return "[phone]"
    return raw
