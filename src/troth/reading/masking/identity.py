"""Who somebody is: numbers of documents and of the state, dates of birth, passwords and secret codes."""

import re
from collections.abc import Callable

from stdnum.be import bis, nn
from stdnum.ch import ssn as ahv
from stdnum.de import idnr
from stdnum.us import ssn

from troth.reading.masking.beginning import Begun, lower

_NUMBER = r"(?:s?[- ]?(?:nummern?|number|num|nr\b\.?|no\b\.?|n°|code|id\b|idnr\b\.?))"
_STRONG = (
    r"bsn|burgerservice|sofi|paspoort|identiteits(?:kaart|bewijs)|id[- ]?(?:kaart|bewijs|karte|card)"
    r"|rijbewijs|rijksregister|insz|niss|svnr|idnr|ahv(?:n13)?|nino|ssn|social security|national insurance"
    r"|steuer[- ]?id(?:entifikations)?|sozialversicherungs|rentenversicherungs|reisepass"
    r"|(?:personal)?ausweis|identitätskarte|f(?:ü|ue)hrerschein|aufenthaltstitel|passport|identity card"
    r"|driv(?:er['’]?s?|ing) licen[cs]e"
)  # fmt: skip
_WEAK = (
    r"pass|steuer|sv|avs|oasi|ni|nhs|licen[cs]e|national id|tax(?:payer)?|v|(?:kranken)?versicherten"
    r"|vreemdelingen|verblijfs(?:document|vergunning)?|identificatie|legitimatie(?:bewijs)?|identifikations"
)
"""These mean a person's number only with a word for number behind them."""
_NINO = r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?: \d\d){3} [A-D]"
_VALUE = (
    rf"(?:(?-i:{_NINO})\b|(?:(?-i:[A-Z]{{1,3}}) )?[a-z]{{0,6}}\d[a-z0-9]*"
    r"(?:[ .\-/]{1,2}\d[a-z0-9]*|[ .-](?-i:[A-Z])\b(?! [a-z]))*)"
    r"(?![\w%€$£@]|[.,]\d| ?(?:euro?|€|\$|£|stuks?|stück|uhr|uur|%|km|jahre?n?|jaar|years?|keer|times"
    r"|mal)\b)"
)
_DOCUMENT = Begun(
    "bsn burgerserv sofi paspoort identi id rijbewijs rijksreg insz niss svnr ahv nino ssn social nation"
    " steuer sozial renten reisepass pass person ausweis führersch fuehrersch aufent drivi drive sv"
    " avs oasi"
    " ni nhs licen tax v versicherten kranken vreemd verblijf legitim",
    rf"((?:(?:{_STRONG})({_NUMBER})?|(?:{_WEAK})({_NUMBER}))(?: (?:is|was|ist|lautet|war|luidt))?"
    rf"[ ]?[:#=]?[ ]?\(?(?<=[ .:#=(]))({_VALUE})",
)
_NO_NUMBER = re.compile(
    r"(?:\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|(?:19|20)\d\d ?[-/] ?(?:(?:19|20)?\d\d))(?![./-]?\d)"
)
"""Dates, and from one year to another."""

_DRIVER = r"[A-Z]{2,5}9{0,3}\d[0156]\d[0-3]\d\d[A-Z9]{2}[A-Z0-9][A-Z]{2}"  # Great Britain: 16 signs
_PENSION = r"\d{2} ?(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{2} ?[A-Z] ?\d{3}"  # Germany
_SHAPED = re.compile(
    rf"(?<![\w.,/-])(?:(756(?:[. ]?\d{{4}}){{2}}[. ]?\d{{2}})|(\d{{3}}-\d{{2}}-\d{{4}})"
    rf"|(\d{{2}}\.\d{{2}}\.\d{{2}}-\d{{3}}\.\d{{2}})|(\d{{2}}(?: \d{{3}}){{3}})|({_NINO})|({_DRIVER})"
    rf"|({_PENSION}))"
    r"(?![\w-]|[.,]\d)"
)


_CHECKS: tuple[Callable[[str], bool], ...] = (
    ahv.is_valid,
    ssn.is_valid,
    lambda number: nn.is_valid(number) or bis.is_valid(number),
    idnr.is_valid,
    bool,
    lambda number: len(number) == 16,
    bool,
)
"""By group of `_SHAPED`: AHV, SSN, rijksregisternummer, Steuer-ID, NINO, driving licence, pension."""

