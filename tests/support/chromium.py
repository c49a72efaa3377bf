"""The Chromium of this machine. Playwright's own download is not used: tests touch no network."""

import ctypes
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

NAMES = ("chromium-headless-shell", "chromium", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--no-sandbox",  # root, as in a container, has none; the pages are our own
)


def find() -> Path | None:
    """What TROTH_CHROMIUM names, else the first of `NAMES` on the path."""
    if named := os.environ.get("TROTH_CHROMIUM"):
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    return Path(found) if found else None


def driver_runs() -> bool:
    """Whether there is the library that Playwright's driver needs and a minimal Debian lacks."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return False
    return True


@contextmanager
def launched(path: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield browser
        browser.close()
