"""Texts that press or trick a visitor: by the words of the catalogue (`words/dark_*.yaml`), or by a model.

The words know Dutch, German and English; the model (`dark_text_model`) knows English only and is asked where
no words are found.
"""

from typing import Literal, cast

from troth.audit.dark_text_model import model
from troth.audit.words import words

Kind = Literal["urgency", "scarcity", "social", "shaming", "trap", "selling"]
"""How a text presses.

`urgency`: time runs out; `scarcity`: few are left; `social`: others look and buy; `shaming`: a refusal that
one is to be ashamed of; `trap`: easy to begin and hard to end; `selling`: more is urged on one, or something
else (found by the model alone).
"""

KINDS: tuple[Kind, ...] = ("urgency", "scarcity", "social", "shaming", "trap")
"""The kinds that have words in the catalogue."""


def kind_of(text: str, language: str = "") -> Kind | None:
    """How `text` presses; None when it does not.

    By the kind whose words stand first in it, else by the model. `language`: two letters, where they are
    known; in another language than English the model is not asked.

    >>> kind_of("Nur noch 2 Stunden")
    'urgency'
    >>> kind_of("Delivered within 3 working days")
    """
    found = [(match.start, kind) for kind in KINDS if (match := words(f"dark_{kind}").find(text))]
    if found:
        return min(found, key=lambda one: one[0])[1]
    if language in {"", "en"} and model().score(text) > 0:
        return cast("Kind", model().kind(text))
    return None


def worded(text: str) -> bool:
    """Whether words of the catalogue stand in `text`, whatever their kind."""
    return any(text in words(f"dark_{kind}") for kind in KINDS)
