"""A running server makes itself known in the workspace's folder, so that commands can speak to it.

`server.json` says where it is; `server.key`, which only its own user may read, holds a key for this run.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

SERVER_NAME = "server.json"
KEY_NAME = "server.key"
MARK = "troth_local_"


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where a server said it is, and the key to speak to it; it may be gone since (killed, say)."""

    address: str
    key: str


@contextmanager
def announced(folder: Path, address: str) -> Iterator[str]:
    """While the block runs the folder says that a server is at `address`; gives the key of this run."""
    key = MARK + secrets.token_urlsafe(32)
    _write(folder / KEY_NAME, key)
    _write(folder / SERVER_NAME, json.dumps({"address": address, "pid": os.getpid()}))
    try:
        yield key
    finally:
        for name in (SERVER_NAME, KEY_NAME):
            with suppress(OSError):
                (folder / name).unlink()


def announcement(folder: Path) -> Announcement | None:
    """What the folder says of a running server; None when it says nothing, or not to this user."""
    try:
        found = json.loads((folder / SERVER_NAME).read_text("utf-8"))
        return Announcement(str(found["address"]), (folder / KEY_NAME).read_text("utf-8"))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _write(path: Path, text: str) -> None:
    """A file that only its owner may read, there at once or not at all."""
    passing = path.with_name(f".{path.name}.{os.getpid()}")
    with suppress(FileNotFoundError):
        passing.unlink()
    with os.fdopen(os.open(passing, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    passing.replace(path)
