"""Answering the dialog that asks for consent, as a visitor would: how many clicks a yes and a no take.

Each answer is given in a visit of its own, so that the first visit stays one that never answered.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace

from playwright.async_api import Error
from playwright.async_api import Frame as LiveFrame
from playwright.async_api import Page as LivePage

from troth.audit.artifacts.page import Frame, Overlay, Seen
from troth.audit.artifacts.shape import Button, Consent, Page, Purpose
from troth.audit.gather import autoconsent
from troth.audit.gather.acting import click
from troth.audit.gather.dialog import Dialog, in_the_flow, overlaid
from troth.audit.gather.framed import frame_of, located
from troth.audit.gather.haul import Haul
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, run
from troth.audit.gather.meeting import met, met_late
from troth.audit.gather.visit import Visit
from troth.audit.gather.walk import opened

_MOST_SWITCHES = 20


@dataclass(frozen=True, slots=True)
class Second:
    """The dialog's second layer: its buttons and the switches for purposes."""

    buttons: tuple[Button, ...] = ()
    purposes: tuple[Purpose, ...] = ()


@dataclass(slots=True)
class Answered:
    """An answer that was given: clicks it took (None: no way was found), what was met on the way.

    `mute`, `unclear`: what seems to ask and was not understood, see `Met`.
    """

    clicks: int | None = None
    dialog: Dialog | None = None
    second: Second = field(default_factory=Second)
    provider: str = ""
    mute: tuple[Frame, ...] = ()
    unclear: tuple[Overlay, ...] = ()


async def accept(visit: Visit, haul: Haul) -> Answered:
    """Look at the dialog's second layer, then say yes as fast as it goes. Leaves the answered page open."""
    home = await _fresh(visit, haul)
    asked = await met(visit, home)
    provider = await autoconsent.provider(await _where(visit, asked.first))
    if home is not None and not asked.dialogs:
        asked = await met_late(visit, surely=False)
    answered = Answered(dialog=asked.first, provider=provider, mute=asked.mute, unclear=asked.unclear)
    if home is None:
        return answered
    if answered.dialog is None:
        answered.clicks = await autoconsent.agree(visit.live) if provider else None
        return answered
    settings = answered.dialog.button("settings")
    if settings is not None:
        further = await click(visit, settings.selector, "home")
        answered.second = await _second(visit, further, answered.dialog)
        if await _again(visit, haul, answered.dialog) is None:
            return answered
    answered.clicks = await _accepted(visit, answered.dialog, answered.second)
    if answered.clicks is not None:
        for other in await _left(visit, asked.others):
            answered.clicks += await _accepted(visit, other, Second()) or 0
    elif provider and await _again(visit, haul, answered.dialog) is not None:
        where = await _where(visit, answered.dialog)
        answered.clicks = await autoconsent.agree(where) if await autoconsent.provider(where) else None
    return answered


async def reject(visit: Visit, haul: Haul) -> Answered:
    """Say no as fast as it goes: on the first layer, on the second, or by what autoconsent knows."""
    home = await _fresh(visit, haul)
    asked = await met(visit, home)
    if home is not None and not asked.dialogs:
        asked = await met_late(visit, surely=True)
    answered = Answered(dialog=asked.first, mute=asked.mute, unclear=asked.unclear)
    if answered.dialog is not None:
        answered.clicks = await _refused(visit, answered.dialog)
        if answered.clicks is not None:
            for other in await _left(visit, asked.others):
                answered.clicks += await _refused(visit, other) or 0
            return answered
    if await _again(visit, haul, answered.dialog) is not None:
        where = await _where(visit, answered.dialog)
        answered.provider = await autoconsent.provider(where)
        if answered.provider:
            answered.clicks = await autoconsent.refuse(where, answered.provider)
    return answered


async def _accepted(visit: Visit, dialog: Dialog, second: Second) -> int | None:
    """How many clicks a yes took; None where there is no way."""
    yes = dialog.button("accept")
    if yes is not None and await click(visit, yes.selector, "home"):
        return 1
    settings = dialog.button("settings")
    below = next((button for button in second.buttons if button.does == "accept"), None)
    if settings is not None and below is not None and await click(visit, settings.selector, "home"):
        return 2 if await click(visit, below.selector, "home") else None
    return None


