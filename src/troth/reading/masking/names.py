"""Names of people, told by what stands around them: titles, greetings, signatures, "my name is"."""

import re

_PART = r"(?:(?:van|von|de|der|den|ter|ten|te|zu|zum|zur|vom|la|le|el|al|di|da|’t|'t|in|op)(?=[ ]) ?)"
_WORD = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’][^\W\d_]+)*"
_STOP = (
    r"(?:Team|Guys|All|Alle|Everyone|Everybody|Folks|Sir|Sirs|Madam|Ma'am|Damen|Herren|Herr|Frau|Zusammen"
    r"|Leute|Kunden\w*|Klanten\w*|Customer"
    r"|Support|Service\w*|Services|Company|Dienst|Help|Desk|Allemaal|Mensen|Iedereen|Grüße\w*|Gruß|Gruss"
    r"|Grüsse|Groet\w*|Regards|The|My|Your|Our"
    r"|This|That|It|I|We|You|They|He|She|And|But|Not|No|Very|So|Doktor|Professor|Kollegin|Kollege"
    r"|Nachbarin?|Ober|Wirtin?|Chefin?|Und"
    r"|Das|Der|Die|Ein|Eine|Ich|Wir|Sie|Er|Es|Danke|Vielen|Dank|Thanks|Thank|Bedankt|Ik|Wij|We|Het|De|Een"
    r"|Dit|Dat|Maar|En|Goede\w*|Guten|Good"
    r"|Mr|Mrs|Ms|Manager|Management|Agent|Staff|Someone|Somebody|Nobody|Anyone|Mitarbeiter\w*|Hotline"
    r"|Firma|Shop|Store|Online|Kind|Best"
    r"|Met|Mit|With|Freundliche\w*|Vriendelijke|Liebe\w*|Beste\w*|Schöne\w*|Viele|Sincerely|Tag|Morgen"
    r"|Abend|Dag|Middag|Avond|Morning|Evening)\b"
)
_NAME = (
    r"(?:(?:Dr|Prof|Ing|Mag|Drs|Ir|Dipl)\.?[ ]+)*(?:[A-Z]\.[ ]?)*"
    rf"(?!{_STOP})(?:{_PART})*{_WORD}(?:[ ](?:{_PART})*(?!{_STOP}){_WORD}){{0,2}}"
)
_TITLED = re.compile(
    r"\b((?:[Hh]errn?|[Ff]rau|Fräulein|HERRN?|FRAU|[Mm]eneer|[Mm]ijnheer|[Mm]evrouw|[Mm]evr\.?|[Dd]hr\.?"
    r"|[Mm]w\.?|[Dd]e heer|[Ff]am(?:ilie|\.)|Mrs?\.?|Ms\.?|Miss|Mister|Hr\.|Fr\.)[ ]+)"
    rf"({_NAME})"
)
_CALLED = re.compile(
    r"\b((?:[Mm]y name is|[Mm]y name's|[Mm]ein [Nn]ame ist|[Ii]ch heiße|[Ii]ch heisse|[Mm]ijn naam is"
    r"|[Ii]k heet|[Nn]ame: |[Nn]aam: |genaamd|namens|named|namens"
    r"|spoke (?:to|with)|speaking (?:to|with)|helped by|served by|geholpen door|gesproken met"
    r"|te woord gestaan door|bediend door|medewerkst?er|collega|colleague"
    r"|[Mm]itarbeiterin namens|[Nn]amens|gezeichnet|gez\.|getekend|signed)[ ]+)" + rf"({_NAME})"
)
_GREETED = re.compile(
    r"((?:^|(?<=\n))[ \t]*(?:Dear|Hello|Hi|Hey|Hallo|Hoi|Dag|Geachte|Sehr geehrter?|Lieber?|Moin|Servus"
    r"|Grüezi|Best[e])[ ]+)"
    rf"({_NAME})(?=[ ]?[,!\n])"
)
_CLOSED = re.compile(
    r"(\b(?:(?:[Mm]et )?(?:[Vv]riendelijke|[Hh]artelijke) [Gg]roet(?:en)?|[Gg]roet(?:en|jes)?"
    r"|[Mm]\.?[Vv]\.?[Gg]\.?|MVG|[Hh]oogachtend"
    r"|(?:[Mm]it )?(?:[Ff]reundlichen|[Bb]esten|[Hh]erzlichen|[Ll]ieben|[Ff]reundliche|[Bb]este"
    r"|[Hh]erzliche|[Ll]iebe|[Vv]iele|[Ss]chöne) [Gg]r(?:ü|ue|u)(?:ß|ss)en?"
    r"|MfG|M\.f\.G\.|VG|LG|[Gg]ruß|[Gg]russ|[Hh]ochachtungsvoll"
    r"|(?:[Kk]ind(?:est)?|[Bb]est|[Ww]arm) [Rr]egards|[Rr]egards|[Yy]ours (?:sincerely|faithfully|truly)"
    r"|[Ss]incerely|[Cc]heers|[Bb]est wishes)[,.!]?[ \t]*\n?\s*)"
    rf"({_NAME})"
)


_TITLES = (
    "herr", "frau", "fräul", "meneer", "mijnheer", "mevr", "dhr", "mw", "heer", "fam", "mr", "ms", "miss",
    "mister", "hr.", "fr.",
)  # fmt: skip
_CALLS = (
    "name", "naam", "ich hei", "ik heet", "spoke ", "speaking ", "ed by", "geholpen door", "gesproken met",
    "te woord", "bediend door", "medewerk", "collega", "colleague", "mitarbeiterin", "gezeichnet", "gez.",
    "getekend", "signed",
)  # fmt: skip
_CLOSINGS = (
    "groet", "grü", "gru", "regards", "yours", "sincerely", "cheers", "best wishes", "hochacht", "hoogacht",
    "mfg", "m.f.g", "mvg", "mv.g", "m.v", "vg", "lg",
)  # fmt: skip
"""In lower case: without one of these its pattern need not be asked, which takes longer."""


def without_names(text: str, language: str) -> str:
    """`text` with `[name]` where a title, a greeting, a signature or an introduction shows a name."""
    low = text.lower()
    if any(hint in low for hint in _TITLES):
        text = _TITLED.sub(r"\1[name]", text)
    if any(hint in low for hint in _CALLS):
        text = _CALLED.sub(r"\1[name]", text)
    text = _GREETED.sub(lambda found: _greeted(found, language), text)
    return _CLOSED.sub(r"\1[name]", text) if any(hint in low for hint in _CLOSINGS) else text


def _greeted(found: re.Match[str], language: str) -> str:
    """“Beste Qualität, …” is no greeting: only Dutch greets so."""
    praise = found[1].strip() in {"Beste", "Liebe", "Lieber"} and language not in {"", "nl", "de"}
    german_best = found[1].strip() == "Beste" and language != "nl"
    return found[0] if praise or german_best else f"{found[1]}[name]"
