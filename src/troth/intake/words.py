"""What stands for nothing, true and false in exports, and which dates are plausible: all in one place."""

import datetime as dt

NOTHING = ("", "NULL", "null", "N/A", "n/a", "?", "-", "None", "NaN", "nan", "NaT", "#N/A")
"""What stands for an empty field in every column but text, where only an empty field is empty.

Ids are no mere text: in a key, a customer or a link these words stand for nothing, too.
"""

TRUE = ("true", "t", "1", "yes", "y", "ja", "j", "wahr", "waar", "oui")
FALSE = ("false", "f", "0", "no", "n", "nein", "nee", "falsch", "onwaar", "non")
"""Truth values in lower case."""

FIRST_TIME = dt.datetime(1970, 1, 1)  # noqa: DTZ001 - in UTC, like all times of the ledger
YEARS_AHEAD = 10
"""A `time` is an instant of the customer's journey: from 1970 to ten years from now."""

FIRST_DATE = dt.date(1850, 1, 1)
DATE_YEARS_AHEAD = 100
"""A `date` may be a birthday or the end of a contract: from 1850 to a hundred years from now."""


def time_range(now_ms: int) -> tuple[dt.datetime, dt.datetime]:
    """The first and the last plausible time, in UTC."""
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC).replace(tzinfo=None)
    return FIRST_TIME, dt.datetime(now.year + YEARS_AHEAD, 12, 31, 23, 59, 59)  # noqa: DTZ001 - likewise


def date_range(now_ms: int) -> tuple[dt.date, dt.date]:
    """The first and the last plausible date."""
    now = dt.datetime.fromtimestamp(now_ms / 1000, dt.UTC)
    return FIRST_DATE, dt.date(now.year + DATE_YEARS_AHEAD, 12, 31)
