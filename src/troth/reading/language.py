"""In which language a text is written."""

from functools import cache
from typing import Any

READ = ("nl", "de", "en")
"""The languages that are read."""

_LOOKED_AT = 300


def language(text: str) -> str:
    """The language of `text`: two letters, or empty where it cannot be told."""
    if not any(map(str.isalpha, text[:_LOOKED_AT])):
        return ""
    return str(_identifier().classify(text[:_LOOKED_AT])[0])


@cache
def _identifier() -> Any:  # noqa: ANN401 - the package brings no types
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(READ))
    return identifier
