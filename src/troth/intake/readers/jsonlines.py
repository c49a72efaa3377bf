"""JSON: one object a line (NDJSON), an array of objects, or objects one after the other."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import duckdb

from troth.blueprint.schema import FileFormat
from troth.errors import TrothError, UsageError
from troth.intake.names import squeezed
from troth.intake.readers.base import (
    GIVING_UP,
    KEPT_OF_A_LINE,
    MAXIMUM_ROW_BYTES,
    SAMPLE_ROWS,
    Landing,
    Row,
    UnreadableError,
)
from troth.intake.readers.text import TextFile, open_text
from troth.intake.readers.values import Numbered, landed, text
from troth.intake.sql import literal
from troth.texts import _

_NEVER = "\x1f"  # a control character: no valid JSON line holds it unescaped
_BETWEEN = re.compile(r"[\s,\]]*")


class JsonReader:
    """A file of JSON objects. Its headers are the members' names; members of members read as `outer.inner`.

    `expected` are names that may come up later in the file, though not among its first objects.
    """

    def __init__(self, path: Path, declared: FileFormat, folder: Path, expected: Iterable[str] = ()) -> None:
        self._path = path
        self._folder = folder
        self._file = open_text(path, declared.encoding)
        beginning = self._file.sample()
        if not beginning.strip():
            raise UsageError("source-empty", _("The file is empty."), where=str(path))
        self._by_line = _is_object_line(beginning)
        self._objects = list(_first_objects(beginning, by_line=self._by_line))
        if not any(self._objects):
            raise UsageError(
                "json-without-objects",
                _("There are no JSON objects in the file."),
                _("Write one object a line, or an array of objects."),
                where=str(path),
            )
        self._paths: dict[str, tuple[str, ...]] = {}
        for found in self._objects:
            self._paths.update(_paths(found, ()))
        seen = {squeezed(name) for name in self._paths}
        late = [name for name in expected if squeezed(name) not in seen]
        self._paths.update((name, (name,)) for name in late)
        self.notes = tuple(
            _("“%(name)s” is in none of the first %(count)d objects.")
            % {"name": name, "count": len(self._objects)}
            for name in late
        )
        self.headers = tuple(self._paths)
        self.form = f"{'ndjson' if self._by_line else 'json'}, {self._file.encoding}"

    def sample(self) -> list[Row]:
        """The first objects' members."""
        return [[text(_member(found, path)) for path in self._paths.values()] for found in self._objects]

    def landings(
        self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]
    ) -> Iterator[AbstractContextManager[Landing]]:
        """DuckDB on the lines, in the file or in a copy; then the careful way."""
        if not self._by_line:
            yield self._fast(self._copy(), marks, compressed=False)
        elif self._file.is_plain and not set("*?[{") & set(str(self._path)):
            yield self._fast(self._path, marks, compressed=self._file.compressed)
        yield self._careful(connection, marks)

    @contextmanager
    def _fast(self, path: Path, marks: Mapping[int, str], *, compressed: bool) -> Iterator[Landing]:
        lines = (
            f"read_csv({literal(str(path))}, columns = {{'line': 'VARCHAR'}}, auto_detect = false,"
            f" header = false, delim = '{_NEVER}', quote = '', escape = '',"
            f" max_line_size = {MAXIMUM_ROW_BYTES}, compression = '{'gzip' if compressed else 'none'}')"
        )
        try:
            yield self._objects_of(f"(SELECT line, NULL AS fault FROM {lines})", marks)
        except GIVING_UP as error:
            raise UnreadableError from error

    @contextmanager
    def _careful(self, connection: duckdb.DuckDBPyConnection, marks: Mapping[int, str]) -> Iterator[Landing]:
        with landed(connection, self._numbered(), [0]) as lines:
            relation = f"(SELECT row, coalesce(c0, line) AS line, fault FROM {lines.relation})"
            yield self._objects_of(relation, marks, row="row")

    def _objects_of(self, lines: str, marks: Mapping[int, str], row: str | None = None) -> Landing:
        """The landing over a relation of `line` and `fault`.

        Every line parsed once for all wanted members.
        """
        paths = list(self._paths.values())
        pointers = ", ".join(literal(_pointer(paths[index])) for index in marks)
        number = f"{row} AS row, " if row else ""
        types = f", json_type(object, [{pointers}]) AS types" if set(marks.values()) - {"."} else ""
        parsed = (
            f"(SELECT {number}line, coalesce(fault, if(object IS NULL, 'no-json-object', NULL)) AS fault,"
            f" json_extract_string(object, [{pointers}]) AS members{types}"
            f" FROM (SELECT *, CASE WHEN json_valid(line) AND json_type(line) = 'OBJECT'"
            f" THEN line::JSON END AS object FROM {lines} WHERE trim(line) <> ''))"
        )
        fields = {index: field(place, mark) for place, (index, mark) in enumerate(marks.items(), 1)}
        return Landing(parsed, fields, row, "fault", f"left(line, {KEPT_OF_A_LINE})")

    def _numbered(self) -> Iterator[Numbered]:
        number = 0
        for line, length in self._file.lines(MAXIMUM_ROW_BYTES + 1):
            if not line.strip():
                continue
            number += 1
            shown = line[:KEPT_OF_A_LINE].decode("utf-8", "replace").replace("\0", "\ufffd")
            if length > MAXIMUM_ROW_BYTES:
                yield number, None, f"line-too-long: {length} bytes", shown
                continue
            try:
                yield number, [line.decode("utf-8").replace("\0", "\ufffd")], None, None
            except UnicodeDecodeError:
                yield number, None, "invalid-encoding", shown

    def _copy(self) -> Path:
        """The objects one a line, in the folder for passing files."""
        path = self._folder / "objects.ndjson"
        with path.open("w", encoding="utf-8", errors="replace", newline="") as file:
            for found in objects(self._file):
                file.write(re.sub(r"[\r\n]", " ", found))
                file.write("\n")
        return path