async def _refused(visit: Visit, dialog: Dialog) -> int | None:
    no = dialog.button("reject")
    if no is not None:
        return 1 if await click(visit, no.selector, "home") else None
    if dialog.purposes and (saved := await _save(visit, dialog.purposes, dialog.button("save"))) is not None:
        return saved
    settings = dialog.button("settings")
    further = await click(visit, settings.selector, "home") if settings else None
    if further is None:
        return None
    second = await _second(visit, further, dialog)
    no = next((button for button in second.buttons if button.does == "reject"), None)
    if no is not None:
        return 2 if await click(visit, no.selector, "home") else None
    save = next((button for button in second.buttons if button.does == "save"), None)
    saved = await _save(visit, second.purposes, save)
    return None if saved is None else saved + 1


async def _save(visit: Visit, purposes: tuple[Purpose, ...], save: Button | None) -> int | None:
    """Untick what is ticked, then keep the choice; how many clicks that took."""
    if save is None:
        return None
    ticked = [purpose for purpose in purposes if purpose.checked and not purpose.disabled]
    for purpose in ticked[:_MOST_SWITCHES]:
        try:
            await located(visit.live, purpose.selector).evaluate("e => e.click()", timeout=1000)
        except Error:
            return None
    return len(ticked) + 1 if await click(visit, save.selector, "home") else None


async def _second(visit: Visit, page: Page | None, first: Dialog) -> Second:
    """What a click on the settings opened; nothing where the dialog stayed as it was."""
    dialogs = (await met(visit, page, layer=2)).dialogs
    known = {(button.selector, button.text) for button in first.buttons}
    for dialog in dialogs:
        same = dialog.selector == first.selector
        fresh = tuple(
            button for button in dialog.buttons if not same or (button.selector, button.text) not in known
        )
        if fresh or (dialog.purposes and dialog.purposes != first.purposes):
            return Second(fresh or dialog.buttons, dialog.purposes)
    return Second(dialogs[0].buttons, dialogs[0].purposes) if dialogs else Second()


async def _left(visit: Visit, others: tuple[Dialog, ...]) -> tuple[Dialog, ...]:
    """Those of the other dialogs that still stand there after the first was answered."""
    if not others:
        return ()
    there = {dialog.selector for dialog in (await met(visit, await visit.look("home"))).dialogs}
    return tuple(dialog for dialog in others if dialog.selector in there)


async def _where(visit: Visit, dialog: Dialog | None) -> LivePage | LiveFrame:
    """The document that the dialog stands in."""
    return (await frame_of(visit.live, dialog.selector) if dialog else None) or visit.live


async def _again(visit: Visit, haul: Haul, dialog: Dialog | None) -> Page | None:
    """The home page anew, once the dialog is there again where it came in a frame or late."""
    home = await _fresh(visit, haul)
    if home is None or dialog is None:
        return home
    if dialog.selector not in {one.selector for one in (await met(visit, home)).dialogs}:
        await met_late(visit, surely=True)
    return home


async def _fresh(visit: Visit, haul: Haul) -> Page | None:
    """The home page as one who has not answered sees it."""
    await visit.context.clear_cookies()
    with suppress(Error, PageMovedError, ScriptFailedError):
        await run(visit.session, "localStorage.clear(), sessionStorage.clear(), 0", limit_s=1)
    return await opened(visit, haul, haul.shop, "home")


def consent_of(first: Seen, accepted: Answered, rejected: Answered) -> Consent | None:
    """The dialog as the artifacts keep it; None where no visit saw one."""
    over = next(iter(overlaid(first)), None)
    dialog = over or accepted.dialog or rejected.dialog or in_the_flow(first)
    provider = accepted.provider or rejected.provider
    if dialog is None:
        return (
            Consent(provider, "autoconsent", "", "", (), (), accepted.clicks, rejected.clicks)
            if provider
            else None
        )
    second = accepted.second
    purposes = second.purposes or dialog.purposes
    return Consent(
        provider=provider,
        found_by="autoconsent" if provider else "words",
        text=dialog.text,
        selector=dialog.selector,
        buttons=(*dialog.buttons, *(replace(button, layer=2) for button in second.buttons)),
        purposes=purposes,
        clicks_to_accept=accepted.clicks,
        clicks_to_reject=rejected.clicks,
    )
