"""Which questions for consent a customer meets on a page: over it, in a frame, or in its flow."""

import asyncio
from dataclasses import dataclass
from time import monotonic

from troth.audit.artifacts.page import Frame, Overlay
from troth.audit.artifacts.shape import Page
from troth.audit.gather.dialog import Dialog, in_the_flow, not_understood, overlaid
from troth.audit.gather.framed import framed_dialogs
from troth.audit.gather.visit import Visit

_LATE_S = 2.5
_STEP_S = 0.3


@dataclass(frozen=True, slots=True)
class Met:
    """The dialogs, the one to answer first in front.

    `mute`: frames that should ask and showed nothing; `unclear`: what asks with buttons that nobody
    understood, where no other dialog does.
    """

    dialogs: tuple[Dialog, ...] = ()
    mute: tuple[Frame, ...] = ()
    unclear: tuple[Overlay, ...] = ()

    @property
    def first(self) -> Dialog | None:
        """The dialog that is answered first."""
        return next(iter(self.dialogs), None)

    @property
    def others(self) -> tuple[Dialog, ...]:
        """The dialogs that stand there besides, with buttons of their own."""
        taken = {button.selector for dialog in self.dialogs[:1] for button in dialog.buttons}
        return tuple(
            dialog
            for dialog in self.dialogs[1:]
            if not taken.intersection(button.selector for button in dialog.buttons)
        )


async def met(visit: Visit, page: Page | None, layer: int = 1) -> Met:
    """What `page`, which is on the visit's live page, asks."""
    if page is None or page.seen is None:
        return Met()
    over = tuple(overlaid(page.seen, layer))
    framed = await framed_dialogs(visit.session, page.seen, layer)
    flow = None if over or framed.dialogs else in_the_flow(page.seen, layer)
    dialogs = (*over, *framed.dialogs, *((flow,) if flow else ()))
    return Met(dialogs, framed.mute, () if dialogs else tuple(not_understood(page.seen)))


async def met_late(visit: Visit, *, surely: bool) -> Met:
    """What the live page asks a little later: some dialogs come after the page, and a frame has to load.

    `surely`: another visit met one, so that waiting is worth it.
    """
    until = monotonic() + _LATE_S
    while True:
        found = await met(visit, await visit.look("home"))
        if found.dialogs or monotonic() > until or not (surely or found.mute or found.unclear):
            return found
        await asyncio.sleep(_STEP_S)
