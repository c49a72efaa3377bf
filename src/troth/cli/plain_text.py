"""Bytes that should be a customer's text: read in their encoding, refused where they are none."""

import re

from troth.errors import UsageError
from troth.intake.readers.text import decoded
from troth.texts import _

_SAMPLE = 65_536
_ODD = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd]")
_MOST_ODD = 0.02
"""Of a text so many characters may be none that anybody writes; of pictures and archives a third are."""

_FORMS = (b"%PDF-", b"{\\rtf", b"%!PS")
"""Documents that begin like texts."""


def plain_text(data: bytes, where: str) -> str:
    """The text in `data`: UTF-8, UTF-16 or windows-1252, told from the bytes.

    Args:
        data: A file, or what came by standard input.
        where: Its name, for the message.

    Raises:
        UsageError: `text-binary`.
    """
    text = decoded(data)
    sample = text[:_SAMPLE]
    odd = len(_ODD.findall(sample))
    if data.startswith(_FORMS) or "\0" in sample or odd > _MOST_ODD * len(sample):
        raise UsageError(
            "text-binary",
            _("This is no text."),
            _("Plain text is read; save a document as text first."),
            where=where,
        )
    return text
