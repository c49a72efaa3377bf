"""Cut-outs of a page's picture that show a proof."""

import base64
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from troth.audit.artifacts.page import Place, Seen
from troth.audit.artifacts.shape import Artifacts
from troth.audit.result.assembly import Picture
from troth.audit.verdict import Proof

if TYPE_CHECKING:
    from PIL.Image import Image

_AROUND = 16
_WIDEST, _HIGHEST = 720, 320
_MOST = 60
_QUALITY = 55


def cutter(artifacts: Artifacts, folder: Path) -> Picture:
    """What cuts a proof's element out of its page's picture in `folder`: WebP in base64, empty without one.

    At most 60 cut-outs an audit, 720 by 320 pixels each, so that the report stays small.
    """
    pages = {page.id: page for page in artifacts.pages}
    left = _MOST

    @cache
    def picture(screenshot: str) -> "Image | None":
        from PIL import Image, UnidentifiedImageError

        path = folder / screenshot
        if not screenshot or folder.resolve() not in path.resolve().parents:
            return None
        try:
            return Image.open(path).convert("RGB")
        except (OSError, UnidentifiedImageError, Image.DecompressionBombError):
            return None

    def cut(proof: Proof) -> str:
        nonlocal left
        page = pages.get(proof.page)
        if left <= 0 or page is None or page.seen is None or not proof.selector:
            return ""
        place = next((place for selector, place in _places(page.seen) if selector == proof.selector), None)
        whole = picture(page.screenshot) if place else None
        if place is None or whole is None:
            return ""
        box = _box(place, *whole.size)
        if box is None:
            return ""
        left -= 1
        kept = BytesIO()
        whole.crop(box).save(kept, "WEBP", quality=_QUALITY)
        return base64.b64encode(kept.getvalue()).decode()

    return cut


def _places(seen: Seen) -> Iterator[tuple[str, Place]]:
    """Every selector of the page whose place is known."""
    for part in (seen.links, seen.controls, seen.fields, seen.images, seen.runs, seen.overlays, seen.frames):
        for one in part:
            yield one.selector, one.place


def _box(place: Place, wide: int, high: int) -> tuple[int, int, int, int] | None:
    """The place with a little around it, within the picture; None when nothing of it is there."""
    x, y, width, height = place
    left, top = max(0, int(x) - _AROUND), max(0, int(y) - _AROUND)
    right = min(wide, int(x + min(width, _WIDEST)) + _AROUND)
    bottom = min(high, int(y + min(height, _HIGHEST)) + _AROUND)
    return (left, top, right, bottom) if right - left > 1 and bottom - top > 1 else None