def objects(file: TextFile) -> Iterator[str]:
    """The text of every element of an array, or of every value of a sequence.

    Raises:
        TrothError: `json-broken`, with the place where the JSON breaks.
    """
    decoder = json.JSONDecoder()
    pieces = (piece.decode("utf-8", "replace") for piece in file.chunks())
    text_ = next(pieces, "").removeprefix("\ufeff")
    start = text_.find("[") + 1 if text_.lstrip().startswith("[") else 0
    line = text_.count("\n", 0, start) + 1
    while True:
        gap = _BETWEEN.match(text_, start)
        after_gap = gap.end() if gap else start
        line, start = line + text_.count("\n", start, after_gap), after_gap
        try:
            _value, end = decoder.raw_decode(text_, start)
            failed = False
        except (ValueError, RecursionError):
            end, failed = len(text_), start < len(text_)
        if end == len(text_) and (not failed or len(text_) - start < 2 * MAXIMUM_ROW_BYTES):
            piece = next(pieces, None)
            if piece is not None:
                text_, start = text_[start:] + piece, 0
                continue
        if failed:
            raise TrothError(
                "json-broken",
                _("The JSON cannot be read on from line %(line)d; nothing was imported.") % {"line": line},
                _("Mend the file, or export one object a line (NDJSON), where a broken line harms no other."),
                where=str(file.path),
            )
        if start == len(text_):
            return
        yield text_[start:end]
        line, start = line + text_.count("\n", start, end), end


def _is_object_line(beginning: str) -> bool:
    first = beginning.lstrip().split("\n", 1)[0]
    return first.startswith("{") and first.rstrip().endswith("}")


def _first_objects(beginning: str, *, by_line: bool) -> Iterator[dict[str, object]]:
    decoder = json.JSONDecoder()
    rest = beginning if by_line else beginning.lstrip().removeprefix("[")
    position = found = 0
    while found < SAMPLE_ROWS and position < len(rest):
        gap = _BETWEEN.match(rest, position)
        position = gap.end() if gap else position
        try:
            value, position = decoder.raw_decode(rest, position)
        except (ValueError, RecursionError):
            if not by_line:
                return
            line_end = rest.find("\n", position)
            position = len(rest) if line_end < 0 else line_end + 1
            continue
        if isinstance(value, dict):
            found += 1
            yield value


def _paths(found: dict[str, object], outer: tuple[str, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for name, value in found.items():
        path = (*outer, name)
        if isinstance(value, dict) and value:
            yield from _paths(value, path)
        else:
            yield ".".join(path), path


def _member(found: object, path: tuple[str, ...]) -> object:
    for name in path:
        if not isinstance(found, dict):
            return None
        found = found.get(name)
    return found


def _pointer(path: tuple[str, ...]) -> str:
    """The JSON pointer (RFC 6901) of `path`."""
    return "".join("/" + name.replace("~", "~0").replace("/", "~1") for name in path)


def field(place: int, mark: str) -> str:
    """SQL for the text of the member at `place`, from 1; a number is written with the decimal mark `mark`."""
    member = f"members[{place}]"
    if mark == ".":
        return member
    numeric = f"types[{place}] IN ('DOUBLE', 'BIGINT', 'UBIGINT')"
    return f"CASE WHEN {numeric} THEN replace({member}, '.', {literal(mark)}) ELSE {member} END"
