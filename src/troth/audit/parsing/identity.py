"""Signs of who stands behind a shop, in running text: VAT and register numbers, phones, addresses."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_EMAIL = re.compile(r"[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,24}(?![\w@])", re.IGNORECASE)
_HIDDEN_EMAIL = re.compile(r"[\w.+-]{1,64}\s?[(\[{]\s?(?:at|ät|@)\s?[)\]}]\s?[\w.-]{2,80}", re.IGNORECASE)
_VAT = re.compile(
    r"(?<![\w-])((?:DE[ .]?(?:\d[ .]?){9}|ATU[ .]?(?:\d[ .]?){8}|NL[ .]?(?:\d[ .]?){9}B[ .]?\d{2}"
    r"|BE[ .]?[01]?(?:\d[ .]?){9}|IE[ .]?\d[\dA-Z+*]\d{5}[A-Z]{1,2}|GB[ .]?(?:\d[ .]?){9}(?:\d{3})?"
    r"|FR[ .]?[\dA-Z]{2}[ .]?(?:\d[ .]?){9}|LU[ .]?(?:\d[ .]?){8}|DK[ .]?(?:\d[ .]?){8}"
    r"|PL[ .]?(?:\d[ .]?){10}|IT[ .]?(?:\d[ .]?){11}|ES[ .]?[A-Z\d]\d{7}[A-Z\d]|SE[ .]?(?:\d[ .]?){12}"
    r"|CHE[- .]?(?:\d[. ]?){9}(?: ?(?:MWST|TVA|IVA))?))(?![\w])",
    re.IGNORECASE,
)
_REGISTER = re.compile(
    r"(?<!\w)(?:HR[AB][ .:]*(?:Nr\.? ?)?\d{1,7}|HR[AB]-?Nr\.? ?\d{1,7}|FN ?\d{3,7} ?[a-z]"
    r"|(?:kvk|k\.v\.k\.|kamer van koophandel|handelsregister)\W{0,3}"
    r"(?:(?:nr\.|no\.|\w+)[^\w.]{1,3}){0,4}?\d{8}"
    r"|(?:ondernemingsnummer|kbo|bce)\W{0,3}(?:nr\W{0,3}|nummer\W{0,3})?(?:BE ?)?"
    r"[01]?\d{3}[. ]?\d{3}[. ]?\d{3}"
    r"|(?:company|registration|registered|business name|crn|cro)\W{0,3}"
    r"(?:(?:nr\.|no\.|\w+)[^\w.]{1,3}){0,6}?(?:SC|NI|OC)?\d{4,8}"
    r"|CHE[- .]?\d{3}[. ]?\d{3}[. ]?\d{3})(?!\w)",
    re.IGNORECASE,
)
_LEGAL_FORM = re.compile(
    r"(?<![\w.])(?:g?GmbH(?: & Co\.? ?KG(?:aA)?)?|UG(?: ?\(haftungsbeschränkt\))?|AG(?: & Co\.? ?KG)?"
    r"|OHG|KG|KGaA|SE|e\. ?K(?:fm|fr)?\.|eG|GbR|PartG"
    r"|B\. ?V\.(?:B\. ?A\.)?|BV(?:BA)?|N\. ?V\.|NV|V\.?O\.?F\.?|C\.V\.|S\.?à\.?r\.?l\.?"
    r"|Ltd\.?|Limited|PLC|plc|LLP|LLC|Inc\.?|S\.?R\.?L\.?|S\.?A\.?S?\.?|Sp\. z o\.o\.|DAC)(?!\w)"
)
_SOLE_TRADER = re.compile(
    r"(?<!\w)(?:Inhaber(?:in)?|Einzel(?:unternehm\w+|firma|kaufmann|kauffrau)|Kleinunternehmer\w*|eenmanszaak"
    r"|eigenaar|eigenaresse|zzp|sole trader|proprietor|trading as)(?!\w)",
    re.IGNORECASE,
)
_PHONE_TEXT = 30_000
"""Characters at either end of a text in which phone numbers are looked for."""
_PHONE_LABEL = re.compile(r"(?:tel|fon|phone|bel|call|mobi[el]l?|ruf)\w*\W{1,6}$", re.IGNORECASE)
_COMPANY = re.compile(
    r"GmbH|UG|AG|OHG|KG|SE|e\. ?K|eG|B\. ?V|BV|N\. ?V|NV|Ltd|Limited|PLC|plc|LLP|LLC|Inc|S\.|DAC|Sp"
)
_POSTCODES = {
    "DE": r"(?:D-? ?)?\d{5} [A-ZÄÖÜ]", "AT": r"(?:A-? ?)?\d{4} [A-ZÄÖÜ]", "CH": r"(?:CH-? ?)?\d{4} [A-ZÄÖÜ]",
    "BE": r"(?:B-? ?)?\d{4} [A-Z]", "NL": r"\d{4} ?[A-Z]{2}(?![A-Za-z])",
    "GB": r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}(?!\w)",
    "IE": r"[AC-FHKNPRTV-Y](?:\d\d|6W) ?[\dAC-FHKNPRTV-Y]{4}(?!\w)",
    "LU": r"L-?\d{4} [A-Z]", "FR": r"(?:F-? ?)?\d{5} [A-Z]", "DK": r"(?:DK-? ?)?\d{4} [A-Z]",
}  # fmt: skip
_LOOSE = ("AT", "CH", "BE", "DK")
"""Countries whose postcodes look like years; taken only where the country is known."""


@dataclass(frozen=True, slots=True)
class VatNumber:
    """A VAT number as written; `valid`: its check digits are right (python-stdnum)."""

    text: str
    valid: bool


@dataclass(frozen=True, slots=True)
class Address:
    """A postal address: the line with the postcode, the one with the street, and the one above it."""

    name: str
    street: str
    city: str
    above: str = ""
    """The lines before the street, up to four, in which the name and its legal form stand."""


def emails(text: str) -> tuple[str, ...]:
    """E-mail addresses, those written with (at) too."""
    found = [*_EMAIL.findall(text), *_HIDDEN_EMAIL.findall(text)]
    return tuple(dict.fromkeys(found))


def phones(text: str, country: str) -> tuple[str, ...]:
    """Phone numbers that can be, as written; without a country code they are read as `country`'s."""
    from phonenumbers import PhoneNumberMatcher

    if len(text) > 2 * _PHONE_TEXT:  # numbers stand at the top or in the footer
        text = f"{text[:_PHONE_TEXT]}\n{text[-_PHONE_TEXT:]}"
    regions = [country] if country else ["DE", "NL", "GB", "IE"]
    found = {
        match.raw_string: match.start
        for region in regions
        for match in PhoneNumberMatcher(text, region)
        if country or match.raw_string.startswith(("+", "00")) or _labelled(text, match.start)
    }
    return tuple(sorted(found, key=found.__getitem__))


