"""From text to typed values, in SQL: numbers, truth values, dates and times as exports write them.

Every function takes SQL for a text and returns SQL for its value; what cannot be read is NULL, never an
error.
"""

from dataclasses import dataclass

from troth.intake.sql import choice, literal
from troth.intake.words import FALSE, TRUE

_GROUPS = r"[., ''\x{2019}\x{a0}\x{202f}]"
_PLAIN_TRUTH = {"true": "true", "false": "false", "1": "true", "0": "false"}
_ISO_TIME = "'____-__-_____:__:__'"
_ISO_LOCAL = r"'\d{4}[-/]\d\d?[-/]\d\d?(?:[ T]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?)?'"
_ISO_ZONED = r"'\d{4}[-/]\d\d?[-/]\d\d?[ T]\d\d?:\d\d.*'"
_ISO_DATE = r"'\d{4}[-/]\d\d?[-/]\d\d?(?:[ T]\d\d?:.*)?'"


@dataclass(frozen=True, slots=True)
class Instant:
    """A time read from text.

    `local` is SQL for a wall clock's TIMESTAMP, `absolute` for one in UTC; one is NULL.
    """

    local: str
    absolute: str


def integer(text: str) -> str:
    """BIGINT: `42`, `1.000` and `1 000` (grouped by threes), `42.0`."""
    plain = f"TRY_CAST({text} AS BIGINT)"
    trimmed = f"trim({text})"
    return (
        f"CASE WHEN {plain}::VARCHAR = {text} THEN {plain}"
        rf" WHEN regexp_full_match({trimmed}, '[+-]?\d+(?:[.,]0{{1,2}})?')"
        rf" THEN TRY_CAST(regexp_replace({trimmed}, '[.,]0+$', '') AS BIGINT)"
        rf" WHEN regexp_full_match({trimmed}, '[+-]?\d{{1,3}}(?:{_GROUPS}\d{{3}})+')"
        f" THEN TRY_CAST(regexp_replace({trimmed}, '{_GROUPS}', '', 'g') AS BIGINT) END"
    )


def number(text: str, mark: str) -> str:
    """DOUBLE, finite; `mark` is the decimal mark, thousands may be grouped by any other."""
    decimals = r"\." if mark == "." else ","
    groups = _GROUPS.replace(mark, "", 1)
    pointed = text if mark == "." else f"replace({text}, ',', '.')"
    foreign = "_" if mark == "." else "."
    cast = f"TRY_CAST({pointed} AS DOUBLE)"
    trimmed = f"trim({text})"
    joined = f"replace(regexp_replace({trimmed}, '{groups}', '', 'g'), '{mark}', '.')"
    return (
        f"CASE WHEN isfinite({cast}) AND NOT contains({text}, '{foreign}') AND NOT contains({text}, '_')"
        f" THEN {cast}"
        rf" WHEN regexp_full_match({trimmed}, '[+-]?\d{{1,3}}(?:{groups}\d{{3}})+(?:{decimals}\d*)?')"
        f" THEN TRY_CAST({joined} AS DOUBLE) END"
    )


def boolean(text: str) -> str:
    """BOOLEAN, from the words of `troth.intake.words`."""
    words = {
        word: result
        for pair in zip(TRUE, FALSE, strict=True)
        for word, result in zip(pair, ("true", "false"), strict=True)
    }
    return choice(text, _PLAIN_TRUTH, choice(f"lower(trim({text}))", words, "NULL"))


def date(text: str, format_: str | None) -> str:
    """DATE, as written: a time of day behind it is left out. ISO 8601 is read whatever the format."""
    parsed = f"TRY_CAST(trim({text}) AS DATE)"
    iso = (
        f"CASE WHEN {text} LIKE '____-__-__' THEN TRY_CAST({text} AS DATE)"
        f" WHEN regexp_full_match(trim({text}), {_ISO_DATE}) THEN {parsed} END"
    )
    return (
        iso if format_ is None else f"coalesce(CAST(try_strptime({text}, {literal(format_)}) AS DATE), {iso})"
    )


def time(text: str, format_: str | None) -> Instant:
    """A local or an absolute time. ISO 8601 is read whatever the format.

    An offset (`+01:00`, `Z`) or a zone makes it absolute.
    """
    # A cast to TIMESTAMP would silently drop an offset, so it may only see texts that have none.
    trimmed = f"trim({text})"
    local = (
        f"CASE WHEN {text} LIKE {_ISO_TIME} THEN TRY_CAST({text} AS TIMESTAMP)"
        f" WHEN regexp_full_match({trimmed}, {_ISO_LOCAL}) THEN TRY_CAST({trimmed} AS TIMESTAMP) END"
    )
    tight = rf"regexp_replace({trimmed}, '\s+([+-]\d)', '\1')"
    absolute = (
        f"CASE WHEN {text} LIKE {_ISO_TIME} OR {text} IS NULL THEN NULL"
        f" WHEN regexp_full_match({trimmed}, {_ISO_ZONED}) AND NOT regexp_full_match({trimmed}, {_ISO_LOCAL})"
        f" THEN make_timestamp(epoch_us(TRY_CAST({tight} AS TIMESTAMPTZ))) END"
    )
    if format_ is None:
        return Instant(local, absolute)
    parsed = f"try_strptime({text}, {literal(format_)})"
    if "%z" in format_ or "%Z" in format_:
        return Instant(local, f"coalesce(make_timestamp(epoch_us({parsed})), {absolute})")
    return Instant(f"coalesce({parsed}, {local})", f"CASE WHEN {parsed} IS NULL THEN {absolute} END")
