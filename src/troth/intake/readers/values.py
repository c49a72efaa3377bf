"""Values of typed sources (workbooks, databases) as the text that a file would hold, and as Arrow batches."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import count, islice

import duckdb
import pyarrow as pa

from troth.intake.readers.base import Landing, Row

Numbered = tuple[int, Row | None, str | None, str | None]
"""A row on its way.

Its number, its fields (None when it cannot be taken apart), why not, and its text then.
"""

_BATCH_ROWS = 20_000
_EXACT = 2**53
_names = count(1)


def text(value: object, mark: str = ".") -> str | None:
    """`value` as text: numbers with the decimal mark `mark`, times in ISO 8601, None and NaN as None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float | Decimal):
        return _number(value, mark)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).decode("utf-8", errors="replace")
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, default=str)
    return str(value)


def _number(value: float | Decimal, mark: str) -> str | None:
    if value != value:  # noqa: PLR0124 - NaN is how frames write nothing
        return None
    whole = isinstance(value, float) and value.is_integer() and abs(value) < _EXACT
    if whole:
        return str(int(value))
    return (f"{value:f}" if isinstance(value, Decimal) else repr(value)).replace(".", mark)


@contextmanager
def landed(
    connection: duckdb.DuckDBPyConnection,
    rows: Iterable[Numbered],
    wanted: Sequence[int],
) -> Iterator[Landing]:
    """A landing fed from Python: the fields of `rows` are in the order of `wanted`."""
    schema = pa.schema(
        [("row", pa.int64()), ("fault", pa.string()), ("line", pa.string())]
        + [(f"c{index}", pa.string()) for index in wanted]
    )
    failures: list[Exception] = []
    batches = _batches(_watched(rows, failures), len(wanted), schema)
    name = f"landing_{next(_names)}"
    connection.register(name, pa.RecordBatchReader.from_batches(schema, batches))
    try:
        yield Landing(name, {index: f"c{index}" for index in wanted}, "row", "fault", "line")
    except duckdb.Error as error:
        if failures:  # DuckDB knows only that its supply broke
            raise failures[0] from error
        raise
    finally:
        connection.unregister(name)


def _watched(rows: Iterable[Numbered], failures: list[Exception]) -> Iterator[Numbered]:
    try:
        yield from rows
    except Exception as error:
        failures.append(error)
        raise


def _batches(rows: Iterable[Numbered], width: int, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    iterator = iter(rows)
    nothing: Row = (None,) * width
    while batch := list(islice(iterator, _BATCH_ROWS)):
        fields = zip(*(row[1] if row[1] is not None else nothing for row in batch), strict=True)
        columns = [
            [row[0] for row in batch],
            [row[2] for row in batch],
            [row[3] for row in batch],
            *map(list, fields),
        ]
        arrays = [pa.array(column, type=field.type) for column, field in zip(columns, schema, strict=True)]
        yield pa.RecordBatch.from_arrays(arrays, schema=schema)


def picked(rows: Iterable[Sequence[object]], marks: Mapping[int, str]) -> Iterator[list[str | None]]:
    """Of every row the fields at the positions of `marks`, as text."""
    wanted = list(marks.items())
    for row in rows:
        yield [text(row[index], mark) for index, mark in wanted]
