"""Delimited text: DuckDB's own reader for clean files, row by row for the others."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import islice
from pathlib import Path

import duckdb

from troth.blueprint.schema import FileFormat
from troth.errors import UsageError
from troth.intake.readers import lexing
from troth.intake.readers.base import GIVING_UP, MAXIMUM_ROW_BYTES, SAMPLE_ROWS, Landing, Row, UnreadableError
from troth.intake.readers.lexing import Dialect
from troth.intake.readers.text import open_text, wrong_encoding
from troth.intake.readers.values import Numbered, landed
from troth.intake.sql import literal
from troth.texts import _

_DELIMITERS = ",;\t|"
_DECIDING_ROWS = 500
_SEPARATOR_LINE = re.compile(r"^sep=(.)\r?\n", re.IGNORECASE)
_GLOB = re.compile(r"[*?\[\]{}]")


class CsvReader:
    """A file of delimited text with a header."""

    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, declared: FileFormat, folder: Path) -> None:
        self._path = path
        self._declared = declared
        self._folder = folder
        self._file = open_text(path, declared.encoding)
        text = self._file.sample()
        if not text.strip("\0 \r\n"):
            raise UsageError("source-empty", _("The file is empty."), where=str(path))
        lines = _sample_lines(text)
        self.dialect = dialect_of(text, lines, declared)
        self._sample = list(islice(_rows(lines, self.dialect), SAMPLE_ROWS + 1))
        first = self._sample[0] if self._sample else []
        self.headers = tuple((field or "").strip() for field in first)
        delimiter = {"\t": "tab"}.get(self.dialect.delimiter, self.dialect.delimiter)
        self.form = f"csv, delimiter {delimiter}, {self._file.encoding}"

    def sample(self) -> list[Row]:
        """The first rows that have as many fields as the header."""
        width = len(self.headers)
        return [row for row in self._sample[1:] if len(row) == width]

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """DuckDB on the file, or on a copy in UTF-8; then the careful way."""
        if not (_GLOB.search(str(self._path)) or any("\n" in header for header in self.headers)):
            if self._file.is_plain:
                yield self._fast(self._path, marks, compressed=self._file.compressed)
                if not self._file.is_what_it_seems():
                    if self._declared.encoding:
                        raise wrong_encoding(self._path, self._declared.encoding, "windows-1252")
                    self._file = replace(self._file, encoding="windows-1252", codec="cp1252")
                    self.form = self.form.replace("utf-8", "windows-1252")
            if not self._file.is_plain:
                yield self._fast(self._copy(), marks, compressed=False)
        yield self._careful(connection, marks)

    @contextmanager
    def _fast(self, path: Path, marks: Mapping[int, str], *, compressed: bool) -> Iterator[Landing]:
        columns = ", ".join(f"'c{index}': 'VARCHAR'" for index in range(len(self.headers)))
        dialect = self.dialect
        relation = (
            f"read_csv({literal(str(path))}, columns = {{{columns}}}, auto_detect = false, header = true,"
            f" skip = {dialect.skip}, delim = {literal(dialect.delimiter)}, quote = {literal(dialect.quote)},"
            f" escape = {literal(dialect.quote)}, strict_mode = true, max_line_size = {MAXIMUM_ROW_BYTES},"
            f" compression = '{'gzip' if compressed else 'none'}')"
        )
        try:
            yield Landing(relation, {index: f"c{index}" for index in marks})
        except GIVING_UP as error:
            raise UnreadableError from error

    def _copy(self) -> Path:
        """The text in UTF-8, in the folder for passing files."""
        path = self._folder / "text.csv"
        with path.open("wb") as file:
            for chunk in self._file.chunks():
                file.write(chunk)
        return path

    def _careful(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> AbstractContextManager[Landing]:
        return landed(connection, self.numbered(list(marks)), list(marks))

    def numbered(self, wanted: Sequence[int]) -> Iterator[Numbered]:
        """Every row the careful way, from 1 on behind the header, with the `wanted` fields in that order."""
        lines = islice(self._file.lines(MAXIMUM_ROW_BYTES + 1), self.dialect.skip, None)
        rows = lexing.rows(lines, self.dialect, None)
        width = len(self.headers)
        next(rows, None)
        for number, row in enumerate(lexing.rows(lines, self.dialect, width), 1):
            fields = None if row.fields is None else [row.fields[index] for index in wanted]
            yield number, fields, row.fault, row.line


def dialect_of(text: str, lines: list[tuple[bytes, int]], declared: FileFormat) -> Dialect:
    """The declared dialect, or the one in which most rows have as many fields as the header, more than one.

    A first line `sep=;`, as spreadsheets write it, names the delimiter.
    """
    separator = _SEPARATOR_LINE.match(text)
    quote = '"' if declared.quote is None else declared.quote
    skip = 1 if separator else 0
    if declared.delimiter or separator:
        return Dialect(declared.delimiter or (separator[1] if separator else ","), quote, skip)
    best, merit = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = [len(row) for row in islice(_rows(lines, Dialect(delimiter, quote)), _DECIDING_ROWS)]
        width = widths[0] if widths else 1
        if width > 1 and (candidate := (round(widths.count(width) / len(widths), 2), width)) > merit:
            best, merit = delimiter, candidate
    return Dialect(best, quote)


def _sample_lines(text: str) -> list[tuple[bytes, int]]:
    """The lines of a sample and their lengths.

    The last one of a long sample may be cut off and is left out.
    """
    lines = text.split("\n", 2 * SAMPLE_ROWS)
    whole = lines if len(lines) < _DECIDING_ROWS else lines[:-1]
    return [(line.encode("utf-8", "replace"), len(line)) for line in whole]


def _rows(lines: list[tuple[bytes, int]], dialect: Dialect) -> Iterator[Row]:
    """The rows of a sample that can be taken apart."""
    rows = lexing.rows(lines[dialect.skip :], dialect, None)
    return (row.fields for row in rows if row.fields is not None)
