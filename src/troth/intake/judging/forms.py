"""Dates in a declared format, where every part is digits of a fixed width: read without SQL."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Self

_PARTS = {
    "Y": r"(?P<year>\d{4})", "m": r"(?P<month>\d\d)", "d": r"(?P<day>\d\d)", "H": r"(?P<hour>\d\d)",
    "M": r"(?P<minute>\d\d)", "S": r"(?P<second>\d\d)", "z": r"(?P<zone>[+-]\d\d:?\d\d)",
}  # fmt: skip
_SIGN = re.compile(r"%(.)|([-/. :,])")


@dataclass(frozen=True, slots=True)
class Form:
    """A format as a pattern. What it reads means the same as by `strptime`; it reads less."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, format_: str) -> Self | None:
        """The form of a format of strptime; None where it has other parts, a part twice, or no whole date."""
        signs = list(_SIGN.finditer(format_))
        names = [sign[1] for sign in signs if sign[1]]
        whole = sum(len(sign[0]) for sign in signs) == len(format_)
        if not whole or len(set(names)) < len(names) or not {"Y", "m", "d"} <= set(names) <= _PARTS.keys():
            return None
        text = "".join(_PARTS[sign[1]] if sign[1] else re.escape(sign[2]) for sign in signs)
        return cls(re.compile(text, re.ASCII))

    def read(self, text: str) -> dt.datetime | None:
        """The moment, aware where the format has an offset; None when the text is written otherwise.

        Raises:
            ValueError: There is no such day or time.
        """
        match = self.pattern.fullmatch(text)
        if match is None:
            return None
        found = match.groupdict()
        zone = found.pop("zone", None)
        at = dt.datetime(**{part: int(digits) for part, digits in found.items()})  # type: ignore[arg-type] # noqa: DTZ001 - its zone comes next
        if zone is None:
            return at
        minutes = int(zone[1:3]) * 60 + int(zone[-2:])
        return at.replace(tzinfo=dt.timezone(dt.timedelta(minutes=-minutes if zone[0] == "-" else minutes)))