_MONTH = (
    r"(?:jan(?:uar[iy]?)?|jänner|feb(?:ruar[iy]?)?|m(?:aart|rt|ärz|aerz|arch|ar)|apr(?:il)?|mei|mai"
    r"|may|jun[ie]?"
    r"|jul[iy]?|aug(?:ust(?:us)?)?|sept?(?:ember)?|o[ck]t(?:ober)?|nov(?:ember)?|de[cz](?:ember)?)\.?"
)
_DAY = (
    r"(?:\d{1,2} ?[./-] ?\d{1,2} ?[./-] ?(?:\d{4}|\d{2})|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    rf"|\d{{1,2}}(?:\.|st|nd|rd|th|e)? ?(?:of )?{_MONTH},? ?(?:\d{{4}}|'?\d{{2}})"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:\d{{4}}|'?\d{{2}}))(?![\w]|[.,:-]\d)"
)
_BORN = re.compile(
    r"(\b(?:geboortedatum|geboortedag|geb\.? ?datum|geburtsdatum|date of birth|birth ?date|d\.?o\.?b\b\.?"
    r"|geboren|born|geb\.)[ ]?:?(?:[ ,(]+[^\W\d_]+){0,4}?[ ,:(]*"
    r"|\b(?:verjaardag|geburtstag|birthday)(?: (?:is|ist)(?: op| am| der| on)?|[ ]?:)[ ]?)"
    rf"({_DAY})",
    re.IGNORECASE,
)
_BORN_BEHIND = re.compile(
    rf"(?<![\w./-])({_DAY})((?:,?(?: [^\W\d_]+){{0,5}} (?:geboren|geb\.|born)(?!\w)|,? (?:is"
    rf"|ist) (?:mijn|mein|my) "
    r"(?:geboortedatum|geburtsdatum|date of birth|birth ?date|dob)\b"
    r"|,? ?\((?:geboortedatum|geburtsdatum|date of birth|birth ?date|dob|geboren|born)\)))",
    re.IGNORECASE,
)
_BORN_HINTS = ("geb", "born", "birth", "dob", "d.o.b", "verjaardag", "geburts")

_SECRET = re.compile(
    r"(\b(?:wachtwoord|paswoord|passwort|kennwort|password|passcode|passphrase|pwd|pw|ww|login|inlogcode"
    r"|toegangscode)"
    r"(?: (?:van|voor|für|for|of|to)(?: [^\W\d_]+){1,3})?"
    r"(?:[ ]?[:=]|(?: (?:was|is|ist|war|lautet|luidt))(?: (?:nu|jetzt|now|still|noch|nog|gewoon))?"
    r"[ ]?:?)[ ]?|\b(?:wachtwoord|passwort|kennwort|password) )"
    r"([\"'“„‘«]?)([^\s\[\]]{3,64})",
    re.IGNORECASE,
)
_SECOND = re.compile(
    r"(\[password\][\"'”“’»]?,?(?: (?:en|und|and|or|of|oder|then|dann|daarna|later|nu|now|jetzt|is"
    r"|ist|was|war|het|es|it"
    r"|to|naar|zu)){1,4}[ ]?:?[ ])([\"'“„‘«]?)(?=[^\s\[\]]*\d)(?=[^\s\[\]]*[^\W\d_])([^\s\[\]]{5,64})",
    re.IGNORECASE,
)
_NO_SECRET = re.compile(
    r"(?:wrong|incorrect|falsch|vergessen|vergeten|forgotten|forgot|fout|onjuist|ung(?:ü|ue)ltig"
    r"|ongeldig|invalid|reset"
    r"|ge(?:ä|ae)ndert|gewijzigd|veranderd|changed|none|kein\w*|geen|yes|nein|nee|not|niet|nicht"
    r"|accept\w*|expired|verlopen"
    r"|abgelaufen|korrekt|correct|richtig|juist|goed|the|het|das|der|die|een|eine?|the|too|te|zu|ich"
    r"|ik|you|sie|und|and"
    r"|https?:.*|www\..*|\d{1,2}[:.]\d{2}|[\W_]+)",
    re.IGNORECASE,
)
_SECRET_HINTS = ("wachtw", "passw", "paswo", "kennwort", "passcode", "passphr", "pwd", "pw", "login", "inlog",
                 "ww:", "ww :", "ww=", "ww is", "ww was",
                 "toegangsc")  # fmt: skip

