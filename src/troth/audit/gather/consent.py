"""Answering the dialog that asks for consent, as a visitor would: how many clicks a yes and a no take.

Each answer is given in a visit of its own, so that the first visit stays one that never answered.
"""

from contextlib import suppress
from dataclasses import dataclass, field, replace

from playwright.async_api import Error

from troth.audit.artifacts.page import Seen
from troth.audit.artifacts.shape import Button, Consent, Page, Purpose
from troth.audit.gather import autoconsent
from troth.audit.gather.acting import click
from troth.audit.gather.dialog import Dialog, dialog_of
from troth.audit.gather.haul import Haul
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError, run
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
    """An answer that was given: clicks it took (None: no way was found), what was met on the way."""

    clicks: int | None = None
    dialog: Dialog | None = None
    second: Second = field(default_factory=Second)
    provider: str = ""


async def accept(visit: Visit, haul: Haul) -> Answered:
    """Look at the dialog's second layer, then say yes as fast as it goes. Leaves the answered page open."""
    home = await _fresh(visit, haul)
    answered = Answered(dialog=dialog_of(home.seen) if home and home.seen else None)
    answered.provider = await autoconsent.provider(visit.live)
    if answered.dialog is None and home is not None:
        late = await visit.look("home")  # some come a second after the page
        answered.dialog = dialog_of(late.seen) if late.seen else None
    if home is None or answered.dialog is None:
        return answered
    settings = answered.dialog.button("settings")
    if settings is not None:
        further = await click(visit, settings.selector, "home")
        answered.second = _second(further, answered.dialog)
        home = await _fresh(visit, haul)
    yes = answered.dialog.button("accept")
    if yes is not None and home is not None and await click(visit, yes.selector, "home"):
        answered.clicks = 1
        return answered
    below = next((button for button in answered.second.buttons if button.does == "accept"), None)
    if settings is not None and below is not None and await click(visit, settings.selector, "home"):
        answered.clicks = 2 if await click(visit, below.selector, "home") else None
    return answered


async def reject(visit: Visit, haul: Haul) -> Answered:
    """Say no as fast as it goes: on the first layer, on the second, or by what autoconsent knows."""
    home = await _fresh(visit, haul)
    answered = Answered(dialog=dialog_of(home.seen) if home and home.seen else None)
    if answered.dialog is not None:
        answered.clicks = await _refused(visit, answered.dialog)
    if answered.clicks is None and await _fresh(visit, haul) is not None:
        answered.provider = await autoconsent.provider(visit.live)
        if answered.provider:
            answered.clicks = await autoconsent.refuse(visit.live)
    return answered


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
    second = _second(further, dialog)
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
            await visit.live.locator(purpose.selector).first.evaluate("e => e.click()", timeout=1000)
        except Error:
            return None
    return len(ticked) + 1 if await click(visit, save.selector, "home") else None


def _second(page: Page | None, first: Dialog) -> Second:
    """What a click on the settings opened; nothing where the dialog stayed as it was."""
    dialog = dialog_of(page.seen, layer=2) if page and page.seen else None
    if dialog is None:
        return Second()
    known = {button.selector for button in first.buttons if dialog.selector == first.selector}
    fresh = tuple(button for button in dialog.buttons if button.selector not in known)
    return Second(fresh or dialog.buttons, dialog.purposes)


async def _fresh(visit: Visit, haul: Haul) -> Page | None:
    """The home page as one who has not answered sees it."""
    await visit.context.clear_cookies()
    with suppress(Error, PageMovedError, ScriptFailedError):
        await run(visit.session, "localStorage.clear(), sessionStorage.clear(), 0", limit_s=1)
    return await opened(visit, haul, haul.shop, "home")


def consent_of(first: Seen, accepted: Answered, rejected: Answered) -> Consent | None:
    """The dialog as the artifacts keep it; None where no visit saw one."""
    dialog = dialog_of(first) or accepted.dialog or rejected.dialog
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
