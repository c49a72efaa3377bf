"""Looking at a source before anything is declared: its form, its columns, and a record kind to start from."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from tempfile import TemporaryDirectory

from troth.blueprint.schema import Column, FileFormat, RecordKind
from troth.errors import UsageError
from troth.intake import guess
from troth.intake.headers import looks_like_data, no_header
from troth.intake.readers.base import Row
from troth.intake.readers.dispatch import open_reader, shown
from troth.intake.resolving import doubt
from troth.texts import _

_KEY = re.compile(r"(^|_)(id|uuid|guid|key|number|no|nr|nummer|code|ref|reference)$")
_CUSTOMER = re.compile(
    r"(?P<who>customer|client|kunden?|klant|consumer|member|buyer|caller|user|account|guest|patient|passenger)"
    r"(?P<id>_?(id|uuid|key|number|no|nr|nummer|unique_id|code))?"
)
_LIKELY_KEYS = 6
_LONGEST_NAME = 63


@dataclass(frozen=True, slots=True)
class Sniffed:
    """What a source looks like.

    Attributes:
        form: How it is read: `csv, delimiter ;, windows-1252`.
        headers: The names of its fields.
        rows: How many rows were looked at.
        kind: A record kind to start from; look it over before it is saved.
        notes: What could not be told for sure.
    """

    form: str
    headers: tuple[str, ...]
    rows: int
    kind: RecordKind
    notes: tuple[str, ...]


def sniff(source: str | Path, name: str = "", declared: FileFormat | None = None) -> Sniffed:
    """Look at the first rows of `source` and propose a record kind; `name` is what it shall be called.

    Raises:
        UsageError, TrothError: as for an import; `header-missing` when the first row holds values.
    """
    with TemporaryDirectory() as folder:
        reader = open_reader(str(source), Path(folder), declared)
        rows = reader.sample()
    if looks_like_data(reader.headers):
        raise no_header(shown(str(source)))
    columns: dict[str, Column] = {}
    notes = list(reader.notes)
    for place, header in enumerate(reader.headers):
        column_name = _column_name(header, columns)
        found = guess.column(row[place] for row in rows)
        type_ = "text" if found.type in {"integer", "number"} and _is_id(column_name) else found.type
        origin = header if header.strip().casefold() != column_name else None
        decimal = found.decimal if type_ == "number" and found.decimal == "," else None
        columns[column_name] = Column(type=type_, source=origin, format=found.format, decimal=decimal)
        if found.doubt and found.format:
            notes.append(doubt(column_name, found.format))
    if not columns:
        raise UsageError("source-empty", _("The source has no columns."), where=shown(str(source)))
    key, customer, doubts = _roles(name, columns, rows)
    if any(column.type == "time" for column in columns.values()):
        doubts.append(_("Times without an offset are read as UTC; set `zone` to where they were written."))
    kind = RecordKind(key=key, customer=customer, columns=columns, file=declared or FileFormat())
    return Sniffed(reader.form, reader.headers, len(rows), kind, (*notes, *doubts))


def _column_name(header: str, taken: dict[str, Column]) -> str:
    """`header` as the name of a column: small ASCII letters, digits and underscores, unique."""
    plain = unicodedata.normalize("NFKD", header).encode("ascii", "ignore").decode().lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[: _LONGEST_NAME - 4]
    if not name[:1].isalpha():
        name = f"column_{name}".rstrip("_")
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name}_{number}"
    return unique


def _is_id(name: str) -> bool:
    return bool(_KEY.search(name) or _CUSTOMER.fullmatch(name))


def _roles(
    name: str, columns: dict[str, Column], rows: Sequence[Row]
) -> tuple[tuple[str, ...], str, list[str]]:
    """The columns that look like key and customer, and notes where none does."""
    notes = []
    key = _key(name, columns, rows)
    if key == ("*",):
        notes.append(_("No column looks like a key; rows are told apart by all their values."))
    found = [match for column in columns if (match := _CUSTOMER.fullmatch(column))]
    found.sort(key=lambda match: match["id"] is None)
    if not found:
        notes.append(_("No column looks like a customer; name the right one as `customer`."))
    fallback = key[0] if key != ("*",) else next(iter(columns))
    return key, found[0][0] if found else fallback, notes


def _key(name: str, columns: dict[str, Column], rows: Sequence[Row]) -> tuple[str, ...]:
    """The column that tells all rows apart and is named like a key, else two such columns, else all."""
    values = {column: [row[place] for row in rows] for place, column in enumerate(columns)}
    likely = [
        column for column in columns if _is_id(column) and len(guess.filled(values[column])) == len(rows)
    ]
    singular = name.removesuffix("s")
    likely.sort(key=lambda column: (column != "id", not (singular and column.startswith(singular))))
    for count in (1, 2):
        for key in combinations(likely[:_LIKELY_KEYS], count):
            if rows and len(set(zip(*(values[column] for column in key), strict=True))) == len(rows):
                return tuple(sorted(key, key=list(columns).index))
    return ("*",)
