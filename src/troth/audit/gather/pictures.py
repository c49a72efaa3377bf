"""Pictures of a page, of one element, and the logo's fingerprint."""

import base64
from io import BytesIO

from playwright.async_api import CDPSession

from troth.audit.artifacts.page import Place

_QUALITY = 70
_MOST_HIGH = 12_000
_AROUND = 12.0


async def whole(session: CDPSession) -> bytes:
    """A JPEG of the whole page, cut at 12,000 pixels."""
    metrics = await session.send("Page.getLayoutMetrics")
    size = metrics["cssContentSize"]
    return await _taken(session, (0, 0, size["width"], min(size["height"], _MOST_HIGH)), "jpeg")


async def crop(session: CDPSession, place: Place, *, around: float = _AROUND) -> bytes:
    """A JPEG of the place and a little around it."""
    x, y, width, height = place
    left, top = max(0.0, x - around), max(0.0, y - around)
    return await _taken(session, (left, top, x + width + around - left, y + height + around - top), "jpeg")


async def logo_hash(session: CDPSession, place: Place) -> str:
    """The perceptual hash of what stands at `place`: 64 bits as 16 hexadecimal digits."""
    import imagehash
    from PIL import Image

    with Image.open(BytesIO(await _taken(session, place, "png"))) as picture:
        return str(imagehash.phash(picture.convert("L")))


async def _taken(session: CDPSession, place: Place, kind: str) -> bytes:
    x, y, width, height = place
    clip = {"x": x, "y": y, "width": max(1, width), "height": max(1, min(height, _MOST_HIGH)), "scale": 1}
    asked = {"format": kind, "clip": clip, "captureBeyondViewport": True}
    if kind == "jpeg":
        asked["quality"] = _QUALITY
    answer = await session.send("Page.captureScreenshot", asked)
    return base64.b64decode(answer["data"])
