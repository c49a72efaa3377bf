"""Running text cut into sentences, well enough to say that two words belong together."""

import re

from troth.audit.words import quote

LONGEST = 1200
"""Characters of a sentence; what goes on longer is cut, or a page without a full stop would take minutes."""

_ABBREVIATION = re.compile(
    r"(?:\b(?:z|b|d|h|u|a|i|o|v|ca|ggf|inkl|incl|excl|exkl|zzgl|bzw|nr|no|abs|art|usw|etc|evtl|max|min|str|tel|"
    r"st|std|ges|gesetzl|mwst|ust|bijv|evt|m|resp|dr|fr|jr|e|g|t|s|co|ltd|inc)|\d)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[.!?…]+(?=\s+[\"'„“(]?[A-ZÄÖÜ0-9Ë])|\n+")


def sentences(text: str) -> list[str]:
    r"""The sentences of `text`, each in one line; a line's end ends one as well.

    >>> sentences("Lieferung in ca. 3 Tagen. Rückgabe: 30 Tage\nKontakt")
    ['Lieferung in ca. 3 Tagen.', 'Rückgabe: 30 Tage', 'Kontakt']
    """
    found, start = [], 0
    for end in _END.finditer(text):
        piece = text[start : end.end()]
        if not end[0].startswith("\n") and _ABBREVIATION.search(piece[-12:]):
            continue
        found.append(piece)
        start = end.end()
    found.append(text[start:])
    lines = (" ".join(piece.split()) for piece in found)
    return [part for line in lines if line for part in _cut(line)]


def _cut(line: str) -> list[str]:
    parts = []
    while len(line) > LONGEST:
        end = line.rfind(" ", 0, LONGEST)
        end = end if end > 0 else LONGEST
        parts.append(line[:end])
        line = line[end:].lstrip()
    return [*parts, line] if line else parts


def shortened(sentence: str, start: int, end: int) -> str:
    """`sentence` as a quote: whole when short, else what stands around `start` to `end`."""
    return sentence if len(sentence) <= 240 else quote(sentence, start, end, 110)
