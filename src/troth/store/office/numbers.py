"""The numbers that the office's database gives to new rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, text

from troth.store.office.tables import metadata

if TYPE_CHECKING:
    from sqlalchemy import Connection


def follow_numbers(connection: Connection) -> None:
    """Number new rows after those that were brought in with their numbers; SQLite does so by itself."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.tables.values():
        [column, *others] = table.primary_key
        if others or not isinstance(column.type, Integer):
            continue
        name = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
        newest = f"(SELECT max({column.name}) FROM {table.name})"
        connection.execute(text(f"SELECT setval({name}, {newest}) WHERE {newest} IS NOT NULL"))
