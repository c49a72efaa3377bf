"""What the declaration leaves open about a source: told from its first rows."""

from collections.abc import Mapping, Sequence

from troth.blueprint.schema import Column, RecordKind
from troth.intake import guess
from troth.intake.readers.base import Row
from troth.texts import _


def resolved(
    kind: RecordKind, places: Mapping[str, int], sample: Sequence[Row]
) -> tuple[RecordKind, tuple[str, ...]]:
    """The kind with a decimal mark for every number and a format for every date that is not in ISO 8601.

    What is declared stays. The notes say what the sample leaves in doubt.
    """
    columns: dict[str, Column] = {}
    notes: list[str] = []
    for name, column in kind.columns.items():
        columns[name] = column
        if name not in places:
            continue
        values = [row[places[name]] for row in sample]
        if column.type == "number" and column.decimal is None:
            columns[name] = column.model_copy(update={"decimal": guess.decimal_mark(values)})
        if column.type in {"date", "time"} and column.format is None:
            found = guess.dates(values)
            if found is not None and found.format:
                columns[name] = column.model_copy(update={"format": found.format})
                notes += [doubt(name, found.format)] if found.doubt else []
    return kind.model_copy(update={"columns": columns}), tuple(notes)


def doubt(column: str, format_: str) -> str:
    """The note on a column of dates that could be read with the month first as well."""
    text = _(
        "“%(column)s”: day and month cannot be told apart; read as %(format)s. Set `format` if that is wrong."
    )
    return text % {"column": column, "format": format_}
