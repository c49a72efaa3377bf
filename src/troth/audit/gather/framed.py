"""Dialogs that ask for consent from within a frame, as many providers build them.

A frame's document is read by the same collector, in a world of its own. What is found in it is told as the
page shows it: places count from the page's corner, selectors lead through the frame (see `IN_FRAME`).
"""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from playwright.async_api import CDPSession, Error, FrameLocator, Locator
from playwright.async_api import Frame as LiveFrame
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.page import IN_FRAME, Frame, Place, Seen
from troth.audit.gather.collect import collect
from troth.audit.gather.dialog import Dialog, asking_frames, asks_within, dialog_within, shown
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, frame_in

_MOST_FRAMES = 8
_DEEPEST = 3
_LONGEST_S = 4.0
_FRAME_S = 2.0


def located(live: LivePage, selector: str) -> Locator:
    """What an artifact's selector finds on the live page, through the frames that it names."""
    *frames, last = selector.split(IN_FRAME)
    within: LivePage | FrameLocator = live
    for name in frames:
        within = within.locator(name).first.content_frame
    return within.locator(last).first


async def frame_of(live: LivePage, selector: str) -> LiveFrame | None:
    """The live frame that an artifact's selector ends in; None where it is the page itself or gone."""
    if IN_FRAME not in selector:
        return None
    with suppress(Error):
        handle = await located(live, selector.rpartition(IN_FRAME)[0]).element_handle(timeout=1000)
        return await handle.content_frame()
    return None


@dataclass(frozen=True, slots=True)
class Framed:
    """The dialogs that frames show, and the frames that should show one by their name, but none was read."""

    dialogs: tuple[Dialog, ...] = ()
    mute: tuple[Frame, ...] = ()


async def framed_dialogs(session: CDPSession, seen: Seen, layer: int = 1) -> Framed:
    """What the frames of a page ask, those named for it first; whatever a frame does, nothing raises."""
    reading = _Reading(session, layer)
    with suppress(TimeoutError):
        await asyncio.wait_for(reading.read(asking_frames(seen), "", "", (0.0, 0.0)), _LONGEST_S)
    mute = tuple(frame for frame in asking_frames(seen, named=True) if frame.selector not in reading.spoke)
    return Framed(tuple(reading.dialogs), mute)


class _Reading:
    """One way through the frames, at most so many and so deep."""

    def __init__(self, session: CDPSession, layer: int) -> None:
        self._session = session
        self._layer = layer
        self._left = _MOST_FRAMES
        self.dialogs: list[Dialog] = []
        self.spoke: set[str] = set()

    async def read(
        self, frames: Sequence[Frame], outer: str, path: str, corner: tuple[float, float], depth: int = 1
    ) -> bool:
        """Read these frames of the document `outer`; whether any has words that were understood."""
        words = False
        for frame in frames:
            if self._left <= 0:
                break
            self._left -= 1
            with suppress(PageMovedError, ScriptFailedError, Error, TimeoutError):
                if await asyncio.wait_for(self._one(frame, outer, path, corner, depth), _LONGEST_S):
                    self.spoke.add(path + frame.selector)
                    words = True
        return words

    async def _one(
        self, frame: Frame, outer: str, path: str, corner: tuple[float, float], depth: int
    ) -> bool:
        id_ = await frame_in(self._session, frame.selector, outer=outer, limit_s=_FRAME_S)
        if not id_:
            return False
        seen = await collect(self._session, limit_s=_FRAME_S, frame=id_)
        inside = f"{path}{frame.selector}{IN_FRAME}"
        spot = (corner[0] + frame.place[0], corner[1] + frame.place[1])
        dialog = dialog_within(seen, self._layer)
        if dialog is not None:
            self.dialogs.append(_on_the_page(dialog, inside, spot))
            return True
        deeper = depth < _DEEPEST and await self.read(shown(seen), id_, inside, spot, depth + 1)
        return not asks_within(seen) and (bool(seen.text.strip()) or deeper)


def _on_the_page(dialog: Dialog, path: str, corner: tuple[float, float]) -> Dialog:
    """A frame's dialog with its places and selectors as the page has them."""

    def moved(place: Place) -> Place:
        x, y, width, height = place
        return (round(x + corner[0], 1), round(y + corner[1], 1), width, height)

    return Dialog(
        dialog.text,
        path + dialog.selector,
        tuple(
            replace(button, selector=path + button.selector, place=moved(button.place))
            for button in dialog.buttons
        ),
        tuple(replace(purpose, selector=path + purpose.selector) for purpose in dialog.purposes),
    )
