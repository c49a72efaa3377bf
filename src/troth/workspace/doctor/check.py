"""What a look at one part of a workspace found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from troth.errors import TrothError

State: TypeAlias = Literal["fine", "note", "finding", "failure"]
"""`note`: good to know, nothing to mend. `finding`: to be mended. `failure`: the look itself went wrong."""


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at.

    Attributes:
        name: Of the thing: `ledger`, `derived`, `disk` … The same in every language, as `code` is.
        state: How it stands.
        message: What was seen, in one or two sentences.
        hint: How to mend it, or where to read more; empty when there is nothing to do.
        code: Of the failing state; empty when it is fine.
        figures: What was counted, by name.
    """

    name: str
    state: State
    message: str
    hint: str = ""
    code: str = ""
    figures: Mapping[str, int | str | None] = field(default_factory=dict)


def finding(name: str, error: TrothError) -> Check:
    """The error as a finding."""
    return Check(name, "finding", error.message, error.hint, error.code)
