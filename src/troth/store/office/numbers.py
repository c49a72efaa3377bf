"""The numbers that the office's database gives to new rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Integer, text

from troth.store.office.tables import metadata, parcel

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


def number_parcels_after(connection: Connection, mark: int) -> None:
    """Give no parcel a number up to `mark`: the ledger would take it for one that it has already.

    Needed where the office was lost, or brought from elsewhere, while the ledger stayed.
    """
    if connection.dialect.name == "postgresql":
        name = f"pg_get_serial_sequence('{parcel.name}', 'seq')"
        behind = f":mark > (SELECT last_value FROM {parcel.name}_seq_seq)"
        connection.execute(text(f"SELECT setval({name}, :mark) WHERE {behind}"), {"mark": mark})
        return
    table = {"name": parcel.name, "mark": mark}
    connection.execute(
        text("UPDATE sqlite_sequence SET seq = :mark WHERE name = :name AND seq < :mark"), table
    )
    connection.execute(
        text(
            "INSERT INTO sqlite_sequence (name, seq) SELECT :name, :mark"
            " WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = :name)"
        ),
        table,
    )
