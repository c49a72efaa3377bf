"""Personal data out of texts: what is stored and shown has `[e-mail]`, `[phone]`, `[name]` … in its place.

Own rules, no model: numbers by their form and check digits, names by the words around them. Masking twice
changes nothing more. What has no such sign (a first name in the middle of a sentence) stays. Markup, base64
and signs that no screen shows may hide personal data until a text is read: such a text is kept cleaned.
"""

from troth.reading.cleaning import bare, cleaned
from troth.reading.masking.addresses import without_addresses
from troth.reading.masking.names import without_names
from troth.reading.masking.network import without_handles
from troth.reading.masking.numbers import without_numbers

PLACEHOLDERS: tuple[str, ...] = (
    "[e-mail]", "[phone]", "[iban]", "[card]", "[order]", "[number]", "[name]", "[address]", "[plate]",
    "[id]", "[birth date]", "[password]", "[code]", "[expiry]", "[ip]", "[device]", "[token]", "[handle]",
)  # fmt: skip
"""What stands in the place of personal data in the store; pages show it in the reader's language."""


_TURNS = 20


def masked(text: str, language: str = "") -> str:
    """`text` with placeholders where it holds personal data.

    Args:
        text: As it came.
        language: Two letters; empty where it is not known yet: then the rules of all three languages hold.

    >>> masked("Bel me op 06-12345678 of mail jan@example.org. Groeten, Jan de Vries", "nl")
    'Bel me op [phone] of mail [e-mail]. Groeten, [name]'
    >>> masked("Mail <b>jan</b>&#64;example.org.", "nl")
    'Mail [e-mail].'
    """
    text = _masked(text, language)
    for _turn in range(_TURNS):  # cleaned, a text may be wrapped once more
        if bare(text.replace("\n", " ")):
            break
        read = _unwrapped(text)
        found = _masked(read, language)
        if found == read:
            break
        text = found
    return text


def _unwrapped(text: str) -> str:
    """`text` as it is read, and what that hides in its turn: base64 inside of markup."""
    for _turn in range(_TURNS):
        read = cleaned(text).text
        if read == text:
            break
        text = read
    return text


def _masked(text: str, language: str) -> str:
    if "@" in text:  # here and not in each turn: many texts have nothing else
        text = without_handles(text)
    for _turn in range(_TURNS):  # what is masked may lay bare a neighbour
        before = text
        text = without_names(without_addresses(without_numbers(text, language), language), language)
        if text == before:
            break
    return text


__all__ = ["PLACEHOLDERS", "masked"]
