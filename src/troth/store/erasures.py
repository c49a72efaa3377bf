"""The list of people who were erased: keyed digests, never an id, in a file of the workspace.

The file `erasures.jsonl` has the key in its first line and a digest in each other. It stays where it is when
ledger and office are brought back from an older backup, so nobody comes back with them.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Self

from troth.errors import TrothError
from troth.texts import _

FILE_NAME = "erasures.jsonl"
FORMAT = "troth-erasures/1"
PERSON = "person"
"""The scope of a person's ids."""

_SEPARATOR = "\x1f"
_BLOCK = 64


def record_scope(kind: str) -> str:
    """The scope of the keys of a kind's records: of those that others lead to their person by."""
    return f"record:{kind}"


@dataclass(frozen=True, slots=True)
class ErasureList:
    """The list as it is in a folder.

    Attributes:
        path: Its file, which need not be there while nobody was erased.
        key: Of the digests, 32 bytes.
        numbers: By digest, the number of the erasure that it belongs to.
        made_ms: When each erasure was begun, by its number.
    """

    path: Path
    key: bytes
    numbers: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    made_ms: Mapping[int, int] = field(default_factory=lambda: MappingProxyType({}))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """The list in `folder`; where there is none, a new one whose key is kept at once.

        Raises:
            TrothError: `erasures-damaged`.
        """
        path = folder / FILE_NAME
        try:
            text = path.read_text("utf-8")
        except FileNotFoundError:
            made = cls(path, secrets.token_bytes(32))
            made.write()
            return made
        return cls._parsed(path, text)

    @classmethod
    def peek(cls, folder: Path) -> Self | None:
        """The list in `folder`, or None where nobody was erased."""
        path = folder / FILE_NAME
        if not path.is_file():
            return None
        found = cls._parsed(path, path.read_text("utf-8"))
        return found if found.numbers else None

    @classmethod
    def read(cls, path: Path) -> Self:
        """The list in the file `path`.

        Raises:
            TrothError: `erasures-damaged`.
        """
        return cls._parsed(path, path.read_text("utf-8"))

    @classmethod
    def _parsed(cls, path: Path, text: str) -> Self:
        try:
            head, *lines = [json.loads(line) for line in text.splitlines()]
            key = {FORMAT: bytes.fromhex(head["key"])}[head["format"]]
            numbers = {str(line["digest"]): int(line["number"]) for line in lines}
            made_ms = {int(line["number"]): int(line["at_ms"]) for line in lines}
        except (ValueError, KeyError, TypeError) as error:
            raise TrothError(
                "erasures-damaged",
                _("The list of erased people cannot be read."),
                _("Bring the file back from the newest backup; without it erased people may come back."),
                where=str(path),
            ) from error
        return cls(path, key, MappingProxyType(numbers), MappingProxyType(made_ms))

    @property
    def next_number(self) -> int:
        """The number of the next erasure."""
        return max(self.made_ms, default=0) + 1

    def digest(self, scope: str, value: str) -> str:
        """HMAC-SHA256 of scope and value, 64 hexadecimal digits.

        >>> ErasureList(Path("x"), b"k").digest("person", "C1") == ErasureList(Path("y"), b"k").digest(
        ...     "person", "C1"
        ... )
        True
        """
        message = f"{scope}{_SEPARATOR}{value}".encode()
        return hmac.digest(self.key, message, "sha256").hex()

    def has(self, scope: str, value: str) -> bool:
        """Whether this was erased."""
        return self.digest(scope, value) in self.numbers

    def of(self, number: int) -> frozenset[str]:
        """The digests of one erasure."""
        return frozenset(digest for digest, of in self.numbers.items() if of == number)

    def part(self, number: int) -> Self:
        """The list as if there were only this erasure."""
        digests = dict.fromkeys(self.of(number), number)
        made_ms = {number: self.made_ms[number]} if number in self.made_ms else {}
        return type(self)(self.path, self.key, MappingProxyType(digests), MappingProxyType(made_ms))

    def with_more(self, number: int, digests: Iterable[str], at_ms: int) -> Self:
        """The list with the digests of one erasure, in its file when this returns.

        Those that an earlier erasure has become the later one's.
        """
        numbers = {**self.numbers, **dict.fromkeys(digests, number)}
        made = type(self)(
            self.path,
            self.key,
            MappingProxyType(numbers),
            MappingProxyType({**self.made_ms, number: self.made_ms.get(number, at_ms)}),
        )
        made.write()
        return made

    def merged(self, other: ErasureList) -> ErasureList:
        """This list and what only `other` has, in its file when this returns.

        Erasures of `other` that have a number which is another's here get new ones.

        Raises:
            TrothError: `erasures-foreign`: another key made it.
        """
        if other.key != self.key:
            raise TrothError(
                "erasures-foreign",
                _("This list of erased people was made with another key."),
                _("Only the list of this workspace, or of its backups, belongs here."),
                where=str(other.path),
            )
        result: ErasureList = self
        for number, at_ms in sorted(other.made_ms.items()):
            new = other.of(number) - self.numbers.keys()
            if not new:
                continue
            known = self.made_ms.get(number) in (None, at_ms)
            result = result.with_more(number if known else result.next_number, new, at_ms)
        return result

    def parameters(self) -> dict[str, bytes]:
        """The key's pads of RFC 2104, bound in statements that use `digest_sql`."""
        block = self.key.ljust(_BLOCK, b"\0")
        return {
            "erasure_inner": bytes(byte ^ 0x36 for byte in block),
            "erasure_outer": bytes(byte ^ 0x5C for byte in block),
        }

    def write(self) -> None:
        """Keep the list in its file, all of it or nothing."""
        lines = [{"format": FORMAT, "key": self.key.hex()}]
        lines += [
            {"digest": digest, "number": number, "at_ms": self.made_ms[number]}  # type: ignore[dict-item]
            for digest, number in self.numbers.items()
        ]
        partial = self.path.with_name(f"{self.path.name}.partial")
        partial.unlink(missing_ok=True)
        handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(self.path)
        sync_folder(self.path.parent)


def digest_sql(scope: str, text: str) -> str:
    """SQL for the digest of the SQL expression `text`; to be executed with `ErasureList.parameters`."""
    prefix = f"{scope}{_SEPARATOR}".encode().hex()
    inner = f"sha256($erasure_inner::BLOB || unhex('{prefix}') || encode({text}))"
    return f"sha256($erasure_outer::BLOB || unhex({inner}))"


def sync_folder(folder: Path) -> None:
    """Make a renamed file's new name durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
