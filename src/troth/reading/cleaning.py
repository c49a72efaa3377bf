"""A text down to the customer's own words.

Out go: markup, code that stands for files (base64), what was quoted from earlier mails, signatures and legal
footers, signs that no screen shows. Most texts have none of this and pass with one search.
"""

import base64
import binascii
import html
import re
from typing import NamedTuple

from troth.reading.quoted import unquoted, unsigned

MOST = 50_000
"""Characters that are read of one text; of what is longer the rest is left out, and said so."""

_LONG_WORD = 24
"""Letters from which on a word may be a file."""
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
_LINES = re.compile(r"\r\n?|[\u2028\u2029\x85]")
_MARKUP = re.compile(r"<[a-zA-Z/!][^<>]*>|&(?:#\d{1,7}|#x[0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_DROPPED = re.compile(
    r"<(script|style|head|blockquote|template|svg)\b[^<>]*>(?:(?!<\1\b).)*?</\1\s*>"
    r"|<div\b[^<>]*gmail_quote.*\Z|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)
_PARTING = re.compile(
    r"<(?:br|/?(?:p|div|li|ul|ol|tr|table|h[1-6]|section|article|hr))\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<![^<>]*>")
_CODE = re.compile(r"data:[\w/+.-]*;base64,[\w+/=]*|(?:[A-Za-z0-9+/]{60,}={0,2}[ \n]*)+")
_WHOLE_CODE = re.compile(r"[A-Za-z0-9+/\s]{24,}={0,2}\s*")


class Cleaned(NamedTuple):
    """The customer's own words; `cut`: whether the text was longer than `MOST` characters."""

    text: str
    cut: bool


def cleaned(text: str) -> Cleaned:
    """`text` down to the customer's own words.

    >>> cleaned("<p>Top&amp;schnell</p>").text
    'Top&schnell'
    """
    cut = len(text) > MOST
    text = text[:MOST]
    if not bare(text):
        text = _LINES.sub("\n", text)
        text = _UNSEEN.sub("", text)
        text = _decoded(text)
        if _MARKUP.search(text):
            text = _without_markup(text)
        text = _CODE.sub(" ", text)
    if "\n" in text:
        text = unquoted(text)
    return Cleaned(unsigned(text).strip(), cut)


def bare(text: str) -> bool:
    """Whether there is nothing in `text` that could be markup, a file or a sign that no screen shows."""
    if "<" in text or "&" in text or not text.isprintable():
        return False
    return len(text) < _LONG_WORD or max(map(len, text.split()), default=0) < _LONG_WORD


def _without_markup(text: str) -> str:
    text = _DROPPED.sub("\n", text)
    text = _PARTING.sub("\n", text)
    text = _TAG.sub("", text)
    text = html.unescape(text)
    return _UNSEEN.sub("", text).replace("\xa0", " ")


def _decoded(text: str) -> str:
    """What a text says that is base64 and nothing else: so arrive mails that nobody decoded."""
    packed = "".join(text.split())
    if len(packed) < 24 or len(packed) % 4 or not _WHOLE_CODE.fullmatch(text) or packed.isalpha():
        return text
    try:
        plain = base64.b64decode(packed, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return text
    return plain if " " in plain and not _UNSEEN.search(plain) else text
