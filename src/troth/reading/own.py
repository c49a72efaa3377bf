"""A company's own words, as its blueprint has them, as entries of a lexicon."""

import json
from collections.abc import Mapping
from typing import Any

from troth.blueprint.comments import Words
from troth.reading.lexicon import Entry, parse


def own_words(words: Mapping[str, Words]) -> dict[str, tuple[Entry, ...]]:
    """The entries of each language.

    Raises:
        LexiconError: An entry stands twice.
    """
    return {language: _entries(language, own) for language, own in words.items()}


def _entries(language: str, words: Words) -> tuple[Entry, ...]:
    parts: dict[str, Any] = words.model_dump(mode="json", exclude_defaults=True)
    return tuple(
        entry
        for purpose, content in parts.items()
        for entry in parse(
            json.dumps(content, ensure_ascii=False), purpose, language, f"words.{language}.{purpose}"
        )
    )
