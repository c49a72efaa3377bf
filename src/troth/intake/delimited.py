"""A small file of delimited text as rows of named fields, told apart just as an import tells them.

Delimiter and encoding are sniffed: a spreadsheet writes semicolons and windows-1252 where commas are decimal.
"""

from collections.abc import Iterator
from pathlib import Path

from troth.blueprint.schema import FileFormat
from troth.errors import UsageError
from troth.intake.readers.csv import CsvReader
from troth.texts import _


def delimited(path: Path) -> Iterator[dict[str, str | None]]:
    """Every row of `path`, its fields by the header's names in lower case; an empty field is None.

    Raises:
        UsageError: `source-empty`; `row-malformed`, a row that cannot be taken apart, with its number.
        TrothError: `source-damaged`.
    """
    reader = CsvReader(path, FileFormat(), path.parent)
    names = [header.lower() for header in reader.headers]
    for number, fields, fault, _line in reader.numbered(range(len(names))):
        if fields is None:
            message = _("This row cannot be taken apart (%(fault)s).") % {"fault": fault}
            where = _("%(path)s, row %(n)s") % {"path": path, "n": number}
            raise UsageError("row-malformed", message, where=where)
        yield dict(zip(names, fields, strict=True))
