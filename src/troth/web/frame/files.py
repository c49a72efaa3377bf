"""Tables as files: CSV that no spreadsheet runs, and Parquet."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

from starlette.responses import Response

from troth.web.frame.page import Table, Value

FORMATS: Mapping[str, str] = {"csv": "text/csv; charset=utf-8", "parquet": "application/vnd.apache.parquet"}

MOST_ROWS = 100_000
"""So many rows a file has at most."""

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_text(table: Table, rows: Sequence[Mapping[str, Value]]) -> str:
    """The rows as CSV after RFC 4180.

    A text that a spreadsheet would take for a formula has an apostrophe before it; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    columns = _columns(table, rows)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_harmless(row[name]) for name in columns])
    return out.getvalue()


def parquet_bytes(table: Table, rows: Sequence[Mapping[str, Value]]) -> bytes:
    """The rows as a Parquet file."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {str: pa.string(), int: pa.int64(), float: pa.float64(), bool: pa.bool_()}
    columns = _columns(table, rows)
    arrays = {
        name: pa.array([row[name] for row in rows], types[kind] if kind else None)
        for name, kind in columns.items()
    }
    sink = io.BytesIO()
    pq.write_table(pa.table(arrays), sink)
    return sink.getvalue()


def file_response(table: Table, rows: Sequence[Mapping[str, Value]], ending: str, name: str) -> Response:
    """The rows as a file to keep."""
    content = csv_text(table, rows).encode() if ending == "csv" else parquet_bytes(table, rows)
    disposition = f'attachment; filename="{name}.{ending}"'
    return Response(content, media_type=FORMATS[ending], headers={"Content-Disposition": disposition})


def _columns(table: Table, rows: Sequence[Mapping[str, Value]]) -> Mapping[str, type[Value] | None]:
    """The declared columns, else those of the first row, whose types their values show."""
    return table.columns or dict.fromkeys(rows[0] if rows else ())


def _harmless(value: Value) -> Value:
    return f"'{value}" if isinstance(value, str) and value.startswith(_STARTS_A_FORMULA) else value