def _labelled(text: str, start: int) -> bool:
    said = re.search(
        r"(?:tel|fon|phone|bel|call|mobi[el]l?|ruf)\w*\W{1,6}$",
        text[max(0, start - 24) : start],
        re.IGNORECASE,
    )
    return said is not None


def vat_numbers(text: str) -> Iterator[VatNumber]:
    """VAT numbers of European countries."""
    for match in _VAT.finditer(text):
        written = match[1].strip()
        yield VatNumber(written, _valid(re.sub(r"[ .-]", "", written).upper()))


def _valid(compact: str) -> bool:
    from stdnum.ch import vat as swiss
    from stdnum.eu import vat as european
    from stdnum.gb import vat as british

    if compact.startswith("CHE"):
        return bool(swiss.is_valid(compact)) or bool(swiss.is_valid(f"{compact}MWST"))
    if compact.startswith("GB"):
        return bool(british.is_valid(compact))
    return bool(european.is_valid(compact))


def register_numbers(text: str) -> tuple[str, ...]:
    """Numbers in a commercial register, with the words before them."""
    return tuple(match[0] for match in _REGISTER.finditer(text))


def legal_form(text: str) -> str:
    """The first legal form named, empty when none is."""
    match = _LEGAL_FORM.search(text)
    return match[0] if match else ""


def is_company(form: str) -> bool:
    """Whether a legal form has to be in a register."""
    return _COMPANY.match(form) is not None


def sole_trader(text: str) -> bool:
    """Whether the text speaks of one person's business."""
    return _SOLE_TRADER.search(text) is not None


def address(text: str, country: str) -> Address | None:
    """The first postal address in `text`; None when there is none."""
    known = [country] if country in _POSTCODES else [name for name in _POSTCODES if name not in _LOOSE]
    pattern = re.compile("|".join(rf"(?<![\w-]){_POSTCODES[name]}" for name in known))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    lines = [line for line in lines if line]
    for place, line in enumerate(lines):
        match = pattern.search(line)
        if match is None or len(line) > 300:
            continue
        before = line[: match.start()].strip(" ,|·-–/")
        above = [*(part.strip() for part in re.split(r"[,|·]", before) if part.strip())]
        above = [*lines[max(0, place - 3) : place], *above] if len(above) < 2 else above
        street = next((part for part in reversed(above) if _is_street(part)), "")
        if street:
            at = len(above) - 1 - above[::-1].index(street)
            if at and _is_street(above[at - 1]):  # `1 Old Lane`, `Dublin 1`
                at -= 1
            around = "\n".join([*lines[max(0, place - 5) : place], line])
            return Address(above[at - 1] if at else "", above[at], line[match.start() :][:80], around)
    return None


def _is_street(line: str) -> bool:
    number = re.search(r"(?<!\d)\d{1,4} ?[a-zA-Z]?(?:[-–/]\d{1,4}[a-zA-Z]?)?(?!\d)", line)
    return number is not None and re.search(r"[^\W\d]{3}", line) is not None and len(line) < 100
