"""What leads to a person by its form: e-mail, bank, card, phone; and what has an own file, in its order."""

import re

import phonenumbers
from stdnum import ean, iban, isin, luhn

from troth.reading.masking.identity import without_expiry, without_identity, without_secrets
from troth.reading.masking.network import PAGE, without_devices, without_handles, without_tokens
from troth.reading.masking.references import DATE, without_references

_MAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%-]{1,64}(?:@| ?[(\[](?:at"
    r"|ät)[)\]] ?)(?:[\w-]{1,63}\.){1,5}[^\W\d_]{2,24}(?![\w-])",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?(?![A-Z0-9])", re.IGNORECASE
)
_LOOSE_IBAN = re.compile(
    r"(?<![A-Z0-9])(?:(?:NL|DE|BE|AT|CH|GB|FR|LU)[ .-]?\d[ .-]?\d(?:[ .-]{0,2}[A-Z0-9]){11,23})(?![A-Z0-9])"
)
"""With blanks in whatever place; words may follow."""
_SHAPED_IBAN = re.compile(r"NL\d{2}[A-Z]{4}\d{10}|GB\d{2}[A-Z]{4}\d{14}|(?:DE|AT|CH|BE|LU)\d+")
_ACCOUNT = re.compile(
    r"(\b(?:(?:bank|giro|spaar)?rekening(?:nummer|nr\.?)?|(?:bank|giro)?konto(?:nummer|nr\.?)?"
    r"|bank account(?: (?:number|no\.?))?)"
    r"(?: (?:is|ist|lautet|was|war))?[ ]?:?[ ])"
    r"(?:\d{7,10}|\d{2}\.\d{2}\.\d{2}\.\d{3})(?![\w%€$£-]|[.,]\d| ?(?:euro?|€|\$|£)\b)"
    r"|(\bsort[- ]?code(?: (?:is|was))?[ ]?:?[ ])\d{2}[- ]?\d{2}[- ]?\d{2}(?![\w-])",
    re.IGNORECASE,
)
_ACCOUNTS = ("rekening", "konto", "bank account", "sort")
_IBAN_LENGTHS = {"NL": 18, "DE": 22, "BE": 16, "AT": 20, "CH": 21, "GB": 22, "FR": 27, "LU": 20}
_CARD = re.compile(
    r"(?<![\w-])(?:3[47]\d{2}[ -]?\d{6}[ -]?\d{5}|[2-6]\d{3}(?:[ -]?\d{4}){2}[ -]?\d{1,7})(?![\w-])"
)
_FEWEST_DIGITS, _IBAN_DIGITS, _CARD_DIGITS = 2, 12, 13
_PHONE = re.compile(r"(?<![\w@/.,+#-])(?:\+|00)?\(?\d[\d ()./\u2010-\u2015-]{5,22}\d(?![\w@]|[.,]\d|[-/]\d)")
_AMERICAN = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]\d{3}[-. ]\d{4}")
_REGIONS = {"nl": ("NL", "BE"), "de": ("DE", "AT", "CH"), "en": ("GB", "US")}
_EVERYWHERE = ("NL", "DE", "BE", "AT", "CH", "GB", "US")
_CALLED = re.compile(
    r"(?:tel|fon|foon|phone|mobil|mobiel|gsm|whatsapp|handy|nummer|number|call|bel"
    r"|erreichbar)\w*[.: ]*(?:\w+ ){0,3}$",
    re.IGNORECASE,
)
_LONG = re.compile(
    r"(?<![\w.,-])\d{9,24}(?![\w-]|[.,]\d| ?(?:euros?|eur|€|\$|£|dollars?|pounds?|pond|pfund|cents?"
    r"|keer|mal|times|x"
    r"|km|meter|kilo|kwh|people|mensen|menschen|stuks?|stück|prozent|procent|percent|%|punten|punkte"
    r"|points)(?!\w))",
    re.IGNORECASE,
)


def without_numbers(text: str, language: str) -> str:
    """`text` without what leads to a person by its form: numbers, e-mail, handles, secrets, devices."""
    if "://" in text or "www." in text.lower():  # the words of pages are nobody's
        parts = PAGE.split(text)
        parts[::2] = [_without_numbers(part, language) for part in parts[::2]]
        parts[1::2] = [_without_mail(without_tokens(part)) for part in parts[1::2]]
        return "".join(parts)
    return _without_numbers(text, language)


def _without_mail(text: str) -> str:
    return _MAIL.sub("[e-mail]", text) if "@" in text or "at)" in text or "at]" in text else text


def _without_numbers(text: str, language: str) -> str:
    low = text.lower()
    text = without_secrets(text, low)
    text = _without_mail(text)
    if "@" in text:
        text = without_handles(text)
    digits = sum(map(str.isdigit, text))
    if digits < _FEWEST_DIGITS:
        return text
    text = without_identity(text, low, digits)
    text = _IBAN.sub(_bank, text)
    if digits >= _IBAN_DIGITS:
        text = _LOOSE_IBAN.sub(_loose, text)
    if any(map(low.__contains__, _ACCOUNTS)):
        text = _ACCOUNT.sub(lambda found: f"{found[1] or found[2]}[iban]", text)
    text = without_devices(text, low, digits)
    if digits >= _CARD_DIGITS:
        text = _CARD.sub(_card, text)
    text = without_expiry(text)
    text = without_references(text)
    regions = _REGIONS.get(language, _EVERYWHERE)
    text = _PHONE.sub(lambda found: _phone(found, regions), text)
    return _LONG.sub(lambda found: found[0] if ean.is_valid(found[0]) else "[number]", text)


def _bank(found: re.Match[str]) -> str:
    bare = re.sub(r"[ -]", "", found[0]).upper()
    if isin.is_valid(re.split(r"[ -]", found[0].upper(), maxsplit=1)[0]):  # a share, whatever follows
        return found[0]
    if iban.is_valid(bare) or _IBAN_LENGTHS.get(bare[:2]) == len(bare):
        return "[iban]"
    length = _IBAN_LENGTHS.get(bare[:2], 0)
    if 0 < length < len(bare) and iban.is_valid(bare[:length]):  # words of four letters may follow one
        return f"[iban]{_rest(found[0], length)}"
    return found[0]


def _loose(found: re.Match[str]) -> str:
    bare = re.sub(r"[^A-Z0-9]", "", found[0])
    length = _IBAN_LENGTHS[bare[:2]]
    if len(bare) < length or isin.is_valid(bare[:12]):
        return found[0]
    if not iban.is_valid(bare[:length]) and not (len(bare) == length and _SHAPED_IBAN.fullmatch(bare)):
        return found[0]
    return f"[iban]{_rest(found[0], length)}"


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


def _phone(found: re.Match[str], regions: tuple[str, ...]) -> str:
    raw = found[0]
    digits = sum(map(str.isdigit, raw))
    if not 7 <= digits <= 15 or DATE.fullmatch(raw.strip()):
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
