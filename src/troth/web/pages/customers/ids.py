"""What somebody may have meant by a customer's id: the id itself, or the one behind a pseudonym."""

from __future__ import annotations

import os

from troth.intake import pseudonym
from troth.workspace import Workspace


def spellings(workspace: Workspace, text: str) -> list[str]:
    """`text`, and its pseudonym where ids are pseudonymised and the server was given the key."""
    key = os.environ.get("TROTH_PSEUDONYM_KEY", "").encode()
    if workspace.blueprint.privacy.pseudonymise and key:
        return [text, pseudonym(key, text)]
    return [text]
