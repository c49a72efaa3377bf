"""Whole numbers from 0 to 99, and 100, written in words: Dutch, German and English."""

import re
from functools import cache

_ONES = {
    "nl": "nul een twee drie vier vijf zes zeven acht negen",
    "de": "null ein zwei drei vier fünf sechs sieben acht neun",
    "en": "zero one two three four five six seven eight nine",
}
_TEENS = {
    "nl": "tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien",
    "de": "zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn",
    "en": "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen",
}
_TENS = {
    "nl": "twintig dertig veertig vijftig zestig zeventig tachtig negentig",
    "de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "en": "twenty thirty forty fifty sixty seventy eighty ninety",
}
_MORE = {
    "één": 1, "eén": 1, "eine": 1, "einem": 1, "einen": 1, "einer": 1, "eines": 1, "eins": 1, "a": 1, "an": 1,
    "honderd": 100, "hundert": 100, "einhundert": 100, "hundred": 100, "dreissig": 30,
}  # fmt: skip
_AND = {"nl": "en", "de": "und"}


@cache
def number_words() -> dict[str, int]:
    """Each word and its number, in lower case.

    >>> number_words()["vierzehn"], number_words()["eenentwintig"], number_words()["thirty-one"]
    (14, 21, 31)
    """
    found = dict(_MORE)
    for language, ones in _ONES.items():
        small = [*ones.split(), *_TEENS[language].split()]
        found |= {word: value for value, word in enumerate(small)}
        for tens, word in enumerate(_TENS[language].split(), 2):
            found[word] = 10 * tens
            for value, one in enumerate(ones.split()):
                if value:
                    found.update(dict.fromkeys(_joined(language, one, word), 10 * tens + value))
    return found


def _joined(language: str, one: str, tens: str) -> tuple[str, ...]:
    if language == "en":
        return (f"{tens}-{one}", f"{tens} {one}")
    link = _AND[language]
    if language == "nl" and one.endswith("e"):
        return (f"{one}ën{tens}", f"{one}en{tens}")
    return (f"{one}{link}{tens}",)


@cache
def number_pattern() -> str:
    """A regular expression (no groups) of a number in digits, up to 9999 or half, or in words."""
    spelled = sorted(number_words(), key=len, reverse=True)
    return r"(?:\d{1,4}(?:[.,]5)?|" + "|".join(re.escape(word) for word in spelled) + ")"


def number_of(text: str) -> float:
    """The number that `text`, matched by `number_pattern`, stands for."""
    said = text.lower()
    spelled = number_words().get(said)
    return float(said.replace(",", ".")) if spelled is None else float(spelled)
