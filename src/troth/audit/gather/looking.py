"""Looking at the page in a tab: all that a `Page` of the artifacts holds."""

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from playwright.async_api import CDPSession, Error

from troth.audit.artifacts.page import Place, Seen
from troth.audit.artifacts.shape import Cookie, Page
from troth.audit.browser.options import Limits
from troth.audit.gather import pictures
from troth.audit.gather.axe import axe
from troth.audit.gather.collect import collect_with_traces
from troth.audit.gather.failures import code_of
from troth.audit.gather.going import stuck
from troth.audit.gather.isolated import PageMovedError, ScriptFailedError
from troth.audit.gather.tab import Tab
from troth.audit.gather.unveiling import unveiled
from troth.audit.gather.walls import bot_wall, login_wall

_FOLDER = "pictures"
_COOKIES = 300
_REFUSED = 400
_BODIES_S = 3.0
_PICTURE_S = 10.0

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Wants:
    """What is gathered beyond the plain look. `settle_s`: the least time a loaded page is left alone."""

    axe: bool = False
    screenshot: bool = False
    logo: bool = False
    settle_s: float = 0.15


PLAIN = Wants()


async def look(tab: Tab, bare: Page, wants: Wants, limits: Limits, folder: Path | None) -> Page:
    """`bare` with all that is there now, or with the code of why it could not be seen."""
    try:
        page = await tab.guarded(_gathered(tab, bare, wants, limits, folder), limits.script_s * 3 + 30)
    except PageMovedError:
        return replace(bare, failure="page-unsteady")
    except TimeoutError:
        return replace(bare, failure=await stuck(tab))
    except ScriptFailedError as error:
        stopped = "terminated" in str(error)
        return replace(bare, failure="page-stuck" if stopped else "page-unreadable")
    except Error as error:
        return replace(bare, failure=code_of(error.message))
    if page == "page-timeout":
        return replace(bare, failure=await stuck(tab))
    return replace(bare, failure=page) if isinstance(page, str) else page


async def _gathered(tab: Tab, bare: Page, wants: Wants, limits: Limits, folder: Path | None) -> Page:
    session = tab.session
    whole = collect_with_traces(session, limit_s=limits.script_s)
    seen, left = await asyncio.wait_for(whole, limits.script_s + 2)
    source = ""
    with suppress(TimeoutError):
        source = await asyncio.wait_for(tab.log.source(), _BODIES_S)
        await asyncio.wait_for(tab.log.fetch_bodies(), _BODIES_S)
    page = replace(
        bare,
        seen=seen,
        cookies=await _cookies(session),
        storage=left.storage,
        vitals=left.vitals,
        source=source,
        clock_ms=await _clock_ms(tab) if bare.visit == "forwarded" else None,
    )
    if bot_wall(bare.status, bare.headers, seen):
        return replace(page, seen=None, failure="bot-wall")
    if login_wall(bare.kind, bare.status, seen):
        return replace(page, seen=None, failure="login-wall")
    if bare.status and bare.status >= _REFUSED and not (seen.text or seen.images or seen.controls):
        return replace(page, seen=None, failure="no-page")
    if wants.axe:
        with suppress(ScriptFailedError, PageMovedError, TimeoutError):
            page = replace(page, axe=await asyncio.wait_for(axe(session), limits.script_s))
    if wants.logo:
        page = replace(page, logo_hash=await _logo_hash(session, seen) or "")
    if wants.screenshot and folder:
        taken = await _in_time(pictures.whole(session))
        page = replace(page, screenshot=write(folder, page.id, taken) if taken else "")
    return page


async def _clock_ms(tab: Tab) -> int | None:
    """What time the page itself thinks it is."""
    said = await _in_time(tab.live.evaluate("Date.now()"))
    return int(said) if isinstance(said, int | float) else None


async def _logo_hash(session: CDPSession, seen: Seen) -> str | None:
    place = next((image.place for image in seen.images if image.selector == seen.logo), None)
    if place is None or seen.logo is None:
        return None
    over = [overlay.selector for overlay in seen.overlays if _touch(overlay.place, place)]
    async with unveiled(session, seen.logo, over):
        return await _in_time(pictures.logo_hash(session, place))


def _touch(one: Place, other: Place) -> bool:
    return all(
        one[side] < other[side] + other[side + 2] and other[side] < one[side] + one[side + 2]
        for side in (0, 1)
    )


async def _in_time(work: Awaitable[Result]) -> Result | None:
    with suppress(Error, TimeoutError):
        return await asyncio.wait_for(work, _PICTURE_S)
    return None


async def _cookies(session: CDPSession) -> tuple[Cookie, ...]:
    """The whole jar of the visit, other hosts' cookies included."""
    jar: list[dict[str, Any]] = (await session.send("Network.getAllCookies"))["cookies"]
    cookies = [
        Cookie(
            one["name"], one["domain"], one["path"], one["secure"], one["httpOnly"], one.get("sameSite", ""),
            None if one["session"] else one["expires"],
        )
        for one in jar[:_COOKIES]
    ]  # fmt: skip
    return tuple(sorted(cookies, key=lambda cookie: (cookie.domain, cookie.path, cookie.name)))


def write(folder: Path, name: str, picture: bytes) -> str:
    """Write a JPEG below the artifacts' folder; its name from there."""
    (folder / _FOLDER).mkdir(parents=True, exist_ok=True)
    (folder / _FOLDER / f"{name}.jpg").write_bytes(picture)
    return f"{_FOLDER}/{name}.jpg"
