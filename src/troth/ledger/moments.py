"""The read-out time: given, or the newest moment the data speak of, or the clock."""

import datetime as dt
from typing import Literal

from troth.errors import UsageError
from troth.ledger.answers import Moment
from troth.ledger.refresh import NEWEST, read_state
from troth.ledger.rules import FIRST_MS, LAST_MS
from troth.ledger.sql import DAY_MS
from troth.store import Store
from troth.texts import _

NOW = "now"


def moment(store: Store, text: str | None, now_ms: int) -> Moment:
    """The read-out time that `text` means.

    Args:
        store: its derived tables must be up to date (`refresh`).
        text: `2026-01-31` is the end of that UTC day; `2026-01-31T12:00` or with a zone that instant (UTC
            without one); `now` the clock; None the newest experience that is not a promise breaking by the
            mere passing of time, but never later than now. (Last month's export must not make last month's
            open orders look forgotten.)
        now_ms: the clock, UTC epoch milliseconds.

    Raises:
        UsageError: `moment-invalid`, `moment-out-of-range` (only 1970 to 2199 count).
    """
    if text == NOW:
        return _at(now_ms, "clock")
    if text is not None:
        return _given(text)
    newest = read_state(store).get(NEWEST)
    if newest is None or int(newest) > now_ms:
        return _at(now_ms, "clock")
    return _at(int(newest), "data")


def _given(text: str) -> Moment:
    stripped = text.strip()
    try:
        if len(stripped) == len("2026-01-31"):
            day = (dt.date.fromisoformat(stripped) - dt.date(1970, 1, 1)).days
            return _at((day + 1) * DAY_MS - 1, "given", text)
        when = dt.datetime.fromisoformat(stripped)
    except ValueError:
        raise UsageError(
            "moment-invalid",
            _("“%(text)s” is no read-out time.") % {"text": text},
            _("Write 2026-01-31, 2026-01-31T12:00 or now."),
        ) from None
    since = when.replace(tzinfo=when.tzinfo or dt.UTC) - dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
    return _at(since // dt.timedelta(milliseconds=1), "given", text)


def _at(at_ms: int, origin: Literal["given", "data", "clock"], text: str = "") -> Moment:
    if not FIRST_MS <= at_ms < LAST_MS:
        raise UsageError(
            "moment-out-of-range",
            _("“%(text)s” is outside the years 1970 to 2199.") % {"text": text or at_ms},
            _("Is the year right?"),
        )
    return Moment(at_ms, at_ms // DAY_MS, origin)
