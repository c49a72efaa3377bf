"""Which reader a source needs: told from its first bytes, then from its name."""

from collections.abc import Callable
from pathlib import Path

from troth.blueprint.schema import FileFormat
from troth.errors import TrothError, UsageError
from troth.intake.readers.base import Reader
from troth.intake.readers.text import open_text
from troth.texts import _

_ARCHIVES = (".zip", ".tar", ".7z", ".rar", ".bz2", ".xz", ".zst")
_BOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
_JSON = (".json", ".ndjson", ".jsonl")
_DELIMITED = (".csv", ".tsv", ".txt", ".psv", ".tab")


def open_reader(
    source: str, folder: Path, declared: FileFormat | None = None, expected: tuple[str, ...] = ()
) -> Reader:
    """The reader of `source`: a file's path (a workbook's may end in `#sheet`) or a database table's URL.

    `folder` takes passing copies, `expected` are the headers that the record kind wants.

    Raises:
        UsageError: `source-missing`, `source-is-folder`, `source-no-file`, `source-empty`, `source-unknown`
        and the readers' own.
        TrothError: `source-damaged`, `source-forbidden` and the readers' own.
    """
    declared = declared or FileFormat()
    if "://" in source:
        from troth.intake.readers.database import DatabaseReader

        return DatabaseReader(source)
    try:
        path, sheet = _path(source)
        form = declared.model_copy(update={"sheet": sheet or declared.sheet})
        return _maker(path)(path, form, folder, expected)
    except PermissionError as error:
        raise TrothError(
            "source-forbidden",
            _("The file may not be read."),
            _("Check the rights of the file and its folder."),
            where=source,
        ) from error


def shown(source: str) -> str:
    """`source` as it may be written down: without a password."""
    if "://" not in source:
        return source
    from sqlalchemy import make_url

    address, _hash, table = source.rpartition("#")
    return f"{make_url(address).render_as_string(hide_password=True)}#{table}"


def _path(source: str) -> tuple[Path, str | None]:
    path, sheet = Path(source), None
    if not path.exists() and "#" in source:
        name, _hash, sheet = source.rpartition("#")
        path = Path(name)
    if path.is_dir():
        raise UsageError(
            "source-is-folder", _("This is a folder, not a file."), _("Name one file."), where=str(path)
        )
    if path.exists() and not path.is_file():
        raise UsageError(
            "source-no-file",
            _("This is a pipe or a device, not a file."),
            _("Write it into a file first: a source is read more than once."),
            where=str(path),
        )
    if not path.is_file():
        raise UsageError("source-missing", _("There is no such file."), where=str(path))
    return path, sheet


_Maker = Callable[[Path, FileFormat, Path, tuple[str, ...]], Reader]


def _maker(path: Path) -> _Maker:
    with path.open("rb") as file:
        magic = file.read(8)
    if not magic:
        raise UsageError("source-empty", _("The file is empty."), where=str(path))
    suffix = _suffix(path)
    if magic.startswith(b"PAR1") or suffix in {".parquet", ".pq"}:
        return _parquet
    if suffix in _BOOKS or magic.startswith(b"\xd0\xcf\x11\xe0"):
        return _excel
    if suffix in _ARCHIVES or magic.startswith(b"PK\x03\x04"):
        raise UsageError(
            "source-unknown",
            _("Troth does not read this kind of file."),
            _("Unpack it first; read are .csv, .json, .ndjson (each also .gz), .parquet and workbooks."),
            where=str(path),
        )
    if suffix in _JSON:
        return _json
    if suffix in _DELIMITED:
        return _csv
    beginning = open_text(path, None).sample().lstrip()
    return _json if beginning.startswith(("[", "{")) else _csv


def _suffix(path: Path) -> str:
    return Path(path.stem if path.suffix.lower() == ".gz" else path.name).suffix.lower()


def _parquet(path: Path, _declared: FileFormat, _folder: Path, _expected: tuple[str, ...]) -> Reader:
    from troth.intake.readers.parquet import ParquetReader

    return ParquetReader(path)


def _excel(path: Path, declared: FileFormat, _folder: Path, _expected: tuple[str, ...]) -> Reader:
    from troth.intake.readers.excel import ExcelReader

    return ExcelReader(path, declared.sheet)


def _json(path: Path, declared: FileFormat, folder: Path, expected: tuple[str, ...]) -> Reader:
    from troth.intake.readers.jsonlines import JsonReader

    return JsonReader(path, declared, folder, expected)


def _csv(path: Path, declared: FileFormat, folder: Path, _expected: tuple[str, ...]) -> Reader:
    from troth.intake.readers.csv import CsvReader

    return CsvReader(path, declared, folder)
