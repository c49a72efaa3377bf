"""A text as tokens: words, numbers, emoticons, emoji and the signs that part clauses and sentences.

Hyphens and slashes inside words part them without parting the clause: `Top-Service` is two words. Addresses
of the web, names with an @ and placeholders of masked data are tokens that mean nothing.
"""

import re
from itertools import accumulate
from typing import Literal

Sign = Literal["word", "mark", "clause", "stop", "question", "exclamation", "aside"]

_EMOJI = "[\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff\u2600-\u27bf\u2b50\u2b55\u2764\u263a]"

_BEFORE = ("der", "die", "das", "dem", "den", "des", "am", "im", "zum", "zur", "vom", "beim", "ab", "mein",
           "meine", "meinem", "meinen", "unser", "unsere", "unserem")  # fmt: skip
_AFTER = ("klasse", "stock", "etage", "mal", "tag", "wahl", "januar", "februar", "märz", "april", "mai",
          "juni", "juli", "august", "september", "oktober", "november", "dezember")  # fmt: skip
_ARTICLES = "|".join(rf"(?<=\b{word} \d{more})" for word in _BEFORE for more in ("", r"\d"))
_ORDINAL = rf"(?<=\d)(?i:(?:{_ARTICLES})\.[ ]+[^\W\d_]|\.[ ]+(?:{'|'.join(_AFTER)})\b)"
"""The full stop of a German number in order, which ends no sentence: `der 2. Klasse`."""

_PATTERN = (
    r"(?=\S)(?:(?:https?://|www\.)\S+"
    r"|[^\W\d_]+(?:['’`´][^\W\d_]+)*(?![\d@])"  # a word
    r"|[@]\w+"
    r"|\[[a-z][a-z -]{1,20}\]"
    r"|(?<![\w:;=])[:;=xX]['’]?[-^o]?[)(\]\[DPpO/\\|*3]+(?!\w)|<3+|</3"
    r"|(?<![^\s.!?,…])[)(][-]?[:;=](?!\w)|[)(](?=[:;=])|\^[_.]?\^|-[_.]+-"
    rf"|{_EMOJI}"
    r"|\d+(?:[.,:]\d+)*(?:[^\W_]+)?|[^\W_]+"
    rf"|(?=[.!?…‼⁉])(?!{_ORDINAL})[.!?…‼⁉]+"
    r"(?=[\s\"'”“’»)\]*_]|$|[^\W\d_a-zà-ÿ]|[:;=]|" + _EMOJI + r")"
    r"|[!?]+"
    r"|[,;:()\[\]{}<>|•·]+|[–—]|[\"“”„«»])"
    r"|\n(?!\s*[a-zà-ÿ])\s*|[ \t][-–—]+(?=[ \t])"
)
TOKEN = re.compile(_PATTERN)
"""What `findall` gives, in order; all else (blanks, hyphens, signs of money) parts words and nothing more."""

_SPLIT = re.compile(f"({_PATTERN})")
_PLAIN = _PATTERN.replace(f"|{_EMOJI}", "").replace(r"[^\W\d_]", "[a-zA-Z]")
_SPLIT_ASCII = re.compile(f"({_PLAIN})", re.ASCII)
"""The same for a text of nothing but ASCII, and a quarter quicker."""


def tokenised(text: str) -> tuple[list[str], list[int]]:
    """The tokens of `text`, and where each begins.

    >>> tokenised("Top, 5 sterren")
    (['Top', ',', '5', 'sterren'], [0, 3, 5, 7])
    """
    parts = (_SPLIT_ASCII if text.isascii() else _SPLIT).split(text)
    return parts[1::2], list(accumulate(map(len, parts)))[0:-1:2]


_WORD = re.compile(r"[^\W_]")


def sign(token: str) -> Sign:  # noqa: PLR0911 - one kind of token after the other
    """What kind of token this is: `mark` is an emoticon or emoji, `aside` means nothing.

    >>> [sign(token) for token in TOKEN.findall("Gut 😀, oder?! @shop")]
    ['word', 'mark', 'clause', 'word', 'question', 'aside']
    """
    first = token[0]
    if first in ".!?…‼⁉":
        return "question" if "?" in token or "⁉" in token else "exclamation" if first in "!‼" else "stop"
    if first == "\n":
        return "stop"
    if first == "@" or (first == "[" and len(token) > 2) or "://" in token or token.startswith("www."):
        return "aside"
    if first.isalpha() and (len(token) > 3 or token.isalpha()):
        return "word"
    if first in ',;(){}[]<>|•·"“”„«»–—: \t' and not _looks_like_a_face(token):
        return "clause"
    if _WORD.match(first) and not _looks_like_a_face(token):
        return "word"
    return "mark"


_FACE = re.compile(r"[:;=xX]['’]?[-^o]?[)(\]\[DPpO/\\|*3]+|<3+|</3|[)(]-?[:;=]|\^[_.]?\^|-[_.]+-")


def _looks_like_a_face(token: str) -> bool:
    return _FACE.fullmatch(token) is not None and not token.isalnum()
