"""The common shape of all readers: headers, a sample, and a relation in which every field is text."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import duckdb

Row = Sequence[str | None]

SAMPLE_ROWS = 5_000
"""Rows looked at to find out types, formats and decimal marks."""

MAXIMUM_ROW_BYTES = 2_097_152
"""A row longer than this goes to quarantine; it bounds the memory that reading takes."""

KEPT_OF_A_LINE = 4_000
"""Characters kept of a line that could not be taken apart."""


@dataclass(frozen=True, slots=True)
class Landing:
    """Where the rows of a source stand, ready to be selected from.

    Attributes:
        relation: SQL that follows FROM.
        fields: SQL for the text of each wanted header's field, by the header's position. Numbers that are
        numbers in the source are written with the column's decimal mark, times in ISO 8601.
        row: SQL for the row's number, from 1; None when the rows arrive in order and none is left out.
        fault: SQL for a word on why the row cannot be taken apart, NULL when it can.
        line: SQL for the text of a row that cannot be taken apart.
        since: SQL for the import that brought the row first; rows stored later than that are newer.
    """

    relation: str
    fields: Mapping[int, str]
    row: str | None = None
    fault: str = "NULL"
    line: str = "NULL"
    since: str | None = None


class Reader(Protocol):
    """An opened source.

    Attributes:
        headers: The names of the fields, in order.
        form: How the source is read, for people: `csv, delimiter ;, windows-1252`.
        notes: What a person should know about how it was read.
    """

    headers: tuple[str, ...]
    form: str
    notes: tuple[str, ...]

    def sample(self) -> list[Row]:
        """The first rows, at most `SAMPLE_ROWS`, in the order of the headers."""

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """Ways to the rows, the fastest first; the next is tried when one breaks with `UnreadableError`.

        `marks` has the wanted headers' positions, and the decimal mark their column is written with.
        """


GIVING_UP = (duckdb.InvalidInputException, duckdb.ConversionException, duckdb.NotImplementedException)
"""What DuckDB raises when its own reader cannot go on with a file."""


class UnreadableError(Exception):
    """The way taken cannot read this source to its end; a more careful one may."""
