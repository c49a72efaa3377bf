"""Where people live: streets with a house number, and the place that follows."""

import re

_DUTCH = (
    r"[A-Z][\w'’-]{2,40}(?:straat|laan|weg|plein|gracht|kade|singel|dijk|dreef|steeg|markt|hof|pad"
    r"|baan|lei)"
)
_GERMAN = r"[A-ZÄÖÜ][\w-]{2,40}(?:straße|strasse|str\.|weg|allee|platz|gasse|ring|damm|ufer|stieg|chaussee)"
_GERMAN_TWO = r"(?:[A-ZÄÖÜ][\w-]{2,30}[ -]){1,2}(?:Straße|Strasse|Str\.|Weg|Allee|Platz|Gasse|Ring|Damm|Ufer)"
_NO_STREET = re.compile(
    r"(?:\w*(?:[Bb]ahnhof|[Ff]riedhof|[Gg]erichtshof|[Rr]asthof|[Aa]utohof|[Bb]auernhof|[Uu]mweg"
    r"|[Ff]ahrweg|[Rr]adweg"
    r"|[Ss]itzplatz|[Pp]arkplatz|[Ss]tehplatz|[Ss]tellplatz|[Aa]rbeitsplatz|[Ff]ensterplatz"
    r"|[Gg]angplatz|[Bb]austellenring"
    r"|[Kk]reisstraße|[Bb]undesstraße|[Ll]andesstraße|[Ss]taatsstraße"
    r"|[Ss]tartbaan|[Rr]ijbaan|[Aa]utobaan|[Ss]poorbaan|[Ss]nelweg|[Ss]poorweg|[Ss]upermarkt"
    r"|[Bb]ouwmarkt)(?![\w-])"
    r"|(?:Nur|Noch|Kein|Auf|Von|Bis|Ab|Erst|Wagen|Reihe|Gleis|Abteil) )"
)
"""Stations, seats, tracks and roads that have a number, and nobody lives there."""
_NUMBER = r"[ ]?\d{1,4}(?:[ ]?[a-zA-Z](?![\w’'])|-\d{1,3})?(?![\d%€]|[.,:]\d)"
_PLACE = (
    r"(?:,?[ \n]+(?:\d{4}[ ]?[A-Z]{2}|(?:D-|A-|CH-|B-)?\d{4,5})(?![\w])(?:[ ]+(?:(?:am|an der|bei|aan de"
    r"|aan den|op) )?"
    r"[A-ZÄÖÜ][^\W\d_]+(?:-[A-Z][^\W\d_]+)*)?)?"
)
_STREET = re.compile(rf"\b(?:(?:Am|Beim) Bahnhof|{_DUTCH}|{_GERMAN}|{_GERMAN_TWO}){_NUMBER}{_PLACE}")
_ENGLISH = re.compile(
    r"\b(?:(?:[Ff]lat|[Aa]partment|[Uu]nit) \d+[a-zA-Z]?, )?\d{1,5}[a-zA-Z]? (?:[A-Z][a-z'’]+ ){1,3}"
    r"(?:Street|St|Road|Rd|Avenue|Ave|Lane|Ln|Drive|Close|Way|Boulevard|Blvd|Court|Crescent|Gardens"
    r"|Terrace|Square)\b\.?"
)
_POSTCODE = re.compile(
    r"\b[1-9]\d{3} ?(?!SA|SD|SS|EU|PC|TV|GB|MB|TB|KM|CM|MM|KG|PK|WC|OP|EN|IS|IK"
    r"|DE|DB|NS|HB)[A-Z]{2}\b(?=[ ]+[A-Z][a-z]|[,.]|\s*$)"
    r"|\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
)
_DIGIT = re.compile(r"\d")
_TOLD = re.compile(
    r"(\b(?:postcode|postal code|post code)(?: (?:is|was))?[ ]?:?[ ]?)[1-9]\d{3} ?[a-z]{2}\b"
    r"(?:,? (?:huisnummer|huisnr\.?|nummer|nr\.?|house number"
    r"|number)(?: is)?[ ]?:?[ ]?\d{1,4}(?: ?[a-z])?\b)?",
    re.IGNORECASE,
)


def without_addresses(text: str, language: str) -> str:
    """`text` with `[address]` for a street with its number and for full postcodes (Dutch, British)."""
    del language  # streets abroad are written about as well
    if _DIGIT.search(text) is None:
        return text
    text = _STREET.sub(lambda found: found[0] if _NO_STREET.match(found[0]) else "[address]", text)
    text = _ENGLISH.sub("[address]", text)
    if "post" in text or "Post" in text or "POST" in text:
        text = _TOLD.sub(r"\1[address]", text)
    return _POSTCODE.sub("[address]", text)
