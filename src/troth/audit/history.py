"""Earlier audits of shops: one JSON file a run, in a folder for each start address.

The prices of each run lie beside it in a small file of their own: hundreds of them are read at once.

Earlier versions of Troth had one folder for all shops on a host: what lies there is still found.
"""

import json
import re
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import TypeAdapter, ValidationError

from troth.audit.artifacts.price import SeenPrice
from troth.audit.result.codec import from_json, text
from troth.audit.result.shape import AuditResult
from troth.errors import TrothError
from troth.texts import _

_KEPT = re.compile(r"[^a-z0-9.-]+")
_LONGEST_PATH = 60
_PRICES = "prices"
_SHOP = re.compile(rb'^ "shop": ("(?:[^"\\]|\\.)*"),?\r?$', re.MULTILINE)
"""Where a result's file names its shop: in its first lines, before all that is long."""


def remember(folder: Path, result: AuditResult) -> Path:
    """Keep `result` in the history in `folder`; return the file. An audit of the same second replaces it.

    Raises:
        TrothError: `history-unwritable`.
    """
    path = folder / folder_name(result.shop) / f"{_KEPT.sub('-', result.taken_at.lower())}.json"
    prices = path.parent / _PRICES / path.name
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, text(result).encode())
        if result.prices or prices.exists():
            prices.parent.mkdir(exist_ok=True)
            _write(prices, _seen_prices().dump_json(result.prices))
    except OSError as error:
        raise TrothError(
            "history-unwritable",
            _("The history cannot be written: %(reason)s") % {"reason": error.strerror or error},
            _("Name another folder with `--history`."),
            where=str(path),
        ) from error
    return path


def latest(folder: Path, shop: str) -> AuditResult | None:
    """The newest audit of `shop` in the history, None when there is none.

    Raises:
        TrothError: `history-damaged`, for a file that holds no result.
    """
    newest = max(_files(folder, shop), key=lambda path: path.name, default=None)
    return _read(newest) if newest else None


def seen_prices(folder: Path, shop: str) -> tuple[SeenPrice, ...]:
    """The prices that audits of `shop` in the history saw, as each of them saw it.

    Raises:
        TrothError: `history-damaged`, for a file that holds no prices.
    """
    files = sorted((folder / folder_name(shop) / _PRICES).glob("*.json"))
    return tuple(price for path in files for price in _prices_in(path))


def folder_name(shop: str) -> str:
    """A name for the shop's files, never one that leads elsewhere: its host, then the path it starts at.

    `shop.example`, `127.0.0.1-8443`, `shop.example_de`. Where letters of the path had to go, a digest of it
    keeps two shops apart.
    """
    parts = urlsplit(shop if "://" in shop else f"//{shop}")
    path = parts.path.strip("/") + (f"?{parts.query}" if parts.query else "")
    plain = _KEPT.sub("-", path.lower())[:_LONGEST_PATH].strip(".-")
    if plain != path:
        plain = f"{plain}-{sha256(path.encode()).hexdigest()[:8]}".lstrip("-")
    host = _host(shop)
    return f"{host}_{plain}" if path else host


def _files(folder: Path, shop: str) -> Iterator[Path]:
    """The files of the shop's results: its own, and its share of what a host's shops once had in common."""
    name, host = folder_name(shop), _host(shop)
    if name != host:
        yield from (folder / name).glob("*.json")
    for path in (folder / host).glob("*.json"):
        whose = _shop_in(path)
        if (whose is None and name == host) or (whose is not None and folder_name(whose) == name):
            yield path


def _host(shop: str) -> str:
    parts = urlsplit(shop if "://" in shop else f"//{shop}")
    return _KEPT.sub("-", parts.netloc.rpartition("@")[2].lower()).strip(".-") or "shop"


def _shop_in(path: Path) -> str | None:
    """The shop that a result's file names, without reading its pictures; None when it names none."""
    try:
        with path.open("rb") as file:
            found = _SHOP.search(file.read(4096))
        return str(json.loads(found[1])) if found else None
    except (OSError, ValueError):
        return None


def _prices_in(path: Path) -> tuple[SeenPrice, ...]:
    try:
        return _seen_prices().validate_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise _damaged(path) from error


def _read(path: Path) -> AuditResult:
    try:
        return from_json(path.read_bytes())
    except (OSError, ValidationError) as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> TrothError:
    return TrothError(
        "history-damaged",
        _("This file of the history holds no audit's result."),
        _("Move it away; the others stay usable."),
        where=str(path),
    )


def _write(path: Path, body: bytes) -> None:
    """All of it or nothing."""
    passing = path.with_suffix(".part")
    passing.write_bytes(body)
    passing.replace(path)


@cache
def _seen_prices() -> TypeAdapter[tuple[SeenPrice, ...]]:
    return TypeAdapter(tuple[SeenPrice, ...])
