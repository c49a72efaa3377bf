"""The one spelling in which a lexicon's entries, a company's own words and customers' texts are compared."""

import unicodedata
from functools import cache

_APOSTROPHES = str.maketrans("’`´", "'''")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def fold(word: str, language: str) -> str:
    """`word` in lower case, apostrophes straight; in German umlauts written out, elsewhere no accents.

    >>> fold("Größe", "de"), fold("Café", "nl"), fold("don`t", "en")
    ('groesse', 'cafe', "don't")
    """
    word = word.lower()
    if word.isascii():
        return word.replace("`", "'")
    word = unicodedata.normalize("NFC", word).translate(_APOSTROPHES)
    if language == "de":
        word = word.translate(_GERMAN)
    return word if word.isascii() else "".join(map(_bare, word))


@cache
def _bare(letter: str) -> str:
    base = unicodedata.normalize("NFD", letter)[0]
    return base if base.isascii() and base.isalpha() else letter
