"""An id as somebody writes it, and as the ledger has it."""

from __future__ import annotations

import re

from troth.blueprint.schema import Blueprint
from troth.errors import UsageError
from troth.intake.pseudonyms import DIGITS, PREFIX, pseudonym
from troth.texts import _

_PSEUDONYM = re.compile(rf"{re.escape(PREFIX)}[0-9a-f]{{{DIGITS}}}")
LONGEST = 500


def in_ledger(blueprint: Blueprint, text: str, key: bytes | None) -> str:
    """The id as the ledger has it: its pseudonym where ids are pseudonymised.

    Raises:
        UsageError: `id-invalid`.
    """
    text = text.strip()
    if not text or len(text) > LONGEST or "\0" in text:
        raise UsageError(
            "id-invalid", _("An id has 1 to %(most)d characters.") % {"most": LONGEST}, where="id"
        )
    if blueprint.privacy.pseudonymise and key and not _PSEUDONYM.fullmatch(text):
        return pseudonym(key, text)
    return text


def spellings(blueprint: Blueprint, text: str, key: bytes | None) -> tuple[str, ...]:
    """The ways in which the ledger may have the id: its own first.

    The keys of records are not pseudonymised, so the text itself is one of them.
    """
    return tuple(dict.fromkeys((in_ledger(blueprint, text, key), text.strip())))
