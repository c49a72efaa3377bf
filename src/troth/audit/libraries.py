"""Libraries that run in the browser, their versions as told by addresses and banners, and their known holes.

The table `catalogue/libraries.yaml`. Pure functions; no version is guessed.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

from troth.audit.catalogue.loading import read

Version = tuple[int, ...]

_NUMBER = r"(?P<version>\d{1,3}(?:\.\d{1,4}){1,3})(?:[-.]?(?:rc|beta|alpha|b)[\w.]*)?"
_END = r"(?:[.-](?:min|slim|prod|umd|bundle|custom|pack|esm|cjs))*\.m?js"


@dataclass(frozen=True, slots=True)
class Hole:
    """A known hole: from which version on (empty: the first) and below which it is open.

    `ids` are CVE numbers; `mended` is the version to go to, empty when the library is no longer kept.
    """

    first: Version
    below: Version
    ids: tuple[str, ...]
    mended: str


@dataclass(frozen=True, slots=True)
class Library:
    """A library in use, and the holes that are open in this version.

    `mended`: the first later version without a known hole; empty when there is none, or nothing to mend.
    """

    name: str
    version: str
    holes: tuple[Hole, ...]
    mended: str = ""


def by_address(url: str) -> Library | None:
    """The library that a script's address names together with a version, None when it does not.

    >>> by_address("https://cdn.test/ajax/libs/jquery/3.7.1/jquery.min.js").version
    '3.7.1'
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    path = unquote(parts.path)
    for name, patterns, _banner, holes in _table():
        for pattern in patterns:
            if match := pattern.search(f"{path}?{parts.query}" if parts.query else path):
                return _library(name, match["version"], holes)
    return None


def by_banner(script: str) -> tuple[Library, ...]:
    """The libraries whose banner stands in a script's text: `/*! jQuery v3.7.1 | …`."""
    found = []
    for name, _patterns, banner, holes in _table():
        if banner and (match := banner.search(script)):
            found.append(_library(name, match["version"], holes))
    return tuple(found)


def version(text: str) -> Version:
    """`3.5.1` → (3, 5, 1), without zeros at its end, so that 3.5 and 3.5.0 are the same."""
    numbers = [int(part) for part in re.findall(r"\d+", text)[:4]]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def _library(name: str, said: str, holes: tuple[Hole, ...]) -> Library:
    here = version(said)
    open_ = _open_in(here, holes)
    later = sorted({hole.mended for hole in holes if here < version(hole.mended)}, key=version)
    cure = next((mended for mended in later if not _open_in(version(mended), holes)), "")
    given_up = any(not hole.mended for hole in open_)
    return Library(name, said, open_, "" if given_up or not open_ else cure)


def _open_in(here: Version, holes: tuple[Hole, ...]) -> tuple[Hole, ...]:
    return tuple(hole for hole in holes if hole.first <= here and (not hole.below or here < hole.below))


@cache
def _table() -> tuple[tuple[str, tuple[re.Pattern[str], ...], re.Pattern[str] | None, tuple[Hole, ...]], ...]:
    return tuple(
        (
            name,
            _patterns(entry["names"], entry.get("folders", []), entry.get("files", [])),
            _banner(entry.get("banner")),
            _holes(entry),
        )
        for name, entry in read("libraries.yaml").items()
    )


def _holes(entry: dict[str, Any]) -> tuple[Hole, ...]:
    return tuple(
        Hole(
            version(str(hole.get("from", ""))),
            version(str(hole.get("below", ""))),
            tuple(hole["ids"]),
            str(hole.get("mended", "")),
        )
        for hole in entry["holes"]
    )


def _banner(said: str | None) -> re.Pattern[str] | None:
    return re.compile(rf"(?:/\*|//|\*)!?[\s*!@]{{0,9}}(?:{said}){_NUMBER}") if said else None


def _patterns(names: list[str], folders: list[str], files: list[str]) -> tuple[re.Pattern[str], ...]:
    """`jquery-3.7.1.min.js`; `jquery/3.7.1/jquery.min.js`; `jquery@3.7.1/…`; WordPress's `?ver=3.7.1`.

    A number elsewhere in the address may be the shop's own, and says nothing.
    """
    called = f"(?:{'|'.join(names)})"
    folder = f"(?:{'|'.join([*names, *folders])})(?:js)?"
    file = f"(?:{'|'.join([*names, *files])})"
    ways = (
        rf"/{called}[-._]v?{_NUMBER}{_END}(?:\?|$)",
        rf"/{folder}/v?{_NUMBER}/(?:(?:dist|js|umd|build)/){{0,2}}{file}{_END}(?:\?|$)",
        rf"/{called}@{_NUMBER}(?:/|\?|$)",
        rf"/wp-includes/js/(?:\w+/)*{called}{_END}\?ver={_NUMBER}(?:&|$)",
    )
    return tuple(re.compile(way, re.IGNORECASE) for way in ways)
