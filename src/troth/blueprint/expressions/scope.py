"""The columns that an expression may name."""

from typing import TYPE_CHECKING

from troth.blueprint.schema import Blueprint
from troth.blueprint.types import ColumnType, ValueType

if TYPE_CHECKING:
    from collections.abc import Mapping

RECORD = "record"
"""The name under which a compiled expression finds the record's own columns."""


class Scope:
    """The columns of a record kind and of the records it links to, with their types.

    Args:
        blueprint: The whole blueprint; links lead to its other kinds.
        kind: The record kind's name.

    Attributes:
        kind: The record kind's name.
        tables: For `record` and every link whose kind exists: column name → type.
    """

    __slots__ = ("kind", "tables")

    def __init__(self, blueprint: Blueprint, kind: str) -> None:
        own = blueprint.records[kind]
        self.kind = kind
        self.tables: Mapping[str, Mapping[str, ValueType]] = {
            RECORD: {name: value_type(column.type) for name, column in own.columns.items()}
        } | {
            name: {column: value_type(c.type) for column, c in blueprint.records[link.to].columns.items()}
            for name, link in own.links.items()
            if link.to in blueprint.records
        }

    def names(self) -> list[str]:
        """Every name an expression may write: `column` and `link.column`."""
        return [
            column if table == RECORD else f"{table}.{column}"
            for table, columns in self.tables.items()
            for column in columns
        ]


def value_type(type_: ColumnType) -> ValueType:
    """What an expression takes a column for: a comment is a text."""
    return "text" if type_ == "comment" else type_
