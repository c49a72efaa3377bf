"""What a stored reading stands for: another fingerprint means that the texts are to be read again."""

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from troth.blueprint.comments import Words
from troth.reading.encoding import FORM

VERSION = 7
"""To be raised whenever the reader or the masking make something else of the same text and lexica."""


def fingerprint(words: Mapping[str, Words], corrections: str = "") -> str:
    """Of the reader, its lexica, a company's own `words`, and people's corrections (their fingerprint)."""
    own = {language: one.model_dump(mode="json", exclude_defaults=True) for language, one in words.items()}
    whole = json.dumps([VERSION, FORM, _lexica(), own, corrections], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(whole.encode()).hexdigest()[:16]


@cache
def _lexica() -> str:
    found = hashlib.sha256()
    for language in sorted((files("troth.reading") / "lexica").iterdir(), key=lambda one: one.name):
        if language.is_dir():
            for file in sorted(language.iterdir(), key=lambda one: one.name):
                found.update(f"{language.name}/{file.name}\0".encode() + file.read_bytes())
    return found.hexdigest()
