"""In which language a text is written.

    script (by Unicode block) ──▶ votes of common words ──▶ words the lexica know ──▶ py3langid

Words that only one of the languages uses vote for it; most texts are decided by them, at the cost of one
look into a dict a word. The next step asks whose lexicon knows most. What is left goes to py3langid, which
knows 97 languages. Texts too short to be sure that they are foreign are taken for one of the three.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from troth.reading.common_words import COMMON
from troth.reading.lexicon import compiled
from troth.reading.tokens import TOKEN

READ = ("nl", "de", "en")
"""The languages that are read."""

_LOOKED_AT = 400
_TOKENS = 80
_LEAD = 2
_PART = 0.12
_FEW = 6
"""A language must lead by two votes (one, of few tokens), and by this part of all tokens."""
_CLEAR = 2
"""Votes in the lead from which on a short text needs no more."""
_FOREIGN_SURE = 0.5
_TAKEN_FOR_READ = (*READ, "af", "fy", "li", "lb", "nds", "als", "bar", "vls")
"""Of short texts in these py3langid knows too little to tell them from Dutch and German."""
_VOTE, _KNOWN_WORD = 8.0, 6.0
"""Times a language is likelier for each vote, and for each word that its lexicon knows."""
_MOST = 0.6
"""The part of the words that a lexicon must know to decide alone."""
_SHORT, _UNSURE = 40, 0.5
"""Letters under which, and probability under which, the lexica are asked too."""
_SCRIPTS = {
    "CYRILLIC": "ru", "GREEK": "el", "ARABIC": "ar", "HEBREW": "he", "CJK": "zh", "HIRAGANA": "ja",
    "KATAKANA": "ja", "HANGUL": "ko", "THAI": "th", "DEVANAGARI": "hi", "ARMENIAN": "hy", "GEORGIAN": "ka",
    "BENGALI": "bn", "TAMIL": "ta", "TELUGU": "te", "GUJARATI": "gu", "GURMUKHI": "pa", "ETHIOPIC": "am",
    "KHMER": "km", "LAO": "lo", "MYANMAR": "my", "SINHALA": "si", "MALAYALAM": "ml", "KANNADA": "kn",
}  # fmt: skip
"""Scripts other than Latin, and a language that is guessed where py3langid does not know better."""


class _Votes(dict[str, str]):
    """For which language a token votes; empty for none."""

    def __missing__(self, token: str) -> str:
        if len(self) > 200_000:
            self.clear()
        found = self[token] = _voters().get(token.lower().replace("’", "'"), "")
        return found


_VOTES = _Votes()


def language(text: str, tokens: Sequence[str] | None = None) -> tuple[str, str]:
    """The language of `text` and its script where that is not Latin.

    Args:
        text: Cleaned.
        tokens: Of the text, where they are known already.

    Returns:
        Two letters, or empty where it cannot be told; the script's name in Unicode (`CYRILLIC`), or empty.
    """
    if not text.isascii() and (script := _script(text[:_LOOKED_AT])):
        return _foreign(text, script), script
    tokens = TOKEN.findall(text[:_LOOKED_AT]) if tokens is None else tokens
    tokens = tokens[:_TOKENS]
    votes = list(filter(None, map(_VOTES.__getitem__, tokens)))
    counts: dict[str, int] = {}
    if votes:
        best = votes[0]
        first, second = votes.count(best), 0
        counts[best] = first
        if first < len(votes):
            counts = {name: votes.count(name) for name in dict.fromkeys(votes)}
            best = max(counts, key=counts.__getitem__)
            first = counts[best]
            second = max(count for name, count in counts.items() if name != best)
        lead = first - second
        if lead < _CLEAR and len(text) < _SHORT and (short := _by_both(tokens, counts)):
            return short, ""
        if lead >= (_LEAD if len(tokens) > _FEW else 1) and lead >= _PART * len(tokens) and lead >= second:
            return best, ""
    return _by_lexica(tokens) or _by_letters(text[:_LOOKED_AT], counts), ""


def _by_both(tokens: Sequence[str], votes: Mapping[str, int]) -> str:
    """Of a short text the language with most votes and known words; empty where that is unclear."""
    words = [token for token in tokens if token.isalpha()]
    points = {name: _known(words, name) + votes.get(name, 0) for name in READ}
    ranked = sorted(points, key=points.__getitem__, reverse=True)
    foreign = max((count for name, count in votes.items() if name not in READ), default=0)
    best, second = points[ranked[0]], points[ranked[1]]
    return ranked[0] if best > second and best > 2 * foreign else ""


def _by_lexica(tokens: Sequence[str]) -> str:
    """The language whose lexicon knows most of the words, and clearly more than the others do; else empty."""
    words = [token for token in tokens if token.isalpha()]
    known = sorted((_known(words, name), name) for name in READ)
    most, name = known[-1]
    return name if most >= _LEAD + known[-2][0] and most >= _MOST * len(words) else ""


def _by_letters(text: str, counts: dict[str, int]) -> str:
    """What py3langid says, helped by the votes there are."""
    words = "".join(letter for letter in text if letter.isalpha() or letter in " '’\n")
    letters = sum(map(str.isalpha, words))
    if not letters:
        return ""
    ranked = _identifier().rank(words)
    best, sure = ranked[0]
    near: dict[str, float] = {
        name: probability * _VOTE ** counts.get(name, 0) for name, probability in ranked if name in READ
    }
    if letters < _SHORT or max(near.values()) < _UNSURE:
        tokens = TOKEN.findall(text)
        for name in READ:
            near[name] *= _KNOWN_WORD ** _known(tokens, name)
    chosen = max(near, key=near.__getitem__)
    if best not in _TAKEN_FOR_READ and sure >= _FOREIGN_SURE and sure > near[chosen]:
        return "" if best == "zxx" else str(best)
    return chosen


_BEYOND_LATIN = re.compile("[ɐ-\U0010ffff]")


def _script(text: str) -> str:
    """The script of most letters where it is not Latin, else empty."""
    if not any(map(str.isalpha, _BEYOND_LATIN.findall(text))):
        return ""
    counts: dict[str, int] = {}
    for letter in text:
        if letter.isalpha():
            name = "LATIN" if letter < "ɐ" else _script_of(letter)
            counts[name] = counts.get(name, 0) + 1
    most = max(counts, key=counts.__getitem__, default="LATIN")
    return "" if most == "LATIN" else most


@cache
def _script_of(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").partition(" ")[0]


def _foreign(text: str, script: str) -> str:
    best, sure = _identifier().rank(text[:_LOOKED_AT])[0]
    return str(best) if sure >= 0.5 and best not in READ else _SCRIPTS.get(script, "")


def _known(tokens: Sequence[str], name: str) -> int:
    lexicon = compiled(name)
    return sum(word is not None and word.sign == "word" for word in map(lexicon.__getitem__, tokens))


@cache
def _voters() -> dict[str, str]:
    """Each word that one language alone claims."""
    owners: dict[str, set[str]] = {}
    for name, words in COMMON.items():
        for word in words.split():
            owners.setdefault(word, set()).add(name)
    return {word: names.pop() for word, names in owners.items() if len(names) == 1}


@cache
def _identifier() -> Any:  # noqa: ANN401 - the package brings no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
