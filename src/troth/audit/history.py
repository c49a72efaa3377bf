"""Earlier audits of shops: one small JSON file a run, in a folder a host, and what they say over time."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from troth.audit.result.codec import from_json, text
from troth.audit.result.shape import AuditResult
from troth.errors import TrothError
from troth.texts import _

_KEPT = re.compile(r"[^a-z0-9.-]+")


def remember(folder: Path, result: AuditResult) -> Path:
    """Keep `result` in the history in `folder`; return the file. An audit of the same second replaces it.

    Raises:
        TrothError: `history-unwritable`.
    """
    path = _folder(folder, result.shop) / f"{_KEPT.sub('-', result.taken_at.lower())}.json"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        passing = path.with_suffix(".part")
        passing.write_text(text(result), "utf-8")
        passing.replace(path)
    except OSError as error:
        raise TrothError(
            "history-unwritable",
            _("The history cannot be written: %(reason)s") % {"reason": error.strerror or error},
            _("Name another folder with `--history`."),
            where=str(path),
        ) from error
    return path


def remembered(folder: Path, shop: str) -> Iterator[AuditResult]:
    """The audits of `shop` that the history in `folder` holds, oldest first.

    Raises:
        TrothError: `history-damaged`, for a file that holds no result.
    """
    for path in _files(folder, shop):
        yield _read(path)


def latest(folder: Path, shop: str) -> AuditResult | None:
    """The newest audit of `shop` in the history, None when there is none. Raises as `remembered`."""
    files = _files(folder, shop)
    return _read(files[-1]) if files else None


def _read(path: Path) -> AuditResult:
    try:
        return from_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise TrothError(
            "history-damaged",
            _("This file of the history holds no audit's result."),
            _("Move it away; the others stay usable."),
            where=str(path),
        ) from error


def _files(folder: Path, shop: str) -> list[Path]:
    return sorted(_folder(folder, shop).glob("*.json"))


def folder_name(shop: str) -> str:
    """A name for the shop's files, never one that leads elsewhere: `shop.example`, `127.0.0.1-8443`."""
    address = shop if "://" in shop else f"//{shop}"
    host = _KEPT.sub("-", urlsplit(address).netloc.rpartition("@")[2].lower())
    return host.strip(".-") or "shop"


def _folder(folder: Path, shop: str) -> Path:
    return folder / folder_name(shop)
