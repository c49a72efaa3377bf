"""Times as pages write them: UTC, to the minute, in the language's order."""

from __future__ import annotations

import datetime as dt

from troth.texts import _, date


def moment(at_ms: int | None) -> str:
    """A time; `never` for None.

    >>> moment(1_767_225_600_000)
    '1 Jan 2026, 00:00'
    """
    if at_ms is None:
        return _("never")
    at = dt.datetime.fromtimestamp(at_ms / 1000, dt.UTC)
    return f"{date(at.date())}, {at:%H:%M}"
