"""The quick way: values that are of their column's type as they stand, taken over without SQL.

What is taken over here means exactly what `staging` would read from the same value's text; whatever is not
that plain is left to it. So these functions may be strict, never generous.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Sequence
from zoneinfo import ZoneInfo

from troth.blueprint.schema import Column, RecordKind
from troth.intake.judging.outcome import Value
from troth.intake.personal import identifying_columns
from troth.intake.words import NOTHING, date_range, time_range

Fit = Callable[[Sequence[object]], tuple[list[Value], list[int]]]
"""Gives the typed values of a column, and the places of those that are not plain (their values mean nothing)."""

_INT64 = 2**63
_LONGEST = 10_000
"""Characters of a text that is surely no row too long to be kept."""
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(Z|[+-]\d\d:\d\d)?", re.ASCII)
_TIME_WITH_T = re.compile(_TIME.pattern.replace("[T ]", "T"), re.ASCII)
_DIGITS_ONLY = re.compile(r"(?:%-?[YmdHMSfzjy]|[^%TZA-Za-z0-9])*")
"""Formats that match no text with a T in it, so that ISO 8601 with a T is read as such beside them."""


def fit(kind: RecordKind, name: str, now_ms: int) -> Fit:
    """The quick way for the column `name` of `kind`."""
    column = kind.columns[name]
    match column.type:
        case "text" if name in identifying_columns(kind):
            return _each(_identifier(frozenset((*NOTHING, *kind.file.empty))))
        case "text":
            return _each(_text(frozenset(("", *kind.file.empty))))
        case "integer":
            return _each(_integer)
        case "number":
            return _each(_number)
        case "boolean":
            return _each(_boolean)
        case "date":
            return _each(_date(column, now_ms))
        case "time":
            return _each(_time(column, ZoneInfo(kind.zone), now_ms))


class _NotPlainError(Exception):
    """The value needs the careful way."""


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
    if type(value) is int and -_INT64 <= value < _INT64:
        return value
    raise _NotPlainError


def _number(value: object) -> Value:
    if type(value) is float:
        return value
    if type(value) is int and -_INT64 <= value < _INT64:
        return float(value)
    raise _NotPlainError


def _boolean(value: object) -> Value:
    if type(value) is bool:
        return value
    raise _NotPlainError


def _date(column: Column, now_ms: int) -> Callable[[object], Value]:
    first, last = date_range(now_ms)

    def date(value: object) -> Value:
        if type(value) is str and _DATE.fullmatch(value):
            try:
                day = dt.date.fromisoformat(value)
            except ValueError:
                raise _NotPlainError from None
            if first <= day <= last:
                return day.toordinal() - _EPOCH_DAY
        raise _NotPlainError

    def never(_value: object) -> Value:
        raise _NotPlainError

    return date if column.format is None else never


def _time(column: Column, zone: ZoneInfo, now_ms: int) -> Callable[[object], Value]:
    first, last = (bound.replace(tzinfo=dt.UTC) for bound in time_range(now_ms))
    pattern = _TIME if column.format is None else _TIME_WITH_T
    readable = column.format is None or _DIGITS_ONLY.fullmatch(column.format) is not None

    def time(value: object) -> Value:
        match = pattern.fullmatch(value) if readable and type(value) is str else None
        if match is None:
            raise _NotPlainError
        try:
            instant = dt.datetime.fromisoformat(value)  # type: ignore[arg-type] # it matched, so it is text
            if match[1] is None:
                instant = instant.replace(tzinfo=zone)
            since = instant - _EPOCH
        except (ValueError, OverflowError):
            raise _NotPlainError from None
        if not first <= instant <= last:
            raise _NotPlainError
        return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds

    return time
