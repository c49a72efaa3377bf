"""The one family of errors: what happened, where, how to mend it, and what was allowed.

Raise `UsageError` when the user can mend the call, the configuration or the blueprint; raise `TrothError` for
everything else. The command line prints them, or `as_dict()` with `--json`, and exits with `exit_code`.
"""

from collections.abc import Iterable
from typing import ClassVar


class TrothError(Exception):
    """Something failed, and the reason is known.

    Args:
        code: Stable name of the failing state, in kebab case: `store-locked`. Never translated.
        message: What happened, in one translated sentence.
        hint: How to mend it, in one translated sentence; empty when the message says it all.
        allowed: The values that would have been accepted, in the order they should be shown.
        where: The place: `journey.yaml:12:5`, `orders.csv line 7`, a table's name.
    """

    exit_code: ClassVar[int] = 3

    def __init__(
        self, code: str, message: str, hint: str = "", *, allowed: Iterable[str] = (), where: str = ""
    ) -> None:
        super().__init__(code, message, hint)  # so that a copy from another process is whole
        self.code = code
        self.message = message
        self.hint = hint
        self.allowed = tuple(allowed)
        self.where = where

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.message}{hint} [{self.code}]"

    def as_dict(self) -> dict[str, str | list[str]]:
        """The error for a machine: all five parts, always present."""
        return {
            "code": self.code,
            "message": self.message,
            "hint": self.hint,
            "allowed": list(self.allowed),
            "where": self.where,
        }


class UsageError(TrothError):
    """The call, the configuration or the blueprint is wrong; the user can mend it."""

    exit_code = 2


def raised_at(error: BaseException) -> str:
    """Module and line where `error` was raised, for a log that may not repeat its words; empty before."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace else ""


def nearest(name: str, allowed: Iterable[str]) -> str | None:
    """The allowed name that `name` was probably meant to be, regardless of case; None when none is close.

    A number without a sign is meant with a plus.

    >>> nearest("Reliabilty", ["ability", "reliability"]), nearest("2", ["-2", "+2"])
    ('reliability', '+2')
    """
    from difflib import get_close_matches

    folded = {candidate.casefold(): candidate for candidate in allowed}
    if f"+{name}" in folded:
        return folded[f"+{name}"]
    matches = get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[matches[0]] if matches else None
