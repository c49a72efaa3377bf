"""Workbooks: xlsx, xls, xlsb and ods."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from itertools import islice
from pathlib import Path

import duckdb

from troth.errors import TrothError, UsageError
from troth.intake.readers.base import SAMPLE_ROWS, Landing, Row
from troth.intake.readers.values import Numbered, landed, picked, text
from troth.texts import _


class ExcelReader:
    """One sheet of a workbook: the named one, or the only one that is not empty."""

    notes: tuple[str, ...] = ()

    def __init__(self, path: Path, sheet: str | None) -> None:
        from python_calamine import CalamineError, CalamineWorkbook

        try:
            with CalamineWorkbook.from_path(path) as book:
                name = _chosen(book, sheet, str(path))
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
        except (CalamineError, OSError) as error:
            raise TrothError(
                "workbook-unreadable",
                _("The workbook cannot be read: %(reason)s") % {"reason": error},
                _("Save it again as .xlsx, without a password."),
                where=str(path),
            ) from error
        filled = [row for row in rows if any(cell not in ("", None) for cell in row)]
        if not filled:
            raise UsageError("source-empty", _("The sheet is empty."), where=f"{path}#{name}")
        self.headers = tuple((text(cell) or "").strip() for cell in filled[0])
        self._rows = filled[1:]
        self.form = f"excel, sheet {name}"

    def sample(self) -> list[Row]:
        """The first rows."""
        return [[text(cell) or None for cell in row] for row in islice(self._rows, SAMPLE_ROWS)]

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """The sheet's rows, as text."""
        yield landed(connection, self._numbered(marks), list(marks))

    def _numbered(self, marks: Mapping[int, str]) -> Iterator[Numbered]:
        return ((number, row, None, None) for number, row in enumerate(picked(self._rows, marks), 1))


def _chosen(book: object, sheet: str | None, where: str) -> str:
    """The name of the sheet to read."""
    names: list[str] = book.sheet_names  # type: ignore[attr-defined]
    if sheet is not None:
        if sheet in names:
            return sheet
        raise UsageError(
            "sheet-missing",
            _("There is no sheet “%(sheet)s” in the workbook.") % {"sheet": sheet},
            allowed=names,
            where=where,
        )
    filled = [name for name in names if book.get_sheet_by_name(name).height]  # type: ignore[attr-defined]
    if len(filled) > 1:
        raise UsageError(
            "sheet-unclear",
            _("The workbook has several sheets with content."),
            _("Name the one to read: FILE#SHEET, or `sheet` of the kind's `file` in the blueprint."),
            allowed=filled,
            where=where,
        )
    return filled[0] if filled else names[0]
