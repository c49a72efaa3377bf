"""Mails: what was quoted from earlier ones, and what stands below one's own words."""

import re

_NAMED = r"(?:[^\n]{0,120}\n?){0,2}?"
_INTRODUCED = re.compile(
    rf"^[ \t]*(?:On\b{_NAMED}\bwrote:|Am\b{_NAMED}\bschrieb\b[^\n]{{0,120}}:"
    rf"|Op\b{_NAMED}\bschreef\b[^\n]{{0,120}}:"
    r"|[^\n]{0,80}(?:schreef|schrieb|wrote) op \d[^\n]{0,60}:"
    r"|[-_]{3,} ?(?:Original Message|Ursprüngliche Nachricht|Oorspronkelijk bericht|Forwarded message"
    r"|Weitergeleitete Nachricht|Doorgestuurd bericht) ?[-_]{3,}"
    r"|(?:From|Von|Van): [^\n]+\n[ \t]*(?:Sent|Gesendet|Verzonden|Date|Datum|To|An|Aan): [^\n]+)[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_QUOTED = re.compile(r"^[ \t]*>.*$\n?", re.MULTILINE)
_DASHES = re.compile(r"^--[ \t]*\n", re.MULTILINE)
_CLOSING = (
    r"(?:(?:met )?(?:vriendelijke|hartelijke|beste) gr(?:oet|oeten)|(?:veel )?groet(?:en|jes)?"
    r"|m\.?v\.?g\.?|hoogachtend"
    r"|(?:mit )?(?:freundlichen|besten|herzlichen|lieben|vielen) gr(?:ü|ue|u)(?:ß|ss)en?|(?:viele|liebe"
    r"|beste|schöne) "
    r"gr(?:ü|ue)(?:ß|ss)e|m\.?f\.?g\.?|vg|lg|hochachtungsvoll|gruß|gruss"
    r"|(?:kind|best|warm|many)(?:est)? regards|regards|yours (?:sincerely|faithfully|truly)"
    r"|sincerely(?: yours)?"
    r"|best wishes|cheers)"
)
_SIGNED = re.compile(
    rf"(?:^|(?<=[.!?,;]))[ \t]*{_CLOSING}\b[.,!]*[ \t]*(?:\n.*|[^\n.!?]{{0,60}}[.!]?\s*)\Z",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_FOOTER = re.compile(
    r"^[ \t]*(?:sent from my|sent via|verzonden (?:vanaf|met|via)|(?:von meinem|gesendet (?:von"
    r"|mit))\b[^\n]{0,40}"
    r"|(?:this|the information in this) e-?mail (?:is|and any|may)|dit (?:e-?mail)?bericht (?:is|kan)"
    r"|deze e-?mail (?:is|kan)"
    r"|diese (?:e-?mail|nachricht) (?:ist|enthält|kann)).*",
    re.IGNORECASE | re.MULTILINE | re.DOTALL,
)
_HINTS = (
    "gro", "gru", "grü", "regards", "vg", "fg", "lg", ".v.g", ".f.g", "acht", "yours", "sincerely", "cheers",
    "wishes",
)  # fmt: skip
"""Without one of these there is no greeting."""
_FOOTER_HINTS = ("sent ", "verzonden", "gesendet", "mail", "nachricht", "bericht", "meinem")
"""And without one of these no footer."""
_TAIL = 1500
"""Characters at the end among which a signature may begin."""


def unquoted(text: str) -> str:
    """`text` without quoted mails; whole where nothing else would be left."""
    own = text
    found = _INTRODUCED.search(text)
    if found:
        below = text[found.end() :]
        below = _QUOTED.sub("", below) if below.lstrip().startswith(">") else ""
        own = f"{text[: found.start()]}\n{below}"
    own = _QUOTED.sub("", own)
    return own if own.strip() else _QUOTED.sub("", text[found.end() :]) if found else ""


def unsigned(text: str) -> str:
    """`text` without the greeting at its end and what is below; whole where nothing else would be left."""
    tail = last = text[-_TAIL:]
    low = tail.lower()
    if "\n" in text and "--" in text:
        tail = _before(_DASHES, tail)
    if any(map(low.__contains__, _FOOTER_HINTS)):
        tail = _before(_FOOTER, tail)
    if any(map(low.__contains__, _HINTS)):
        tail = _before(_SIGNED, tail)
    if len(tail) == len(last):
        return text
    own = text[:-_TAIL] + tail
    return own if own.strip() else text


def _before(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return text[: found.start()] if found else text
