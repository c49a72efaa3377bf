"""What a company knows somebody by: order, customer, policy and claim numbers, parcels, number plates."""

import re

from troth.reading.masking.beginning import Begun, lower

DATE = re.compile(
    r"\d{1,2}[./-] ?\d{1,2}[./-] ?(?:\d{4}|\d{2})(?:\s.*)?|\d{4}[./-]\d{1,2}[./-]\d{1,2}(?:\s.*)?"
)

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
    r"|confirmation|(?:vertrags)?konto|rekening|personal|personeels|serien|serial|zähler|zaehler"
    r"|meter|mandats?"
    r"|mandaats?|relatie|lid|deelnemers?|teilnehmer|versicherungsschein|akten|bonuskaart|kundenkarten?"
    r"|klantenkaart|loyalty card)"
)
_ORDER = Begun(
    "order beste kunden klant custom client accoun mitgli lidm member bookin buchun boekin reserv ticket"
    " vorgan auftra rechnu factuu invoic poli versic vertra contra schad claim zaak dossie case fall refer"
    " ref sendun paket zendin track bevest confir konto rekeni person serie seria zähler zaehle meter manda"
    " relati lid deelne teilne akten bonusk kunden klante loyalt",
    rf"({_SUBJECT}[- ]?(?:nummer|number|num|nr\.?|no\.?|code|id|#|zeichen|kenmerk)s?(?: (?:is|ist|lautet"
    rf"|was|war|van|von|of))?[ ]?[:#]?[ ]?"
    rf"|{_SUBJECT}[ ]?[:#][ ]?#?|(?:bestelling|bestellung|order|booking|boeking|buchung|rechnung|factuur"
    rf"|invoice|ticket|case) |(?P<noun>(?:polis|policy|police|claim|schade(?:n(?:s?fall|smeldung)?"
    rf"|melding)?"
    r"|vertrag|contract|dossier|zaak|aktenzeichen|versicherungsschein|versicherung) ))"
    r"((?:(?-i:[A-Z]{1,4}) )?[A-Z]{0,6}[-./]?\d[A-Z0-9]*(?:[-./][A-Z0-9]+| \d{3,4}(?![\w.,/:-]))*)"
    r"(?![\w%€$£]|[.,]\d| ?(?:euro?|€|\$|£|stuks?|stück|uhr|uur|%|times|keer|mal|pounds?|dollars?"
    r"|pond|pfund|people|mensen|menschen|km|k)\b)",
)
_OF_CAR = (
    r"(?: (?:van|von|vom|of|for|meine[sm]?|mijn|my|our|the|de|auto|autos|wagens?|car|is|ist|lautet|was|war"
    r"|number|nummer|nr\.?|no\.?))*[ ]?:?[ ]"
)
_PLATE = Begun(
    "kenteken nummerpla kennzeichen nummernsch license licence number vehicle regist reg",
    r"((?:kenteken(?:plaat)?|nummerpla(?:at|ten)|kennzeichen|nummernschild(?:er)?|(?:licen[cs]e|number)"
    rf" ?plates?|vehicle registration|reg(?:istration|\.)? (?:number|plate|no\.?)){_OF_CAR})"
    r"(?:(?-i:[A-ZÄÖÜ0-9]{1,4}(?:[- ][A-Z0-9]{1,4}){1,3})|[a-z0-9]{1,3}(?:-[a-z0-9]{1,3}){2}"
    r"|[a-zäöü]{1,3}-[a-z]{1,2}[ -]?\d{1,4}[eh]?|(?=[a-z]*\d)(?=\d*[a-z])[a-z0-9]{5,8})(?!\w)"
    rf"|(reg(?:istration|\.)?{_OF_CAR})(?-i:[A-Z]{{2}}\d{{2}} ?[A-Z]{{3}}|[A-Z]\d{{1,3}} ?[A-Z]{{3}}"
    r"|[A-Z]{3} ?\d{1,3}[A-Z])(?!\w)",
    inside=True,
)
_AMOUNT = re.compile(
    r"\d{1,3}[.]\d{3}|\d{1,3}000?|\d+000|(?:\d{1,2}[-./])?(?:19|20)\d\d(?:[-/.](?:\d{1,2}|(?:19"
    r"|20)\d\d))?|[\d.]{1,9}[mk]"
)
"""Behind a noun alone: amounts, months, years and from one to another."""
_NAMED_DIGITS, _BARE_DIGITS = 3, 5


def without_references(text: str) -> str:
    """`text` with `[order]` for what a company numbers, and `[plate]`."""
    text = _PARCEL.sub("[order]", text)
    text = _ORDER.sub(_order, text, lower(text))
    return _PLATE.sub(_plate, text, lower(text))


def _order(found: re.Match[str]) -> str:
    digits = sum(map(str.isdigit, found[3]))
    before = found[1].lower()
    named = not before.endswith(" ") or len(before.split()) > 1
    named = named or any(sign in before for sign in ("nummer", "nr", "no.", "#", ":", "number", "code"))
    if found["noun"] and _AMOUNT.fullmatch(found[3]):
        return found[0]
    if DATE.fullmatch(found[3]) or digits < (_NAMED_DIGITS if named else _BARE_DIGITS):
        return found[0]
    return f"{found[1]}[order]"


def _plate(found: re.Match[str]) -> str:
    before = found[1] or found[2]
    number = found[0][len(before) :]
    plate = any(map(str.isdigit, number)) and any(map(str.isalpha, number))
    return f"{before}[plate]" if plate and not DATE.fullmatch(number) else found[0]
