"""Days as numbers and as dates, instants as times. All UTC."""

from datetime import UTC, date, datetime, timedelta

_EPOCH = date(1970, 1, 1).toordinal()
_EPOCH_TIME = datetime(1970, 1, 1, tzinfo=UTC)


def date_of(day: int) -> date:
    """The date of a day counted from 1970-01-01."""
    return date.fromordinal(_EPOCH + day)


def day_of(when: date) -> int:
    """The number of a date, counted from 1970-01-01."""
    return when.toordinal() - _EPOCH


def time_of(at_ms: int) -> datetime:
    """The time of an instant in epoch milliseconds."""
    return _EPOCH_TIME + timedelta(milliseconds=at_ms)
