"""The Chromium of this machine. Playwright's own download is never used."""

import ctypes
import os
import shutil
import sys
from pathlib import Path

from troth.errors import UsageError
from troth.texts import _

NAMES = ("chromium-headless-shell", "chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
"""The first is preferred: it takes less than half the CPU of a whole Chromium without its window."""

_MAC = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def find() -> Path | None:
    """What TROTH_CHROMIUM names, else the first of `NAMES` on the path; None when there is none."""
    if named := os.environ.get("TROTH_CHROMIUM"):
        return Path(named)
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None and sys.platform == "darwin" and _MAC.exists():
        return _MAC
    return Path(found) if found else None


def driver_runs() -> bool:
    """Whether there is the library that Playwright's driver needs and a minimal Debian lacks."""
    if sys.platform == "linux":
        try:
            ctypes.CDLL("libatomic.so.1")
        except OSError:
            return False
    return True


def required(named: Path | None = None) -> Path:
    """The browser to start: `named`, else what `find` finds.

    Raises:
        UsageError: `browser-missing`, which says what to install.
    """
    path = named or find()
    if path is None:
        raise UsageError(
            "browser-missing",
            _("No browser was found to look at the shop with."),
            _("Install Debian's chromium-headless-shell or chromium, or set TROTH_CHROMIUM to a Chromium."),
            allowed=NAMES,
        )
    if not os.access(path, os.X_OK) or path.is_dir():
        raise UsageError(
            "browser-missing",
            _("This is no program that can be started."),
            _("Set TROTH_CHROMIUM, or `--browser`, to the path of a Chromium."),
            where=str(path),
        )
    if not driver_runs():
        raise UsageError(
            "browser-missing",
            _("The library libatomic, which the browser's driver needs, is missing."),
            _("Install Debian's libatomic1."),
        )
    return path
