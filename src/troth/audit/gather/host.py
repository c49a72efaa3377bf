"""What is learned of the host beside the browser: TLS, where plain http leads, which links are alive."""

import asyncio
from collections.abc import Iterable
from time import monotonic
from urllib.parse import urlsplit

from troth.audit.artifacts.shape import SHOPPING, LinkCheck, Page, Tls
from troth.audit.browser.addresses import is_loopback
from troth.audit.gather import tls
from troth.audit.gather.asking import Asker
from troth.audit.parsing.addresses import changes_something, plain, same_site

MOST_LINKS = 60
_BAD_REQUEST = 400
_MENUS = {"header", "nav", "footer"}


async def certificate(shop: str, asker: Asker, ca_file: str | None = None) -> Tls | None:
    """The certificate and the handshakes of the shop's host; None where it speaks plain http only."""
    parts = urlsplit(shop)
    host = parts.hostname or ""
    port = (parts.port or 443) if parts.scheme == "https" else 443
    if parts.scheme != "https" and parts.port:
        return None  # a port of its own that speaks http: there is no https to look for beside it
    return await asyncio.to_thread(tls.examined, host, lambda: asker.connect(host, port), ca_file)


async def plain_http(shop: str, asker: Asker) -> tuple[str, ...]:
    """The addresses that the host's plain http leads through, empty when it does not answer.

    A shop at a port of its own is asked at that port: there is no other to know of.
    """
    parts = urlsplit(shop)
    answer = await asyncio.to_thread(asker.ask, f"http://{parts.netloc}/", shop)
    if answer.status == _BAD_REQUEST and parts.scheme == "https" and parts.port:
        return ()  # a port for TLS alone, which says so
    return answer.hops if answer.status is not None else ()


def links_to_check(pages: Iterable[Page], shop: str) -> dict[str, tuple[str, ...]]:
    """The shop's links in menus, footers and policy pages, each with the ids of the pages that carry it.

    Files count, links that change something do not; at most `MOST_LINKS`, those of the most pages first.
    """
    found: dict[str, list[str]] = {}
    for page in pages:
        for link in page.seen.links if page.seen else ():
            if link.region not in _MENUS and page.kind in (*SHOPPING, "other"):
                continue
            address = plain(link.href)
            if (
                same_site(address, shop)
                and not changes_something(link.href)
                and page.id not in found.get(address, ())
            ):
                found.setdefault(address, []).append(page.id)
    often = sorted(found, key=lambda address: -len(found[address]))
    return {address: tuple(found[address]) for address in often[:MOST_LINKS]}


async def checked(
    links: dict[str, tuple[str, ...]], shop: str, asker: Asker, known: dict[str, int], until: float
) -> tuple[tuple[LinkCheck, ...], int]:
    """Each link's status, and how many were left out because the time was up (`until`, monotonic seconds).

    `known` are statuses of pages that were visited: they are not asked for again. Two at a time, with a pause
    between, but on this machine's own address.
    """
    local = is_loopback(urlsplit(shop).hostname or "")
    gate = asyncio.Semaphore(6 if local else 2)
    left = 0

    async def check(address: str, found_on: tuple[str, ...]) -> LinkCheck | None:
        nonlocal left
        if address in known:
            return LinkCheck(address, known[address], found_on)
        async with gate:
            if monotonic() > until:
                left += 1
                return None
            answer = await asyncio.to_thread(asker.ask, address, shop)
            if not local:
                await asyncio.sleep(0.1)
        return LinkCheck(address, answer.status, found_on, answer.failure)

    done = await asyncio.gather(*(check(address, found_on) for address, found_on in links.items()))
    return tuple(filter(None, done)), left
