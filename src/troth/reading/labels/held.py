"""Whether a line that nobody can read holds a text: for an erasure, which must leave none of it behind."""

import re
from collections.abc import Collection

from troth.reading.cleaning import cleaned
from troth.reading.labels.label import digest
from troth.reading.masking import masked

_WINDOW = 24
"""So many letters and digits in a row tell that it is this text, also where there is only a part of it."""
_ESCAPED = re.compile(rb"\\u[0-9a-fA-F]{4}|\\.")
_OTHER = re.compile(rb"[^a-z0-9]+")


class Held:
    """Texts of a person, and how to find them again.

    Only ASCII letters and digits are compared, so that escapes, another encoding and lost signs hide nothing;
    a text with fewer than `_WINDOW` of them is found where it stands as a whole between quotation marks.

    Args:
        texts: As they rest in the store, masked by this version or an earlier one.
    """

    def __init__(self, texts: Collection[str]) -> None:
        forms = {form for text in texts for form in _forms(text)}
        self.digests = frozenset(map(digest, forms))
        bare = {_bare(form.encode("utf-8", "replace")) for form in forms}
        self._windows = {one[at : at + _WINDOW] for one in bare for at in range(len(one) - _WINDOW + 1)}
        self._wholes = {
            f'"{form}"'.encode("utf-8", "replace")
            for form in forms
            if form and len(_bare(form.encode("utf-8", "replace"))) < _WINDOW
        }

    def stands_in(self, line: bytes) -> bool:
        """Whether the line holds one of the texts, or the digest of one."""
        if any(mark.encode() in line for mark in self.digests) or any(one in line for one in self._wholes):
            return True
        bare = _bare(line)
        return any(bare[at : at + _WINDOW] in self._windows for at in range(len(bare) - _WINDOW + 1))


def _forms(text: str) -> tuple[str, ...]:
    read = cleaned(text).text
    return text, read, masked(read), cleaned(masked(text)).text


def _bare(text: bytes) -> bytes:
    """The ASCII letters and digits, in lower case."""
    return _OTHER.sub(b"", _ESCAPED.sub(b"", text.replace(b"\0", b"")).lower())