_CODE = Begun(
    "cvv cvc security card kaart inlog login log-in anmelde prüf pruef karten sicherheitsc"
    " beveiligingsc veiligheidsc controlec pin geheim tan mtan"
    " sms otp one verific bestätigungsc bestaetigungsc zugangsc toegangsc access puk",
    r"((?:(?:cvv2?|cvc2?)(?:[- ]?(?:code|nummer|number|nr\.?))?|(?:card|kaart|karten|inlog|log-?in"
    r"|anmelde)[- ]?code"
    r"|security code|pr(?:ü|ue)f(?:ziffer|nummer)|karten-?pr(?:ü|ue)fnummer|sicherheitscode"
    r"|beveiligingscode|veiligheidscode|controlecode|pin(?:[- ]?(?:code|nummer|number|nr\.?))?|geheimzahl"
    r"|geheimnummer|geheime code|m?tan(?:[- ]?nummer)?|sms-?code|otp|one[- ]time (?:code|password)"
    r"|verification code|verificatiecode|best(?:ä|ae)tigungscode|zugangscode|toegangscode|access code"
    r"|puk(?:-?code)?)(?: (?:van|voor|für|for|of|on)(?: [^\W\d_]+){1,3})?"
    r"(?: (?:is|ist|was|war|lautet|luidt))?[ ]?[:=#]?[ ]?)"
    r"(\d{3}[ -]\d{3}|\d{3,8})(?![\w%€$£-]|[.,:]\d| ?(?:euro?|€|\$|£|mal|keer|times)\b)",
)
_EXPIRY = re.compile(
    r"(\b(?:exp(?:\.|iry|ires|iration)?(?: date)?|valid (?:thru|through|until|till|to)|good thru"
    r"|g(?:ü|ue)ltig bis"
    r"|abl(?:auf|ä?uft)(?:datum)?|verfall(?:s?datum)?|geldig (?:tot|t/m)|vervaldatum|verloopt|vervalt)"
    r"(?: (?:is|ist|am|op|on|in))?[ ]?:?[ ]?)(?:0?[1-9]|1[0-2]) ?[/-] ?(?:20)?\d{2}(?![\w/-])",
    re.IGNORECASE,
)
_CARD_CODE = re.compile(
    r"(\bcode(?: (?:is|ist|was|war))?[ ]?[:=]?[ ]?)\d{3,4}(?![\w%€$£-]|[.,:]\d)", re.IGNORECASE
)
_NEAR = 80
"""So many characters around a card's number in which a month and a year are its expiry."""


def without_secrets(text: str, low: str) -> str:
    """`text` with `[password]` for a password that is told.

    Args:
        text: What is masked.
        low: It in lower case.
    """
    if any(map(low.__contains__, _SECRET_HINTS)):
        text = _SECRET.sub(_secret, text)
    return _SECOND.sub(_second, text) if "[password]" in text else text


def without_identity(text: str, low: str, digits: int) -> str:
    """`text` with `[id]`, `[birth date]` and `[code]` where words or check digits show them.

    Args:
        text: What is masked.
        low: It in lower case.
        digits: How many digits it has.
    """
    if any(map(low.__contains__, _BORN_HINTS)):
        text = _BORN.sub(r"\1[birth date]", text)
        text = _BORN_BEHIND.sub(r"[birth date]\2", text)
    text = _DOCUMENT.sub(_document, text, lower(text))
    if digits > 6:
        text = _SHAPED.sub(_shaped, text)
    return _CODE.sub(lambda found: f"{found[1]}[code]", text, lower(text))


def without_expiry(text: str) -> str:
    """`text` with `[expiry]` and `[code]` beside a card whose number is masked."""
    if "[card]" not in text:
        return text
    text = _EXPIRY.sub(lambda found: _beside_card(found, "[expiry]"), text)
    return _CARD_CODE.sub(lambda found: _beside_card(found, "[code]"), text)


def _document(found: re.Match[str]) -> str:
    value = found[4]
    if _NO_NUMBER.match(value):
        return found[0]
    signs, digits = sum(map(str.isalnum, value)), sum(map(str.isdigit, value))
    least = 2 if found[2] or found[3] else 3
    return f"{found[1]}[id]" if signs > 5 and digits >= least else found[0]


def _shaped(found: re.Match[str]) -> str:
    sound = _CHECKS[(found.lastindex or 1) - 1](found[0])
    return "[id]" if sound else found[0]


def _secret(found: re.Match[str]) -> str:
    """A word of plain letters is a password only in quotes or alone behind a colon."""
    value = found[3].rstrip(".,;!?)\"'”“’»")
    tail = found[3][len(value) :]
    if len(value) < 3 or _NO_SECRET.fullmatch(value):
        return found[0]
    mixed = not value.isalpha() and not re.fullmatch(r"[^\W\d_]+(?:[-'’/][^\W\d_]+)+", value)
    mixed = mixed or (value[1:] != value[1:].lower() and value != value.upper())
    told = found[1].rstrip()[-1] in ":="
    if " " not in found[1].rstrip() and not told:  # nothing between them: only what is no word at all
        mixed = len(value) > 5 and any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    alone = told and re.match(r"[ \t]*(?:\n|$)", found.string[found.end() :]) is not None
    if mixed or alone or (found[2] and tail):
        return f"{found[1]}{found[2]}[password]{tail}"
    return found[0]


def _second(found: re.Match[str]) -> str:
    value = found[3].rstrip(".,;!?)\"'”“’»")
    return f"{found[1]}{found[2]}[password]{found[3][len(value) :]}"


def _beside_card(found: re.Match[str], mask: str) -> str:
    around = found.string[max(0, found.start() - _NEAR) : found.end() + _NEAR]
    return f"{found[1]}{mask}" if "[card]" in around else found[0]
