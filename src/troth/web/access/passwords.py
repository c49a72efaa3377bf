"""Passwords: which are good enough, and what is kept of them (Argon2id, RFC 9106)."""

from __future__ import annotations

import unicodedata
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from troth.errors import UsageError
from troth.texts import _

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST_CHARACTERS = 12
MOST_CHARACTERS = 200
AT_ONCE = 2
"""How many are worked out at the same time: each takes 64 MiB."""


class Passwords:
    """Makes and checks what is kept of passwords.

    The costs are the second recommendation of RFC 9106 (section 4): 3 passes over 64 MiB in 4 lanes.
    What was kept with other costs is worked out anew when its password is next given.
    """

    def __init__(self, time_cost: int = 3, memory_kib: int = 65_536, lanes: int = 4) -> None:
        self._costs = (time_cost, memory_kib, lanes)

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher(*self._costs)

    @cached_property
    def _nobody(self) -> str:
        """What is compared when there is no account: it takes as long, and nothing fits it."""
        return self._hasher.hash("\x00 no password has this in it")

    def kept(self, password: str) -> str:
        """What is kept of `password`."""
        return self._hasher.hash(_normal(password))

    def fits(self, password: str, kept: str | None) -> bool:
        """Whether `password` is the one; for `kept` None it never is, which takes as long to find out."""
        from argon2.exceptions import Argon2Error, InvalidHashError

        nobody, given = self._nobody, _normal(password)
        try:
            self._hasher.verify(kept or nobody, given)
        except (Argon2Error, InvalidHashError):
            return False
        return kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether it was worked out with other costs than today's."""
        return self._hasher.check_needs_rehash(kept)


def demand_good(password: str, *about: str) -> None:
    """Let pass a password that is hard to guess: long, not common, not made of what is known about them.

    Length and a list of the common ones is what NIST SP 800-63B (section 3.1.1.2) asks for; it advises
    against rules about digits and signs.

    Raises:
        UsageError: `password-weak`.
    """
    normal = _normal(password)
    hint = _("Take several words that do not belong together.")
    if not LEAST_CHARACTERS <= len(normal) <= MOST_CHARACTERS:
        limits = {"least": LEAST_CHARACTERS, "most": MOST_CHARACTERS}
        raise _weak(_("A password has %(least)d to %(most)d characters.") % limits, hint)
    folded = normal.casefold()
    bare = folded.strip("0123456789!?.,-_*#$ ")
    if folded in _common() or bare in _common() or len(set(folded)) < 5:
        raise _weak(_("That password is one of the common ones."), hint)
    if any(word in folded and len(folded) - len(word) < 6 for word in _words(about)):
        raise _weak(_("That password is made of your name or address."), hint)


def _weak(message: str, hint: str) -> UsageError:
    return UsageError("password-weak", message, hint, where="password")


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password.encode("utf-8", "replace").decode())


def _words(about: tuple[str, ...]) -> list[str]:
    parts = {part for text in about for part in (text, *text.replace("@", " ").split())}
    return [part.casefold() for part in parts if len(part) >= 4]


_known: frozenset[str] = frozenset()


def _common() -> frozenset[str]:
    global _known  # noqa: PLW0603 - read once, when the first password is chosen
    if not _known:
        text = (files("troth.web.access") / "common-passwords.txt").read_text("utf-8")
        _known = frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
    return _known
