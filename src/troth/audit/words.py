"""What to look for in a shop's words, in Dutch, German and English.

One file a group in `catalogue/words`: a list of regular expressions for each language. They match whole
words, whatever the case, with any white space between words.
"""

import re
from dataclasses import dataclass
from functools import cache

from troth.audit.catalogue.loading import read

LANGUAGES = ("nl", "de", "en")

_ASIDE = re.compile(r"[^\w\s&'-]+|[\d_]+")


@dataclass(frozen=True, slots=True)
class Found:
    """A match: the words as they stand, with what stands around them, and where (offsets in the text)."""

    text: str
    quote: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Words:
    """A group's patterns; all three languages at once unless one is named."""

    group: str

    def pattern(self, language: str | None = None) -> re.Pattern[str]:
        """The compiled pattern."""
        return _compiled(self.group, language)

    def find(self, text: str, language: str | None = None) -> Found | None:
        """The first match in `text`."""
        match = self.pattern(language).search(text)
        return _found(match, text) if match else None

    def find_all(self, text: str, language: str | None = None) -> list[Found]:
        """Every match in `text`."""
        return [_found(match, text) for match in self.pattern(language).finditer(text)]

    def __contains__(self, text: str) -> bool:
        return self.pattern().search(text) is not None

    def whole(self, text: str) -> bool:
        """Whether `text` says nothing else; numbers, prices and signs aside: `Cart (2)` is a cart."""
        return self.pattern().fullmatch(" ".join(_ASIDE.sub(" ", text).split()).strip("-' ")) is not None


def words(group: str) -> Words:
    """The words of `group`, a file in `catalogue/words`."""
    return Words(group)


def quote(text: str, start: int, end: int, around: int = 60) -> str:
    """The words from `start` to `end` in one line, with what stands around them, cut at word boundaries."""
    left, right = max(0, start - around), min(len(text), end + around)
    before = text[left:start].rsplit("\n", maxsplit=1)[-1]
    after = text[end:right].split("\n", maxsplit=1)[0]
    before = before.partition(" ")[2] if left and len(before) >= around else before
    after = after.rpartition(" ")[0] if right < len(text) and len(after) >= around else after
    return " ".join(f"{before}{text[start:end]}{after}".split())


def _found(match: re.Match[str], text: str) -> Found:
    return Found(match[0], quote(text, *match.span()), match.start(), match.end())


@cache
def _compiled(group: str, language: str | None) -> re.Pattern[str]:
    lists = read(f"words/{group}.yaml")
    spoken = [language] if language else [*LANGUAGES, "any"]
    patterns = [pattern for name in spoken for pattern in lists.get(name, ())]
    if not patterns:
        return re.compile(r"(?!)")  # nothing to look for: matches nowhere
    joined = "|".join(f"(?:{pattern})" for pattern in patterns)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)".replace(" ", r"\s+"), re.IGNORECASE)
