"""The visits beside the first: each is another customer, and looks at the same pages for one reason."""

import asyncio
import time
from dataclasses import replace

from playwright.async_api import Error

from troth.audit.artifacts.shape import Kind, Line, Page
from troth.audit.gather.basket import lines, put
from troth.audit.gather.haul import Haul
from troth.audit.gather.visit import Visit, Wants
from troth.audit.gather.walk import Walk, opened
from troth.audit.gather.watching import countdown_s
from troth.texts import _

APART_S = 4.5
"""The second visitor comes at least so long after the first.

An end that moves with the visitor has then moved by more than three quarters of it, also as read from a clock
that shows whole seconds (see `facts.countdowns`).
"""

LATE_S = 10
"""So long after loading a page is looked at once more, by its own clock."""

_STEPS = 4
_STEP_LIMIT_S = 3.0
_BETWEEN_S = 0.1
_SLID_IN_S = 0.7
_BEYOND_S = 90
_PINNED = "Math.random = () => 0.42;"


async def second(visit: Visit, haul: Haul, pages: list[Page], walk: Walk) -> tuple[Line, ...]:
    """Another new customer, seconds later, at the same addresses; what an untouched basket holds."""
    for page in pages:
        await asyncio.sleep(max(0.0, page.taken_at_ms / 1000 + APART_S - time.time()))
        await _keep(visit, haul, page.url, page.kind)
    if walk.basket_url and await _keep(visit, haul, walk.basket_url, "basket"):
        return await lines(visit) or ()
    return ()


async def forwarded(visit: Visit, haul: Haul, page: Page) -> None:
    """The page with a countdown, its clock set past the end after it was loaded, as if one had stayed."""
    left_s = countdown_s(page.seen.text) if page.seen else None
    if left_s is None or haul.full:
        return
    await visit.context.clock.install()
    if await opened(visit, haul, page.url, page.kind) is None:
        return
    try:
        await asyncio.wait_for(visit.context.clock.fast_forward((left_s + _BEYOND_S) * 1000), 5)
    except (Error, TimeoutError) as fault:
        haul.stumble("forwarded", page.url, fault)
        return
    later = await visit.look(page.kind)
    if later.seen is None:
        return
    haul.add(replace(later, url=page.url))


async def late(visit: Visit, haul: Haul, page: Page) -> None:
    """The page ten seconds after it was loaded, its clock run ahead: what came by itself until then is there.

    The clock goes in steps, with a pause in which an answer may come; what slides in does so in real time.
    """
    if haul.full:
        return
    await visit.context.clock.install()
    if await opened(visit, haul, page.url, page.kind) is None:
        return
    try:
        for _step in range(_STEPS):
            await asyncio.wait_for(visit.context.clock.run_for(LATE_S * 1000 // _STEPS), _STEP_LIMIT_S)
            await asyncio.sleep(_BETWEEN_S)
    except (Error, TimeoutError) as fault:
        haul.stumble("late", page.url, fault)
        return
    then = await visit.look(page.kind, Wants(settle_s=_SLID_IN_S))
    if then.seen is not None:
        haul.add(replace(then, url=page.url))


async def pinned(visit: Visit, haul: Haul, page: Page) -> None:
    """The product twice with chance taken out of the page: what stands still then was rolled."""
    await visit.context.add_init_script(_PINNED)
    for _look in range(2):
        await _keep(visit, haul, page.url, page.kind)


async def small(visit: Visit, haul: Haul, home: Page) -> None:
    """The home page in a small window; the rest follows by `small_walk` when the walk has found it."""
    await _keep(visit, haul, home.url, "home")


async def small_walk(visit: Visit, haul: Haul, product: Page, walk: Walk) -> None:
    """The product, and the checkout with it in the basket, in a small window."""
    page = await _keep(visit, haul, product.url, "product")
    if page is None or page.seen is None or not walk.checkout_url:
        return
    if await put(visit, page.seen) is None:
        haul.miss("small", page.url, "not-buyable", _("The button for the basket could not be clicked."))
        return
    await _keep(visit, haul, walk.checkout_url, "checkout")


async def again(visit: Visit, haul: Haul, pages: list[Page]) -> None:
    """The pages once more, as one who has answered sees them."""
    for page in pages:
        await _keep(visit, haul, page.url, page.kind)


async def _keep(visit: Visit, haul: Haul, url: str, kind: Kind) -> Page | None:
    page = await opened(visit, haul, url, kind)
    if page is not None:
        haul.add(page)
    return page
