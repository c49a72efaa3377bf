"""Starting the one browser of an audit, with its gate and its manners."""

import asyncio
import os
from collections.abc import AsyncIterator, Iterable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version

from playwright.async_api import Browser, Error, HttpCredentials, Playwright, async_playwright

from troth.audit.browser.certificates import trusted_keys
from troth.audit.browser.finding import required
from troth.audit.browser.gate import Gate
from troth.audit.browser.manners import Manners
from troth.audit.browser.options import Options
from troth.errors import TrothError
from troth.texts import _

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--mute-audio",
    "--no-first-run",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # One process a page: a third party's frame is then seen by the page's own network log.
    "--disable-site-isolation-trials",
)


@dataclass(frozen=True, slots=True)
class Running:
    """A browser that runs. `name`: what it is and its version; `user_agent`: what it says it is.

    `credentials`: what the shop's own host asks for, told to no other.
    """

    chromium: Browser
    options: Options
    gate: Gate | None
    manners: Manners
    name: str
    user_agent: str
    credentials: HttpCredentials | None = None


@asynccontextmanager
async def launched(
    options: Options, urls: Iterable[str] = (), credentials: HttpCredentials | None = None
) -> AsyncIterator[Running]:
    """The browser, until the block ends. `urls`: the shops, whose certificates `ca_file` is asked about.

    `credentials`: for a host that asks for a name and a password.

    Raises:
        UsageError: `browser-missing`, `ca-file-invalid`.
        TrothError: `browser-failed`.
    """
    path = required(options.path)
    async with AsyncExitStack() as stack:
        gate = None if options.allow_private else await stack.enter_async_context(Gate())
        keys = await trusted_keys(options.ca_file, urls) if options.ca_file else ()
        playwright = await stack.enter_async_context(async_playwright())
        browser = await _start(playwright, str(path), [*QUIET, *_flags(options, gate, keys)])
        stack.push_async_callback(_stop, browser)
        said = await _user_agent(browser)
        yield Running(
            browser,
            options,
            gate,
            Manners(robots=options.robots, pause_s=options.pause_s),
            f"Chromium {browser.version}",
            f"{said} Troth/{version('troth')} (+trust audit)",
            credentials,
        )


def _flags(options: Options, gate: Gate | None, keys: tuple[str, ...]) -> list[str]:
    flags = []
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        flags.append("--no-sandbox")  # root, as in a container, has none
    if gate:
        flags += [f"--proxy-server={gate.address}", "--proxy-bypass-list=<-loopback>"]
    elif options.resolver_rules:
        flags.append(f"--host-resolver-rules={options.resolver_rules}")
    if keys:
        flags.append(f"--ignore-certificate-errors-spki-list={','.join(keys)}")
    return flags


async def _start(playwright: Playwright, path: str, flags: list[str]) -> Browser:
    try:
        return await playwright.chromium.launch(executable_path=path, args=flags, timeout=30_000)
    except Error as error:
        raise TrothError(
            "browser-failed",
            _("The browser does not start."),
            _("Try it by hand: %(command)s") % {"command": f"{path} --headless --version"},
            where=path,
        ) from error


async def _stop(browser: Browser) -> None:
    with suppress(TimeoutError, Error):
        await asyncio.wait_for(browser.close(), 15)


async def _user_agent(browser: Browser) -> str:
    session = await browser.new_browser_cdp_session()
    try:
        return str((await session.send("Browser.getVersion"))["userAgent"])
    finally:
        await session.detach()
