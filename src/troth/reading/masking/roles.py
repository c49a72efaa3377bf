"""Names behind what somebody does, and at the very end of a text; and what a name looks like."""

import re

from troth.reading.masking.beginning import Begun, lower
from troth.reading.masking.given import company, given, person

PART = (
    r"(?:(?:van|von|de|der|den|ter|ten|te|zu|zum|zur|vom|la|le|el|al|di|da|’t|'t|in|op|v/d|vd|v\.)(?=[ ]) ?"
    r"|v\. ?d\. ?)"
)
WORD = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
STOP = (
    r"(?:Team|Guys|All|Alle|Everyone|Everybody|Folks|Sir|Sirs|Madam|Ma'am|Damen|Herren|Herr|Frau|Zusammen"
    r"|Leute|Kunden\w*|Klanten\w*|Customer"
    r"|Support|Service\w*|Services|Company|Dienst|Help|Desk|Allemaal|Mensen|Iedereen|Grüße\w*|Gruß|Gruss"
    r"|Grüsse|Groet\w*|Regards|The|My|Your|Our"
    r"|This|That|It|I|We|You|They|He|She|And|But|Not|No|Very|So|Doktor|Professor|Direktor|Kollegin|Kollege"
    r"|Nachbarin?|Ober|Wirtin?|Chefin?|Und"
    r"|Das|Der|Die|Ein|Eine|Ich|Wir|Sie|Er|Es|Danke|Vielen|Dank|Thanks|Thank|Bedankt|Ik|Wij|We|Het|De|Een"
    r"|Dit|Dat|Maar|En|Goede\w*|Guten|Good"
    r"|Mr|Mrs|Ms|Manager|Management|Agent|Staff|Someone|Somebody|Nobody|Anyone|Mitarbeiter\w*|Hotline"
    r"|Firma|Shop|Store|Online|Kind|Best|Ihre?|Eure?|Euer|Deine?|Uw|Keine?|Geen|Niemand|None|Nicht|Niet|Kunde|Kundin|Klant|Client"
    r"|Met|Mit|With|Freundliche\w*|Vriendelijke|Liebe\w*|Beste\w*|Schöne\w*|Viele|Sincerely|Tag|Morgen"
    r"|Abend|Dag|Middag|Avond|Morning|Evening)\b"
)
NAME = (
    r"(?:(?:Dr|Prof|Ing|Mag|Drs|Ir|Dipl|med|dr|Doktor|Professor|Direktor)\.?[ ]+)*(?:[A-Z]\.[ ]?)*"
    rf"(?!{STOP})(?:{PART})*{WORD}(?:[ ](?:{PART})*(?!{STOP}){WORD}){{0,2}}"
)
"""Titles, initials, then up to three words with a capital, particles among them."""

_OFFICE = (
    r"sachbearbeiter(?:in)?|ansprechpartner(?:in)?|behandelaar|contactpersoon|(?:claims? |case )?handler"
)
_STAFF = r"medewerk(?:st)?er|collega|colleague"
_ROLE = Begun(
    "sachbe anspre behand contactp claim case handler medewerk collega colleag mitarb berater"
    " vertreter gutacht"
    " kolleg makler betreuer advis schade-e expert monteur tussenp vertegenw arts huisarts tandarts"
    " hausarzt agent"
    " adjuster represent husband wife daughter mann sohn tochter man vrouw zoon dochter",
    rf"(({_OFFICE})|({_STAFF})|(?:mitarbeiter|berater|vertreter|gutachter|makler|betreuer)(?:in)?"
    rf"|kolleg(?:e|in)|advis(?:eur|euse"
    r"|[eo]r)|(?:schade-?)?expert|monteur|tussenpersoon|vertegenwoordiger|(?:huis|tand)?arts|hausarzt"
    r"|agent|adjuster"
    r"|representative|(husband|wife|daughter|mann|sohn|tochter|man|vrouw|zoon|dochter))"
    r"([ ]?:|,? (?:(?:is |was )?(?:called|named)|heet|heette|hei(?:ß|ss)t|hie(?:ß|ss)|genaamd|namens)"
    r"|,? (?:is|ist|was|war))?"
    rf"([ ]+)(?-i:({NAME}))",
)

_ROLES = (
    "arbeiter", "berater", "vertreter", "gutacht", "makler", "betreuer", "kolleg", "colle", "anspre",
    "behand",
    "contactp", "handler", "medewerk", "advis", "expert", "monteur", "tussenp", "vertegenw", "arts ",
    "arzt", "agent", "adjuster", "represent", "husband", "wife", "daughter", "mein mann", "sohn", "tochter",
    "mijn man", "vrouw", "zoon", "dochter",
)  # fmt: skip
"""In lower case: without one of these nobody is named behind a role."""
_CALLS = ("name is", "name's", "name ist", "naam is", "ich hei", "ik heet")
_OWN = re.compile(r"\b(?:my|our|mijn|onze|meine?|unsere?) $", re.IGNORECASE)

