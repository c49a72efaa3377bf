"""Artifacts between dataclasses and a folder: `artifacts.json`, one gzipped file a page, the pictures."""

import gzip
import hashlib
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from troth.audit.artifacts.shape import Artifacts, Page
from troth.errors import UsageError
from troth.texts import _

FILE_NAME = "artifacts.json"
_PAGES = "pages"
_MOST_BYTES = 200_000_000


def save(artifacts: Artifacts, folder: Path) -> Path:
    """Write `artifacts` into `folder`; return the path of its index.

    Each page's file is named in the index with its SHA-256, so that a finding can say what it was judged on.
    """
    (folder / _PAGES).mkdir(parents=True, exist_ok=True)
    names: dict[str, str] = {}
    for page in artifacts.pages:
        body = _pages().dump_json(page)
        (folder / _PAGES / f"{page.id}.json.gz").write_bytes(gzip.compress(body, compresslevel=1, mtime=0))
        names[page.id] = hashlib.sha256(body).hexdigest()
    plain = _artifacts().dump_python(replace(artifacts, pages=()), mode="json")
    index = folder / FILE_NAME
    index.write_text(json.dumps({**plain, "pages": names}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return index


def load(folder: Path) -> Artifacts:
    """The artifacts in `folder`.

    Raises:
        UsageError: `artifacts-missing`, or `artifacts-invalid` when a file is damaged or of another shape.
    """
    index = folder / FILE_NAME
    if not index.is_file():
        raise UsageError(
            "artifacts-missing",
            _("There are no artifacts here: no %(name)s.") % {"name": FILE_NAME},
            _("Name the folder that an audit wrote with `--artifacts`."),
            where=str(folder),
        )
    try:
        plain: dict[str, Any] = json.loads(index.read_text("utf-8"))
        pages = tuple(_page(folder, id_, digest) for id_, digest in plain["pages"].items())
        return replace(_artifacts().validate_python({**plain, "pages": []}), pages=pages)
    except (OSError, EOFError, ValueError, KeyError, AttributeError, TypeError, ValidationError) as error:
        raise UsageError(
            "artifacts-invalid",
            _("These artifacts cannot be read: a file is damaged or of another shape."),
            _("Audit the shop again."),
            where=str(folder),
        ) from error


def _page(folder: Path, id_: str, digest: str) -> Page:
    path = folder / _PAGES / f"{id_}.json.gz"
    if path.parent.resolve() != path.resolve().parent:
        raise ValueError(id_)  # an id is a name, never a path
    with gzip.open(path) as file:
        body = file.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES or hashlib.sha256(body).hexdigest() != digest:
        raise ValueError(id_)
    return _pages().validate_json(body)


@cache
def _artifacts() -> TypeAdapter[Artifacts]:
    return TypeAdapter(Artifacts)


@cache
def _pages() -> TypeAdapter[Page]:
    return TypeAdapter(Page)
