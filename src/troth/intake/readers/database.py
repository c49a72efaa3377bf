"""A table of a database, by URL.

`sqlite:///shop.db#orders`, `postgresql+psycopg://host/shop#public.orders`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from troth.errors import TrothError, UsageError, nearest
from troth.intake.readers.base import SAMPLE_ROWS, Landing, Row
from troth.intake.readers.values import Numbered, landed, picked, text
from troth.texts import _

if TYPE_CHECKING:
    from sqlalchemy import URL, Select
    from sqlalchemy.engine import Inspector

_BATCH_ROWS = 20_000
_CONNECT_SECONDS = 15


class DatabaseReader:
    """A table or view, read in batches from one consistent result."""

    form = "database"
    notes: tuple[str, ...] = ()

    def __init__(self, source: str) -> None:
        from sqlalchemy import MetaData, Table, create_engine, inspect
        from sqlalchemy.exc import SQLAlchemyError

        url, schema, name = _parts(source)
        self.shown = f"{url.render_as_string(hide_password=True)}#{f'{schema}.' if schema else ''}{name}"
        try:
            self._engine = create_engine(url, connect_args=_arguments(url))
            tables = _tables(inspect(self._engine), schema)
            if name not in tables:
                raise _no_table(name, tables, self.shown)
            self._table = Table(name, MetaData(), schema=schema, autoload_with=self._engine)
        except (SQLAlchemyError, ImportError) as error:
            raise _unreachable(error, self.shown) from error
        self.headers = tuple(column.name for column in self._table.columns)
        self._sample: list[Row] = [
            [text(value) for value in row] for row in self._stream(self._query().limit(SAMPLE_ROWS))
        ]

    def sample(self) -> list[Row]:
        """The first rows."""
        return self._sample

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """The table's rows, as text, in the order of its key: the last of two versions is always the same."""
        yield landed(connection, self._numbered(marks), list(marks))

    def _query(self) -> Select[tuple[object, ...]]:
        from sqlalchemy import select

        return select(self._table).order_by(*self._table.primary_key.columns)

    def _numbered(self, marks: Mapping[int, str]) -> Iterator[Numbered]:
        rows = picked(self._stream(self._query()), marks)
        return ((number, row, None, None) for number, row in enumerate(rows, 1))

    def _stream(self, query: Select[tuple[object, ...]]) -> Iterator[tuple[object, ...]]:
        from sqlalchemy.exc import SQLAlchemyError

        try:
            with self._engine.connect().execution_options(yield_per=_BATCH_ROWS) as connection:
                for row in connection.execute(query):
                    yield tuple(row)
        except SQLAlchemyError as error:
            raise _unreachable(error, self.shown) from error
        self._engine.dispose()


def _unreachable(error: Exception, shown: str) -> TrothError:
    return TrothError(
        "database-unreachable",
        _("The database cannot be read: %(reason)s") % {"reason": str(error).splitlines()[0]},
        _("Check the address, the name and the password; is the driver installed?"),
        where=shown,
    )


def _parts(source: str) -> tuple[URL, str | None, str]:
    from sqlalchemy import make_url
    from sqlalchemy.exc import ArgumentError

    address, _hash, table = source.rpartition("#")
    schema, _dot, name = table.rpartition(".")
    try:
        url = make_url(address)
    except ArgumentError as error:
        raise _bad_address() from error
    if not address or not name:
        raise _bad_address()
    database = url.database or ""
    if url.get_backend_name() == "sqlite" and not Path(database).is_file():
        raise UsageError("source-missing", _("There is no such file."), where=database)
    return url, schema or None, name


def _bad_address() -> UsageError:
    return UsageError(
        "database-address-invalid",
        _("This is no address of a database table."),
        _("Write it like sqlite:///shop.db#orders or postgresql+psycopg://user@host/shop#public.orders."),
    )


def _arguments(url: URL) -> dict[str, object]:
    match url.get_backend_name():
        case "postgresql":
            return {"connect_timeout": _CONNECT_SECONDS}
        case _:
            return {}


def _tables(inspector: Inspector, schema: str | None) -> list[str]:
    return [*inspector.get_table_names(schema), *inspector.get_view_names(schema)]


def _no_table(name: str, tables: list[str], where: str) -> UsageError:
    near = nearest(name, tables)
    return UsageError(
        "table-missing",
        _("There is no table “%(name)s” in the database.") % {"name": name},
        _("Did you mean “%(near)s”?") % {"near": near} if near else "",
        allowed=tables,
        where=where,
    )