_LOW = r"(?:(?:van|von|de|der|den|ter|ten|te|v\.d\.|vd) )*"
_LOW_END = r"(?= *(?:[.,!?;\n]|$|(?:en|and|und) ))"
_CALLED_LOW = re.compile(
    r"(\b(?:my name is|my name's|mein name ist|ich hei(?:ß|ss)e|mijn naam is|ik heet) )"
    rf"([^\W\d_]+(?:-[^\W\d_]+)?(?![^\W_]))((?: {_LOW}[^\W\d_]{{3,}}{_LOW_END})?)",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"(\b(?:((?:vriendelijke|hartelijke) groet(?:en|jes)?|(?:freundlichen?|besten?"
    r"|herzlichen?) gr(?:ü|ue|u)(?:ß|ss)en?"
    r"|(?:kind(?:est)?|best|warm) regards|yours (?:sincerely|faithfully|truly))"
    r"|(thanks(?: (?:again|a lot|in advance))?|thank you|thx|cheers|bedankt|dank ?je ?wel|dank u wel"
    r"|alvast bedankt|regards)"
    r"|(danke|(?:vielen |besten |herzlichen )?dank|gr(?:tz|tjes|oetjes|oeten|oet)?|mfg|lg|vg|mvg"
    r"|gru(?:ß|ss)))"
    r"(\.?(?:[ ]?[,!–—-][ \t]*\n?\s*|\.?[ \t]*\n\s*|[ ]))"
    r"(?:(ihre?|eure?|euer|deine?|uw|your)[ ]+)?)"
    rf"({_LOW}[^\W\d_][^\W\d_'’-]*\.?(?:[ ]{_LOW}[^\W\d_][^\W\d_'’-]+){{0,2}})(?=\s*[.!]?\s*\Z)",
    re.IGNORECASE,
)
_STOPPED = re.compile(STOP)
_LAST_CHARACTERS = 90
_CLOSE = ("gr", "regards", "yours", "than", "thx", "cheers", "dank", "mfg", "lg", "vg")
_NO_WORDS = """
a an the een de het ein eine einer tot bis see from van and en und for voor für team klant kunde customer
client terug again alot later gauw bald soon so very much sehr zeer
"""
_NOBODY = frozenset(_NO_WORDS.split())


def without_roles(text: str, low: str) -> str:
    """`text` with `[name]` for who is named behind a role, and for lower case behind “my name is”.

    Args:
        text: What is masked.
        low: It in lower case.
    """
    if any(map(low.__contains__, _ROLES)):
        text = _ROLE.sub(_role, text, lower(text))
    if any(map(low.__contains__, _CALLS)):
        text = _CALLED_LOW.sub(lambda found: f"{found[1]}[name]" if given(found[2]) else found[0], text)
    return text


def without_last(text: str, language: str) -> str:
    """`text` with `[name]` for who signs at its very end, after a greeting or a word of thanks."""
    begin = max(0, len(text) - _LAST_CHARACTERS)
    tail = text[begin:].lower()
    if not any(map(tail.__contains__, _CLOSE)):
        return text
    found = _LAST.search(text, begin)
    if found is None or not _signs(found, language):
        return text
    return f"{text[: found.start(7)]}[name]{text[found.end(7) :]}"


def _role(found: re.Match[str]) -> str:
    told, name = (found[5] or "").strip(" ,").lower(), found[7]
    family = (
        found[4] is not None and _OWN.search(found.string, max(0, found.start() - 9), found.start()) is None
    )
    if family or found[1].isupper() or company(name):
        return found[0]
    if told == ":":
        sure = found[2] is not None
    elif told:
        sure = told not in {"is", "ist", "was", "war"}
    else:
        sure = found[3] is not None
    return f"{found[0][: found.start(7) - found.start()]}[name]" if sure or given(name) else found[0]


def _signs(found: re.Match[str], language: str) -> bool:
    """Whether the last words are somebody's name; `found` has the parts of `_LAST`."""
    formal, thanks, between, whose, name = found[2], found[3], found[5], found[6], found[7]
    words = [word for word in name.split() if not re.fullmatch(_LOW, f"{word} ")]
    if company(name) or any(word.lower() in _NOBODY or _STOPPED.match(word.capitalize()) for word in words):
        return False
    known, apart = given(name), between != " "
    if whose:
        return person(whose, name)
    if all(word[0].isupper() for word in words) and len(words) < 3:
        dutch = language == "nl" and found[4].lower().startswith("gr") if found[4] else False
        alone = "\n" in between and len(words) == 2
        return known or bool(formal) or dutch or alone or (apart and thanks is not None)
    return (known and (len(words) == 1 or apart)) or (formal is not None and apart)
