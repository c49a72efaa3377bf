"""Texts that press or trick a visitor, by the words of the catalogue (`words/dark_*.yaml`)."""

from typing import Literal

from troth.audit.words import words

Kind = Literal["urgency", "scarcity", "social", "shaming", "trap"]
"""How a text presses.

`urgency`: time runs out; `scarcity`: few are left; `social`: others look and buy; `shaming`: a refusal that
one is to be ashamed of; `trap`: easy to begin and hard to end.
"""

KINDS: tuple[Kind, ...] = ("urgency", "scarcity", "social", "shaming", "trap")


def kind_of(text: str) -> Kind | None:
    """The kind whose words stand first in `text`; None when none do.

    >>> kind_of("Nur noch 2 Stunden")
    'urgency'
    """
    found = [(match.start, kind) for kind in KINDS if (match := words(f"dark_{kind}").find(text))]
    return min(found, key=lambda one: one[0])[1] if found else None
