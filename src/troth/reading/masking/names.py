"""Names of people, told by what stands around them: titles, greetings, signatures, "my name is"."""

import re

from troth.reading.masking.given import brand, company, person
from troth.reading.masking.roles import NAME, without_last, without_roles

_DOCTORS = r"(?:Oetker|Martens|Hauschka|Pepper|Who|Scholl|Bronner|Dre|Seuss|Jart|Doolittle|Bibber)\b"
_NOBODY = r"(?:Spex|Minit|Wash|Holle|Right|Etam|Saigon|World|Universe|Clean|Robot|der Ringe|Word|Office)\b"
"""Brands and figures that have a title."""
_TITLED = re.compile(
    r"\b((?:[Hh]errn?|[Ff]rau|Fräulein|HERRN?|FRAU|[Mm]eneer|[Mm]ijnheer|[Mm]evrouw|[Mm]evr\.?|[Dd]hr\.?"
    r"|[Mm]w\.?|[Dd]e heer|[Ff]am(?:ilie|\.)|Mrs?\.?|Ms\.?|Miss|Mister|Hr\.|Fr\."
    rf"|(?<![\w&])(?:[Dd]r\.|Dr|Prof\.?|[Dd]okter|Doktor|Doctor)(?= (?!{_DOCTORS})))[ ]+)(?!{_NOBODY})"
    rf"((?:(?:De|La|Le|El|Di|Da) (?=[A-Z]))?{NAME})"
)
_CALLED = re.compile(
    r"\b((?:[Mm]y name is|[Mm]y name's|[Mm]ein [Nn]ame ist|[Ii]ch heiße|[Ii]ch heisse|[Mm]ijn naam is"
    r"|[Ii]k heet|[Nn]ame: |[Nn]aam: |genaamd|namens|named"
    r"|spoke (?:to|with)|speaking (?:to|with)|helped by|served by|geholpen door|gesproken met"
    r"|te woord gestaan door|bediend door|gezeichnet|gez\.|getekend|signed)[ ]+)" + rf"({NAME})"
)
_GREETED = re.compile(
    r"((?:^|(?<=\n))[ \t]*(?:Dear|Hello|Hi|Hey|Hallo|Hoi|Dag|Geachte|Sehr geehrter?|Lieber?|Moin|Servus"
    r"|Grüezi|Beste)[ ]+)"
    rf"({NAME})(?=[ ]?[,!\n])"
)
_CLOSED = re.compile(
    r"(\b(?:(?:[Mm]et )?(?:[Vv]riendelijke|[Hh]artelijke) [Gg]roet(?:en)?|[Gg]roet(?:en|jes)?"
    r"|[Mm]\.?[Vv]\.?[Gg]\.?|MVG|[Hh]oogachtend"
    r"|(?:[Mm]it )?(?:[Ff]reundlichen|[Bb]esten|[Hh]erzlichen|[Ll]ieben|[Ff]reundliche|[Bb]este"
    r"|[Hh]erzliche|[Ll]iebe|[Vv]iele|[Ss]chöne) [Gg]r(?:ü|ue|u)(?:ß|ss)en?"
    r"|MfG|M\.f\.G\.|VG|LG|[Gg]ruß|[Gg]russ|[Hh]ochachtungsvoll"
    r"|(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm) [Rr]egards|[Rr]egards|[Yy]ours (?:sincerely|faithfully|truly)"
    r"|[Ss]incerely|[Cc]heers|[Bb]est wishes)(?![^\W_]|-\w)[,.!]?(?:[ ]?[-–—])?[ \t]*\n?\s*)"
    rf"(?:(Ihre?|Eure?|Euer|Deine?|Uw|Your)[ ]+)?({NAME})"
)


_WHENCE = re.compile(r"[ ](?:von der|von|vom|van de|van der|van|der|de)[ ](.+)$")

_TITLES = (
    "herr", "frau", "fräul", "meneer", "mijnheer", "mevr", "dhr", "mw", "heer", "fam", "mr", "ms", "miss",
    "mister", "hr.", "fr.", "dr.", "dr ", "prof", "dokter", "doktor", "doctor",
)  # fmt: skip
_CALLS = (
    "name", "naam", "ich hei", "ik heet", "spoke ", "speaking ", "ed by", "geholpen door", "gesproken met",
    "te woord", "bediend door", "gezeichnet", "gez.", "getekend", "signed",
)  # fmt: skip
_CLOSINGS = (
    "groet", "grü", "gru", "regards", "yours", "sincerely", "cheers", "best wishes", "hochacht", "hoogacht",
    "mfg", "m.f.g", "mvg", "mv.g", "m.v", "vg", "lg",
)  # fmt: skip
"""In lower case: without one of these its pattern need not be asked, which takes longer."""


def without_names(text: str, language: str) -> str:
    """`text` with `[name]` where a title, a role, a greeting, a signature or an introduction shows a name."""
    low = text.lower()
    if any(map(low.__contains__, _TITLES)):
        text = _TITLED.sub(_titled, text)
    if any(map(low.__contains__, _CALLS)):
        text = _CALLED.sub(r"\1[name]", text)
    text = without_roles(text, low)
    if "\n" in text:
        text = _GREETED.sub(lambda found: _greeted(found, language), text)
    elif (found := _GREETED.match(text)) is not None:
        text = f"{_greeted(found, language)}{text[found.end() :]}"
    if any(map(low.__contains__, _CLOSINGS)):
        text = _CLOSED.sub(_closed, text)
    return without_last(text, language)


def _titled(found: re.Match[str]) -> str:
    """“Herr Kaiser von der Hamburg-Mannheimer”: what he is from is no part of his name."""
    whence = _WHENCE.search(found[2])
    rest = whence[0] if whence is not None and company(whence[1]) else ""
    return f"{found[1]}[name]{rest}"


def _greeted(found: re.Match[str], language: str) -> str:
    """“Beste Qualität, …” is no greeting: only Dutch greets so. Nor is a company a person."""
    praise = found[1].strip() in {"Beste", "Liebe", "Lieber"} and language not in {"", "nl", "de"}
    german_best = found[1].strip() == "Beste" and language != "nl"
    return found[0] if praise or german_best or brand(found[2]) else f"{found[1]}[name]"


def _closed(found: re.Match[str]) -> str:
    """Behind “Ihre” stands a company, if not a given name."""
    whose, name = found[2], found[3]
    if company(name) or (whose and not person(whose, name)):
        return found[0]
    return f"{found[1]}{f'{whose} ' if whose else ''}[name]"
