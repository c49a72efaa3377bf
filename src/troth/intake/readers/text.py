"""Files of text: compression, encoding, and copies in UTF-8 where DuckDB needs one."""

import codecs
import gzip
import io
import re
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from troth.errors import TrothError, UsageError
from troth.texts import _

_SAMPLE_BYTES = 2_097_152
_CHUNK_BYTES = 8_388_608
_GZIP = b"\x1f\x8b"
_CODECS = {"utf-8": "utf-8", "utf-16": "utf-16", "windows-1252": "cp1252", "latin-1": "latin-1"}
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_CUT_OFF = b"\xff"  # no UTF-8: a character whose second half is missing
_VALID = re.compile(r"[^\x00-\x7f\udc80-\udcff]")
_INVALID = re.compile(r"[\udc80-\udcff]")


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file of text and how it is written.

    The encoding by the blueprint's name and by Python's; `returns`: lines end with a carriage return
    alone.
    """

    path: Path
    encoding: str
    codec: str
    compressed: bool
    returns: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether the bytes, once decompressed, are UTF-8 with line feeds."""
        return self.encoding == "utf-8" and not self.returns

    @contextmanager
    def opened(self) -> Iterator[IO[bytes]]:
        """The file's bytes, decompressed; a damaged archive is a TrothError."""
        try:
            with self.path.open("rb") as raw:
                yield cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if self.compressed else raw
        except (gzip.BadGzipFile, EOFError, zlib.error) as error:
            raise damaged(self.path) from error

    def sample(self) -> str:
        """The beginning of the text, without a byte order mark; bytes that cannot be read become U+FFFD."""
        head = _head(self.path, compressed=self.compressed)
        return self._with_line_feeds(head.decode(self.codec, "replace").removeprefix("\ufeff"))

    def is_what_it_seems(self) -> bool:
        """Whether the whole file, not only its beginning, is in `encoding` as far as one can tell."""
        if self.encoding != "utf-8":
            return True
        with self.opened() as file:
            return classified(iter(lambda: file.read(_CHUNK_BYTES), b"")) == "utf-8"

    def chunks(self) -> Iterator[bytes]:
        """The whole text in UTF-8, in pieces.

        Bytes that the encoding does not know stay invalid in UTF-8 too, so that their rows are found
        out.
        """
        handler = "surrogatepass" if self.encoding == "utf-16" else "surrogateescape"
        decoder = codecs.getincrementaldecoder(self.codec)(handler)
        with self.opened() as file:
            while chunk := file.read(_CHUNK_BYTES):
                yield self._with_line_feeds(decoder.decode(chunk)).encode("utf-8", handler)
        if decoder.getstate()[0]:
            yield _CUT_OFF

    def lines(self, limit: int) -> Iterator[tuple[bytes, int]]:
        """Every line of the text in UTF-8 without its line feed, and its length in bytes with it.

        Of a line longer than `limit` only the beginning is kept.
        """
        with self.opened() as file:
            if self.is_plain:
                yield from _lines(file, limit)
            else:
                yield from _lines(io.BufferedReader(_Chunks(self.chunks()), _CHUNK_BYTES), limit)

    def _with_line_feeds(self, text: str) -> str:
        return text.replace("\r", "\n") if self.returns else text


def open_text(path: Path, declared: str | None) -> TextFile:
    """The file at `path`, its encoding the declared one or told from its beginning.

    Raises:
        UsageError: `encoding-wrong`, when the file cannot be written in the declared encoding.
        TrothError: `source-damaged`, when a compressed file cannot be unpacked.
    """
    with path.open("rb") as file:
        compressed = path.suffix.lower() == ".gz" or file.read(2) == _GZIP
    head = _head(path, compressed=compressed)
    likely = guessed(head)
    if declared and not _fits(head, declared, likely):
        raise wrong_encoding(path, declared, likely)
    encoding = declared or likely
    codec = _codec(encoding, head)
    text = head.decode(codec, "replace")
    return TextFile(path, encoding, codec, compressed, returns="\r" in text and "\n" not in text)


def guessed(head: bytes) -> str:
    """The encoding in which `head` is most likely written.

    A byte order mark decides, then NULs, then UTF-8.
    """
    if head.startswith(_UTF16_MARKS):
        return "utf-16"
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if max(even, odd) > len(head) // 4 > min(even, odd):
        return "utf-16"
    return classified([head])


def decoded(data: bytes) -> str:
    """All of `data` in the encoding that its beginning is most likely in; what it does not know is U+FFFD."""
    encoding = guessed(data[:_SAMPLE_BYTES])
    codec = _codec(encoding, data)
    return data.decode(codec, "replace").removeprefix("\ufeff")


def classified(chunks: Iterable[bytes]) -> str:
    """`utf-8` when `chunks` hold no more invalid than valid UTF-8 beyond ASCII, else `windows-1252`."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = invalid = 0
    for chunk in chunks:
        text = decoder.decode(chunk)
        if not text.isascii():
            invalid += len(_INVALID.findall(text))
            valid += len(_VALID.findall(text))
    return "utf-8" if valid >= invalid else "windows-1252"


def wrong_encoding(path: Path, declared: str, likely: str) -> UsageError:
    """The error for a file that is not written as the blueprint says."""
    return UsageError(
        "encoding-wrong",
        _("The file is not written in %(declared)s; it looks like %(likely)s.")
        % {"declared": declared, "likely": likely},
        _("Change `encoding` of the kind's `file` in the blueprint, or leave it out."),
        where=str(path),
    )


def damaged(path: Path) -> TrothError:
    """The error for an archive that cannot be unpacked."""
    return TrothError(
        "source-damaged",
        _("The compressed file is damaged or cut off."),
        _("Fetch the file again; nothing of it was imported."),
        where=str(path),
    )


def _codec(encoding: str, head: bytes) -> str:
    if encoding == "utf-16" and not head.startswith(_UTF16_MARKS):
        return "utf-16-be" if head[:1] == b"\0" else "utf-16-le"
    return _CODECS[encoding]


def _fits(head: bytes, declared: str, likely: str) -> bool:
    if declared in {"windows-1252", "latin-1"}:
        return likely == "windows-1252" or (likely == "utf-8" and head.isascii())
    return declared == likely


def _head(path: Path, *, compressed: bool) -> bytes:
    with TextFile(path, "utf-8", "utf-8", compressed).opened() as file:
        return file.read(_SAMPLE_BYTES)


def _lines(file: IO[bytes] | io.BufferedReader, limit: int) -> Iterator[tuple[bytes, int]]:
    first = True
    while line := file.readline(limit):
        length = len(line)
        ended = line.endswith(b"\n")
        while not ended and length >= limit and (rest := file.readline(limit)):
            length += len(rest)
            ended = rest.endswith(b"\n")
        if first:
            line, first = line.removeprefix(codecs.BOM_UTF8), False
        yield line.removesuffix(b"\n"), length


class _Chunks(io.RawIOBase):
    """A readable file over pieces of bytes."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = chunk
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)
