"""Lines of delimited text taken apart (RFC 4180), row by row.

For headers, samples and files that are not clean.
"""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from troth.intake.readers.base import KEPT_OF_A_LINE, MAXIMUM_ROW_BYTES, Row

_LONGEST_ROW_LINES = 1_000
_EMPTY = (b"", b"\r")


@dataclass(frozen=True, slots=True)
class Dialect:
    """How fields are told apart; `quote` is empty where nothing is quoted.

    `skip`: lines before the header.
    """

    delimiter: str
    quote: str = '"'
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Lexed:
    """A row: its fields, or why it cannot be taken apart and its text."""

    fields: Row | None
    fault: str | None = None
    line: str | None = None


class _OpenQuoteError(Exception):
    """The text ends inside quotes: the row may go on in the next line."""


class _BrokenQuoteError(Exception):
    """Something stands behind a closing quote."""


def split(text: str, dialect: Dialect) -> list[str | None]:
    """The fields of one row; an empty field is None. Blanks around quotes do not count, as with DuckDB."""
    quote, delimiter = dialect.quote, dialect.delimiter
    if not quote or quote not in text:
        return [field or None for field in text.split(delimiter)]
    fields: list[str | None] = []
    position = 0
    while position <= len(text):
        start = position
        while text[start : start + 1] == " ":
            start += 1
        if text[start : start + 1] == quote:
            field, position = _quoted(text, start + 1, dialect)
        else:
            end = text.find(delimiter, position)
            end = len(text) if end < 0 else end
            field, position = text[position:end], end + 1
        fields.append(field or None)
    return fields


def _quoted(text: str, position: int, dialect: Dialect) -> tuple[str, int]:
    """The field whose opening quote stands before `position`, and where the next one begins."""
    quote, parts = dialect.quote, []
    while True:
        end = text.find(quote, position)
        if end < 0:
            raise _OpenQuoteError
        parts.append(text[position:end])
        if text[end + 1 : end + 2] != quote:
            break
        parts.append(quote)
        position = end + 2
    end += 1
    while text[end : end + 1] == " ":
        end += 1
    if end < len(text) and text[end] != dialect.delimiter:
        raise _BrokenQuoteError
    return "".join(parts), end + 1


def rows(lines: Iterable[tuple[bytes, int]], dialect: Dialect, width: int | None) -> Iterator[Lexed]:
    """Every row of `lines` (text and length of each).

    `width` is the number of fields a row must have; None: any.

    A row that cannot be taken apart costs its first line only: reading goes on with the next line, so an open
    quote never swallows the rest of the file. Empty lines are no rows, unless a row has but one field.
    """
    waiting: deque[tuple[bytes, int]] = deque()
    source = iter(lines)
    while True:
        first = waiting.popleft() if waiting else next(source, None)
        if first is None:
            return
        if first[0] not in _EMPTY or width == 1:
            yield _row(first, waiting, source, dialect, width)


def _row(
    first: tuple[bytes, int],
    waiting: deque[tuple[bytes, int]],
    source: Iterator[tuple[bytes, int]],
    dialect: Dialect,
    width: int | None,
) -> Lexed:
    line, length = first
    shown = line[:KEPT_OF_A_LINE].decode("utf-8", "replace").replace("\0", "\ufffd")
    if length > MAXIMUM_ROW_BYTES:
        return Lexed(None, f"line-too-long: {length} bytes", shown)
    if b"\0" in line:
        return Lexed(None, "nul-byte", shown)
    try:
        text = line.decode("utf-8")
        fields = split(text.removesuffix("\r"), dialect)
    except UnicodeDecodeError:
        return Lexed(None, "invalid-encoding", shown)
    except _BrokenQuoteError:
        return Lexed(None, "broken-quote", shown)
    except _OpenQuoteError:
        continued = _continued(text, waiting, source, dialect, width)
        return Lexed(continued) if continued else Lexed(None, "open-quote", shown)
    return _fitted(fields, width, shown)


def _continued(
    text: str,
    waiting: deque[tuple[bytes, int]],
    source: Iterator[tuple[bytes, int]],
    dialect: Dialect,
    width: int | None,
) -> Row | None:
    """The row that begins with `text` and goes on in the next lines.

    None (and no line used up) when none fits.
    """
    taken: list[tuple[bytes, int]] = []
    size = len(text)
    while len(taken) < _LONGEST_ROW_LINES:
        following = waiting.popleft() if waiting else next(source, None)
        if following is None:
            break
        taken.append(following)
        size += following[1]
        if size > MAXIMUM_ROW_BYTES:
            break
        if dialect.quote.encode() not in following[0]:
            continue
        try:
            whole = "\n".join([text, *(line.decode("utf-8") for line, _ in taken)])
            fitted = _fitted(split(whole.removesuffix("\r"), dialect), width, "")
        except _OpenQuoteError:
            continue
        except (_BrokenQuoteError, UnicodeDecodeError):
            break
        if fitted.fields is not None and "\0" not in whole:
            return fitted.fields
        break
    waiting.extendleft(reversed(taken))
    return None


def _fitted(fields: list[str | None], width: int | None, shown: str) -> Lexed:
    if width is None or len(fields) == width:
        return Lexed(fields)
    if len(fields) < width:
        return Lexed(None, f"too-few-fields: {len(fields)} of {width}", shown)
    if any(field is not None for field in fields[width:]):
        return Lexed(None, f"too-many-fields: {len(fields)} of {width}", shown)
    return Lexed(fields[:width])
