"""The files' formats: each system writes its own."""

import gzip
from pathlib import Path

import duckdb

FILES = {
    "orders": "orders.csv",
    "tickets": "tickets.ndjson",
    "reviews": "reviews.csv.gz",
    "surveys": "surveys.parquet",
    "returns": "returns.csv",
    "customers": "customers.csv",
}
"""The file of each record kind. Reviews are in Windows-1252; returns begin with a byte order mark."""

_OPTIONS = {"csv": "FORMAT csv, HEADER", "ndjson": "FORMAT json", "parquet": "FORMAT parquet"}


def write(connection: duckdb.DuckDBPyConnection, kind: str, folder: Path) -> None:
    """Write the table `kind` to its file in `folder`, in the order of `place`; same rows, same bytes."""
    target = folder / FILES[kind]
    options = _OPTIONS[target.name.split(".")[1]] + (
        ", DELIMITER ';', COMPRESSION none" if kind == "reviews" else ""
    )
    connection.execute(
        f"COPY (SELECT * EXCLUDE (place) FROM {kind} ORDER BY place) TO '{_plain(target)}' ({options})"
    )
    if kind == "reviews":
        text = target.read_text("utf-8").encode("windows-1252")
        target.write_bytes(gzip.compress(text, mtime=0))
    if kind == "returns":
        target.write_bytes(b"\xef\xbb\xbf" + target.read_bytes())


def _plain(path: Path) -> str:
    return str(path).replace("'", "''")
