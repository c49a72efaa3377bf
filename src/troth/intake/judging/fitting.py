"""The quick way: values that are of their column's type as they stand, taken over without SQL.

What is taken over here means exactly what `staging` would read from the same value's text; whatever is not
that plain is left to it. So these functions may be strict, never generous.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from troth.blueprint.schema import Column, RecordKind
from troth.intake.judging.forms import Form
from troth.intake.judging.outcome import Value
from troth.intake.judging.times import many_times
from troth.intake.personal import identifying_columns
from troth.intake.words import NOTHING, date_range, time_range

Fit = Callable[[Sequence[object]], tuple[list[Value], list[int]]]
"""Gives the typed values of a column, and the places of those that are not plain: they mean nothing."""

_INT64 = 2**63
_MANY = 50
"""From so many values on a whole column at once costs less than one after the other."""

_LONGEST = 10_000
"""Characters of a text that is surely no row too long to be kept."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_INTEGER = re.compile(r"-?[1-9]\d{0,17}|0", re.ASCII)
_DECIMALS = {
    ".": re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII),
    ",": re.compile(r"-?\d{1,15}(?:,\d{1,15})?", re.ASCII),
    None: re.compile(r"-?\d{1,15}(?:[.,](?:\d\d?|\d{4,15}))?", re.ASCII),  # three decimals may be thousands
}
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_TIME_WITH_T = re.compile(_TIME.pattern.replace("[T ]", "T"), re.ASCII)
_DIGITS_ONLY = re.compile(r"(?:%-?[YmdHMSfzjy]|[^%TZA-Za-z0-9])*")
"""Formats that match no text with a T in it, so that ISO 8601 with a T is read as such beside them."""


def fit(kind: RecordKind, name: str, now_ms: int) -> Fit:
    """The quick way for the column `name` of `kind`."""
    column, empty = kind.columns[name], kind.file.empty
    match column.type:
        case "text" if name in identifying_columns(kind):
            one = _identifier(frozenset((*NOTHING, *empty)))
        case "text" | "comment":
            one = _text(frozenset(("", *empty)))
        case "integer":
            one = _integer
        case "number":
            one = _number(column.decimal)
        case "boolean":
            one = _boolean
        case "date":
            one = _date(column, now_ms)
        case "time":
            return _times(column, ZoneInfo(kind.zone), now_ms)
    return _each(one)


class _NotPlainError(Exception):
    """The value needs the careful way."""


def _times(column: Column, zone: ZoneInfo, now_ms: int) -> Fit:
    each = _each(_time(column, zone, now_ms))
    if column.format is not None and not _DIGITS_ONLY.fullmatch(column.format):
        return each

    def fitted(values: Sequence[object]) -> tuple[list[Value], list[int]]:
        instants = many_times(values, now_ms) if len(values) >= _MANY else None
        return each(values) if instants is None else (instants, [])

    return fitted


def _each(one: Callable[[object], Value]) -> Fit:
    def fitted(values: Sequence[object]) -> tuple[list[Value], list[int]]:
        try:
            return [None if value is None else one(value) for value in values], []
        except _NotPlainError:
            return _careful(one, values)

    return fitted


def _careful(one: Callable[[object], Value], values: Iterable[object]) -> tuple[list[Value], list[int]]:
    found: list[Value] = []
    odd: list[int] = []
    for place, value in enumerate(values):
        try:
            found.append(None if value is None else one(value))
        except _NotPlainError:
            odd.append(place)
            found.append(None)
    return found, odd


def _text(nothing: frozenset[str]) -> Callable[[object], Value]:
    def text(value: object) -> Value:
        if type(value) is str and len(value) <= _LONGEST and "\0" not in value:
            return None if value in nothing else value
        return _spelt_number(value)

    return text


def _identifier(nothing: frozenset[str]) -> Callable[[object], Value]:
    def identifier(value: object) -> Value:
        if type(value) is str:
            if len(value) > _LONGEST or "\0" in value or value in nothing or value != value.strip():
                raise _NotPlainError
            return value
        return _spelt_number(value)

    return identifier


def _spelt_number(value: object) -> str:
    """Numbers as ids: 17850 is the text `17850`."""
    if type(value) is int and -_INT64 <= value < _INT64:
        return str(value)
    raise _NotPlainError


def _integer(value: object) -> Value:
    if type(value) is str and _INTEGER.fullmatch(value):
        return int(value)
    if type(value) is int and -_INT64 <= value < _INT64:
        return value
    raise _NotPlainError


def _number(mark: str | None) -> Callable[[object], Value]:
    pattern = _DECIMALS[mark]

    def number(value: object) -> Value:
        if type(value) is float:
            return value
        if type(value) is int and -_INT64 <= value < _INT64:
            return float(value)
        if type(value) is str and pattern.fullmatch(value):
            return float(value.replace(",", "."))
        raise _NotPlainError

    return number


def _boolean(value: object) -> Value:
    if type(value) is bool:
        return value
    raise _NotPlainError


def _date(column: Column, now_ms: int) -> Callable[[object], Value]:
    first, last = date_range(now_ms)

    form = Form.of(column.format) if column.format else None

    def date(value: object) -> Value:
        if type(value) is str:
            try:
                if form is not None:
                    moment = form.read(value)
                    day = moment.date() if moment and moment.tzinfo is None else None
                elif column.format is None and _DATE.fullmatch(value):
                    day = dt.date.fromisoformat(value)
                else:
                    day = None
            except ValueError:
                raise _NotPlainError from None
            if day is not None and first <= day <= last:
                return day.toordinal() - _EPOCH_DAY
        raise _NotPlainError

    return date


def _time(column: Column, zone: ZoneInfo, now_ms: int) -> Callable[[object], Value]:
    first, last = (bound.replace(tzinfo=dt.UTC) for bound in time_range(now_ms))
    pattern = _TIME if column.format is None else _TIME_WITH_T
    readable = column.format is None or _DIGITS_ONLY.fullmatch(column.format) is not None
    form = Form.of(column.format) if column.format else None

    def time(value: object) -> Value:
        if not readable or type(value) is not str:
            raise _NotPlainError
        try:
            if pattern.fullmatch(value):
                instant = dt.datetime.fromisoformat(value)
            elif form is None or (read := form.read(value)) is None:
                raise _NotPlainError
            else:
                instant = read
            if instant.tzinfo is None:
                instant = instant.replace(tzinfo=zone)
            since = instant - _EPOCH
        except (ValueError, OverflowError):
            raise _NotPlainError from None
        if not first <= instant <= last:
            raise _NotPlainError
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    return time
