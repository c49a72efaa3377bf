"""What is wrong with a blueprint: every fault with its place, all of them in one error."""

from collections.abc import Iterable
from dataclasses import dataclass

from troth.errors import UsageError, nearest
from troth.texts import _, ngettext

MAX_FAULTS = 200
"""More than these are not looked for: nobody mends them one by one."""

MOST_NAMES = 12
"""More than these a hint does not list."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong, at a line and column counted from 1."""

    line: int
    column: int
    message: str
    hint: str = ""
    code: str = ""
    """Of an unknown name, such as `TB402`: it has a page under docs/reference/lint/."""

    def __str__(self) -> str:
        code = f"[{self.code}]" if self.code else ""
        return " ".join(part for part in (self.message, self.hint, code) if part)

    def as_dict(self) -> dict[str, str | int]:
        """The fault for a machine."""
        return {
            "code": self.code,
            "line": self.line,
            "column": self.column,
            "message": self.message,
            "hint": self.hint,
        }


class BlueprintError(UsageError):
    """A blueprint that cannot be used. `faults` holds all its faults in the order of the file.

    `str()` gives one line a fault: `blueprint.yaml:12:5: what is wrong. Did you mean …? [TB402]`
    """

    def __init__(self, where: str, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults)[:MAX_FAULTS])
        count = len(self.faults)
        lines = "\n".join(f"{where}:{f.line}:{f.column}: {f}" for f in self.faults)
        summary = ngettext("The blueprint has %(n)d fault.", "The blueprint has %(n)d faults.", count)
        if count == MAX_FAULTS:
            summary = _("The blueprint has many faults; these are %(n)d of them.")
        super().__init__("blueprint-invalid", f"{summary % {'n': count}}\n{lines}", where=where)
        self.args = (where, self.faults)

    def __str__(self) -> str:
        return "\n".join(f"{self.where}:{f.line}:{f.column}: {f}" for f in self.faults)

    def as_dict(self) -> dict[str, object]:  # type: ignore[override]
        """The error for a machine, with its faults one by one."""
        return {**super().as_dict(), "faults": [fault.as_dict() for fault in self.faults]}


def did_you_mean(name: str, known: Iterable[str], most: int = MOST_NAMES) -> str:
    """A hint at the nearest known name, or at all of them when none is near and they are at most `most`."""
    known = list(known)
    if near := nearest(name, known):
        return _("Did you mean “%(near)s”?") % {"near": near}
    return _("Known are %(names)s.") % {"names": ", ".join(known)} if 0 < len(known) <= most else ""
