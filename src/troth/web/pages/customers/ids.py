"""What somebody may have meant by a customer's id: the id itself, or the one behind a pseudonym."""

from __future__ import annotations

from troth.intake import pseudonym
from troth.workspace.live import Live


def spellings(live: Live, text: str) -> list[str]:
    """`text`, and its pseudonym where ids are pseudonymised and the server was given the key."""
    if live.blueprint.privacy.pseudonymise and live.pseudonym_key:
        return [text, pseudonym(live.pseudonym_key, text)]
    return [text]
