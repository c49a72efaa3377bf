"""The Chromium of this machine, for tests. Playwright's own download is not used: tests touch no network."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from troth.audit.browser.finding import driver_runs, find

__all__ = ["driver_runs", "find", "launched"]

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # root, as in a container, has none; the pages are our own
)


@contextmanager
def launched(path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
