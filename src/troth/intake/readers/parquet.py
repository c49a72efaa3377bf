"""Parquet files."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb

from troth.errors import TrothError
from troth.intake.readers.base import SAMPLE_ROWS, Landing, Row
from troth.intake.sql import literal
from troth.store.tables import quoted
from troth.texts import _

_NUMBERS = ("DECIMAL", "DOUBLE", "FLOAT")
_TIMES = ("TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS")


class ParquetReader:
    """A Parquet file; its types are read as text and typed anew by the declaration."""

    form = "parquet"
    notes: tuple[str, ...] = ()

    def __init__(self, path: Path) -> None:
        self._relation = f"read_parquet({literal(str(path))}, file_row_number = true)"
        try:
            with duckdb.connect() as connection:
                connection.execute("SET TimeZone = 'UTC'")
                described = connection.execute(f"DESCRIBE FROM {self._relation}").fetchall()
                self._types = {name: type_ for name, type_, *_rest in described if name != "file_row_number"}
                self.headers = tuple(self._types)
                fields = ", ".join(self._field(index, ".") for index in range(len(self.headers)))
                query = f"SELECT {fields} FROM {self._relation} LIMIT {SAMPLE_ROWS}"
                self._sample: list[Row] = list(connection.execute(query).fetchall())
        except duckdb.Error as error:
            raise TrothError(
                "parquet-unreadable",
                _("The file is no readable Parquet file: %(reason)s")
                % {"reason": str(error).splitlines()[0]},
                _("Fetch or export the file again."),
                where=str(path),
            ) from error

    def sample(self) -> list[Row]:
        """The first rows."""
        return self._sample

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """DuckDB on the file."""
        del connection
        yield self._landed(marks)

    @contextmanager
    def _landed(self, marks: Mapping[int, str]) -> Iterator[Landing]:
        fields = {index: self._field(index, mark) for index, mark in marks.items()}
        yield Landing(self._relation, fields, "file_row_number + 1")

    def _field(self, index: int, mark: str) -> str:
        name = self.headers[index]
        type_ = self._types[name]
        column = quoted(name)
        if type_ in _TIMES:
            column = f"{column}::TIMESTAMP"
        if type_ == "BLOB":
            column = f"decode({column})"
        text = f"{column}::VARCHAR"
        if type_ in {
            "DOUBLE",
            "FLOAT",
        }:  # whole numbers with gaps often come as floats: an id is 17850, not 17850.0
            text = f"regexp_replace({text}, '\\.0$', '')"
        return (
            f"replace({text}, '.', {literal(mark)})" if type_.startswith(_NUMBERS) and mark != "." else text
        )
